// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/control/run_controller.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace ratescope {

/// The runs as a table, one row each. While runs go on their figures are refreshed a few times a second.
class RunListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, RateColumn, LossColumn, AccuracyColumn, SpeedColumn, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< RunId
        SortRole,              ///< a value to sort by
        ProgressRole,          ///< 0 … 1
        ColorRole,             ///< QString #rrggbb
        DashRole,              ///< index of the dash pattern
        StateRole,             ///< RunState as int
    };

    explicit RunListModel(RunController& controller, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// An edit was refused: why.
    void refused(const QString& reason);

private:
    QVariant text(const RunRecord& run, int column) const;
    QVariant sortValue(const RunRecord& run, int column) const;
    QVariant toolTip(const RunRecord& run, int column) const;
    void refreshActive();

    RunController& m_controller;
    QTimer m_refresh;
};

/// Words for a state, and for a length of time (“1:05”, “2:03:40”).
QString stateText(const RunRecord& run);
QString durationText(double seconds);
/// A rate or a loss for people: four digits that matter.
QString figureText(double value);

} // namespace ratescope
