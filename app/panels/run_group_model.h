// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_grouping.h"

#include <QAbstractProxyModel>
#include <QHash>
#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ratescope {

/// A flat list of runs as a tree: groups, and under each its runs in the list's order. Without a grouping it is the flat
/// list. A group that has lost its last run goes.
class RunGroupModel : public QAbstractProxyModel {
    Q_OBJECT

public:
    /// The group of a row of the source.
    using GroupOf = std::function<RunGroup(const QModelIndex& source)>;

    explicit RunGroupModel(QAbstractItemModel& runs, QObject* parent = nullptr);
    ~RunGroupModel() override;

    /// Null: no groups.
    void setGrouping(GroupOf groupOf);
    bool isGrouped() const { return static_cast<bool>(m_groupOf); }
    bool isGroup(const QModelIndex& index) const { return isGrouped() && index.isValid() && !index.internalPointer(); }
    /// What a group is known by, whatever its row; empty for a run.
    QString identityOf(const QModelIndex& index) const;
    /// The run, or all of the group.
    QList<RunId> runsOf(const QModelIndex& index) const;

    QModelIndex mapToSource(const QModelIndex& index) const override;
    QModelIndex mapFromSource(const QModelIndex& source) const override;
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override { return rowCount(parent) > 0; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// The box of a group was clicked.
    void showRequested(const QList<RunId>& runs, bool visible);

private:
    struct Group {
        RunGroup about;
        std::vector<int> rows; ///< of the source, ascending
    };
    using Place = std::vector<std::unique_ptr<Group>>::iterator;

    void connectSource();
    void rebuild();
    Group* groupAt(const QModelIndex& index) const;
    Place placeFor(const RunGroup& about);
    Place placeOf(const Group* group);
    QModelIndex indexOf(const Group* group, int column = 0) const;
    QModelIndex child(Group* group, std::size_t position, int column) const;
    /// The group for that; a new row where there is none yet.
    Group* obtain(const RunGroup& about);
    void dropIfEmpty(Group* group);
    void insertRows(int first, int last);
    void removeRows(int first, int last);
    void shift(int from, int by);
    void changeRows(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles);
    void regroup(int row);
    void keepPlaces();
    void restorePlaces();
    QVariant groupData(const Group& group, int column, int role) const;
    Qt::CheckState checkState(const Group& group) const;
    /// What all of the group's runs have there; invalid where they differ.
    QVariant common(const Group& group, int column) const;
    std::optional<double> mean(const Group& group, int column) const;

    GroupOf m_groupOf;
    std::vector<std::unique_ptr<Group>> m_groups; ///< in their order; without a grouping one that is not shown
    QHash<QString, Group*> m_known;               ///< by identity
    std::vector<Group*> m_groupOfRow;             ///< by row of the source
    // While the source is being sorted:
    QHash<RunId, Group*> m_keptGroups;
    QModelIndexList m_keptIndexes;
    QList<QPersistentModelIndex> m_keptSources;
};

} // namespace ratescope
