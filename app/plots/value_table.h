// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_page.h"

#include <QAbstractTableModel>
#include <QTimer>

class QComboBox;
class QTableView;

namespace ratescope {

class RunCurves;
class RunDifference;

/// The numbers behind a plot of the page: the steps in sight as rows, the visible runs as columns. Looks numbers up
/// when they are asked for; holds none.
class ValueModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// `part`: loss, rate or range test. `view`: with the ranges in sight.
    void show(PlotPart part, const std::vector<RunPointer>& runs, const PlotView& view, CurveStore& curves);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    enum class Kind {
        Loss,
        Smoothed,
        Rate,
        TestRate,
        TestLoss,
        TestSlope,
        TestValidation,
        TestAccuracy,
        TrainScore,
        ValidationScore,
        Difference,
        SmoothedDifference
    };
    struct Column {
        std::shared_ptr<const RunCurves> curves;
        Kind kind;
        std::shared_ptr<const RunDifference> difference; ///< of the last two kinds
        bool operator==(const Column&) const = default;
    };
    std::optional<double> value(const Column& column, std::size_t row) const;

    std::vector<Column> m_columns;
    Quantity m_quantity = Quantity::Loss;
    bool m_epochs = false;    ///< rows are epochs
    std::size_t m_first = 0;  ///< step or epoch of the first row
    std::size_t m_rows = 0;
};

/// The table with a box for which plot it is about.
class ValueTable : public QWidget {
    Q_OBJECT

public:
    explicit ValueTable(PlotPage& page, QWidget* parent = nullptr);
    QTableView* view() const { return m_view; }
    /// What is selected, or everything, as tab-separated text with the columns' titles.
    QString text() const;

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    PlotPage& m_page;
    QComboBox* m_part;
    QTableView* m_view;
    ValueModel* m_model;
    QTimer m_timer;
};

} // namespace ratescope
