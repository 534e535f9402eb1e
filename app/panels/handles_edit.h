// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule_spec.h"

#include <QAbstractTableModel>
#include <QWidget>

#include <utility>
#include <vector>

class QPushButton;
class QTableView;
class QToolButton;

namespace ratescope {

/// Handles as they are typed: a time and a rate each. A cell that is no number is NaN.
class HandlesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setPoints(const std::vector<SchedulePoint>& points);
    std::vector<SchedulePoint> points() const;
    /// A new one behind that row, half way to the next. Returns its row.
    int addBehind(int row, double span);
    void removeRow(int row);
    /// By time, once nothing is being typed any more.
    void sort();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex&) const override { return 2; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void edited();

private:
    std::vector<std::pair<QString, QString>> m_rows;
};

/// The handles of a drawn schedule as a table.
class HandlesEdit : public QWidget {
    Q_OBJECT

public:
    explicit HandlesEdit(QWidget* parent = nullptr);

    /// What stands there already stays as it was typed.
    void setPoints(const std::vector<SchedulePoint>& points) { m_model->setPoints(points); }
    std::vector<SchedulePoint> points() const { return m_model->points(); }
    /// The run's length in the schedule's unit: for handles that are added at the end.
    void setSpan(double span) { m_span = span; }
    void setPlotOffered(bool offered);
    QTableView* table() const { return m_table; }

Q_SIGNALS:
    void edited();
    void plotRequested();

private:
    void removeSelected();

    HandlesModel* m_model;
    QTableView* m_table;
    QToolButton* m_add;
    QToolButton* m_remove;
    QPushButton* m_plot;
    double m_span = 1.0;
};

} // namespace ratescope
