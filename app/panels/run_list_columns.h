// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QVariantMap>

class QMenu;
class QTreeView;

namespace ratescope {

/// Which columns of the run list are seen, how wide they are and by which the runs are sorted. Columns are known by a key of
/// their own, because those of the configuration come and go.
class RunListColumns : public QObject {
    Q_OBJECT

public:
    explicit RunListColumns(QTreeView& view);

    /// Before a reset of the model: what the header does by itself from now on is nobody's choice.
    void hold() { m_applying = true; }
    /// After the view has got its model, and after each of its resets.
    void apply();
    /// To the room that there is: names stay readable, the figures that matter least give way, and what somebody has asked
    /// for is there in any case, if need be by scrolling.
    void fit();
    /// A box for each column.
    void addTo(QMenu& menu);
    /// The columns to sort by: what the header does for the mouse.
    void addSortingTo(QMenu& menu);
    void setShown(int column, bool shown);
    /// Only what fits again.
    void forgetChoices();

    /// What people have chosen, to be kept: shown or hidden by column key.
    QVariantMap choices() const { return m_choices; }
    void setChoices(const QVariantMap& choices);

private:
    QString keyOf(int column) const;
    QString titleOf(int column) const;
    int widthOf(int column) const;
    QList<int> byImportance() const;

    QTreeView& m_view;
    QVariantMap m_choices;
    QHash<QString, int> m_widths; ///< as somebody has dragged them
    QString m_sortKey;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_applying = false;
};

} // namespace ratescope
