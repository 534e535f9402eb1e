// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_config_table.h"
#include "app/control/run_controller.h"
#include "app/control/run_figures.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <functional>
#include <vector>

namespace ratescope {

/// The runs as a table, one row each: fixed columns, then one for each key of the configuration in which the runs differ.
/// While runs go on their figures are refreshed a few times a second.
class RunListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, EpochColumn, RateColumn, LossColumn, AccuracyColumn, SpeedColumn, FixedColumns };
    enum Role {
        IdRole = Qt::UserRole, ///< RunId
        SortRole,              ///< a value to sort by
        ProgressRole,          ///< 0 … 1
        ColorRole,             ///< QString #rrggbb
        DashRole,              ///< index of the dash pattern
        StateRole,             ///< RunState as int
        ColumnKeyRole,         ///< of the header: a name for the column that stays when others come and go
    };

    /// Most columns for keys in which the runs differ.
    static constexpr int mostKeyColumns = 12;

    /// Do what an edit asks for; without them it goes to the controller directly.
    struct Editors {
        std::function<Problems(RunId, const std::string&)> rename;
        std::function<void(const std::vector<RunId>&, bool)> show;
    };

    explicit RunListModel(RunController& controller, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    void setEditors(Editors editors) { m_editors = std::move(editors); }
    /// How a message of a run's or a refusal is told; without it, in the engine's words.
    void setMessageText(std::function<QString(const QString&)> text) { m_messageText = std::move(text); }
    const RunRecord& runAt(int row) const { return *m_controller.runs()[static_cast<std::size_t>(row)]; }
    RunConfigTable& configs() const { return m_configs; }
    /// Every key in which the runs differ; the first of them have columns.
    const QStringList& differingKeys() const { return m_keys; }
    /// Looks now for keys in which the runs differ, rather than in a moment.
    void updateKeys();

Q_SIGNALS:
    /// An edit was refused: why.
    void refused(const QString& reason);
    /// The runs differ in other keys than before.
    void keysChanged();

private:
    void connectController();
    QString keyOf(int column) const { return m_keys[column - FixedColumns]; }
    QString text(const RunRecord& run, int column) const;
    QVariant sortValue(const RunRecord& run, int column) const;
    QString toolTip(const RunRecord& run, int column) const;
    QVariant nameData(const RunRecord& run, int role) const;
    /// Judged by the first run that has a value there.
    bool isNumeric(int column) const;
    QString told(const QString& message) const { return m_messageText ? m_messageText(message) : message; }
    void configsChanged();
    void refreshActive();

    RunController& m_controller;
    mutable RunConfigTable m_configs; ///< fills itself as it is asked
    QStringList m_keys;
    Editors m_editors;
    std::function<QString(const QString&)> m_messageText;
    QTimer m_refresh;
    QTimer m_keysLater;
};

} // namespace ratescope
