// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/value_table.h"

#include "app/plots/curve_store.h"
#include "app/plots/run_shapes.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ratescope {

namespace {

constexpr int refreshInterval = 400;          // ms: numbers that can still be read
constexpr qsizetype mostCopied = 5'000'000;   // cells

} // namespace

void ValueModel::show(PlotPart part, const std::vector<RunPointer>& runs, const PlotView& view, CurveStore& store) {
    std::vector<Column> columns;
    std::size_t firstRow = std::numeric_limits<std::size_t>::max();
    std::size_t lastRow = 0;
    const bool epochs = part == PlotPart::Loss && isScore(view.quantity);
    const bool differences = part == PlotPart::Loss && view.quantity == Quantity::Difference;
    const RunPointer reference = referenceOf(runs, view);
    for (const RunPointer& run : runs) {
        if (!run->visible || run->isRangeTest() != (part == PlotPart::RangeTest)) continue;
        if (differences && !isCompared(*run, reference.get())) continue;
        const auto curves = store.get(run);
        const auto difference = differences ? store.difference(run, reference) : nullptr;
        const auto range = part == PlotPart::RangeTest ? view.testRate : view.steps;
        const std::size_t count = difference ? difference->count() : curves->count();
        auto [from, to] = epochs ? std::pair<std::size_t, std::size_t>(0, run->epochs.size())
                                 : StepScale(*run, view.stepUnit).stepsWithin(range, count);
        if (run->isLog() && !epochs && from < to)
            std::tie(from, to) = std::pair<std::size_t, std::size_t>(run->stepNumber(from), run->stepNumber(to - 1) + 1);
        firstRow = std::min(firstRow, from);
        lastRow = std::max(lastRow, to);
        const auto add = [&](Kind kind) { columns.push_back({curves, kind, difference}); };
        if (part == PlotPart::Rate) add(Kind::Rate);
        if (difference) {
            add(Kind::Difference);
            add(Kind::SmoothedDifference);
        } else if (part == PlotPart::Loss && !epochs) {
            add(Kind::Loss);
            add(Kind::Smoothed);
        }
        if (epochs) {
            add(Kind::TrainScore);
            add(Kind::ValidationScore);
        }
        if (part != PlotPart::RangeTest) continue;
        for (const Kind kind : {Kind::TestRate, Kind::TestLoss, Kind::TestSlope}) add(kind);
        if (!run->validations.empty())
            for (const Kind kind : {Kind::TestValidation, Kind::TestAccuracy}) add(kind);
    }
    firstRow = std::min(firstRow, lastRow);
    const std::size_t rows = lastRow - firstRow;
    if (columns == m_columns && firstRow == m_first && epochs == m_epochs && view.quantity == m_quantity && rows >= m_rows) {
        if (rows > m_rows) {
            beginInsertRows({}, static_cast<int>(m_rows), static_cast<int>(rows) - 1);
            m_rows = rows;
            endInsertRows();
        }
        return;
    }
    beginResetModel();
    m_columns = std::move(columns);
    m_first = firstRow;
    m_rows = rows;
    m_epochs = epochs;
    m_quantity = view.quantity;
    endResetModel();
}

int ValueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(std::min<std::size_t>(m_rows, 2'000'000'000));
}

int ValueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

std::optional<double> ValueModel::value(const Column& column, std::size_t row) const {
    const RunRecord& run = column.curves->run();
    if (m_epochs) {
        if (row >= run.epochs.size()) return std::nullopt;
        const EpochMetrics& epoch = run.epochs[row];
        const std::optional<Score> score = column.kind == Kind::TrainScore ? epoch.train : epoch.validation;
        const double value = score ? scoreValue(*score, m_quantity) : std::nan("");
        return std::isnan(value) ? std::nullopt : std::optional(value);
    }
    if (run.isLog()) { // rows are steps
        const std::optional<std::size_t> point = run.pointOf(row);
        if (!point) return std::nullopt;
        row = *point;
    }
    if (row >= (column.difference ? column.difference->count() : column.curves->count())) return std::nullopt;
    switch (column.kind) {
    case Kind::Loss: return run.losses[row];
    case Kind::Difference: return column.difference->values()[row];
    case Kind::SmoothedDifference: return column.difference->smoothed(row);
    case Kind::Smoothed:
    case Kind::TestLoss: return column.curves->smoothedLoss(row);
    case Kind::Rate:
    case Kind::TestRate: return run.rateAt(row);
    case Kind::TestSlope: {
        const std::vector<double>& slopes = column.curves->range().slopes;
        return row < slopes.size() ? std::optional(slopes[row]) : std::nullopt;
    }
    case Kind::TestValidation:
        return row < run.validations.size() ? std::optional(run.validations[row].loss) : std::nullopt;
    case Kind::TestAccuracy:
        return row < run.validations.size() ? std::optional(scoreValue(run.validations[row], Quantity::Accuracy))
                                            : std::nullopt;
    default: return std::nullopt;
    }
}

QVariant ValueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const auto number =
        value(m_columns[static_cast<std::size_t>(index.column())], m_first + static_cast<std::size_t>(index.row()));
    return number ? QVariant(QLocale::c().toString(*number, 'g', 7)) : QVariant();
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical)
        return QString::number(m_first + static_cast<std::size_t>(section) + (m_epochs ? 1 : 0));
    if (section >= columnCount()) return {};
    const Column& column = m_columns[static_cast<std::size_t>(section)];
    const RunRecord& run = column.curves->run();
    const QString name = QString::fromStdString(run.config.name);
    switch (column.kind) {
    case Kind::Loss: return tr("%1\nloss").arg(name);
    case Kind::Smoothed:
    case Kind::TestLoss:
        return column.curves->losses().pyramid().beta() > 0.0 || column.kind == Kind::Smoothed
                   ? tr("%1\nsmoothed loss").arg(name)
                   : tr("%1\nloss").arg(name);
    case Kind::Rate:
    case Kind::TestRate: return tr("%1\nrate").arg(name);
    case Kind::TestSlope: return tr("%1\nslope").arg(name);
    case Kind::TestValidation: return tr("%1\nvalidation loss").arg(name);
    case Kind::TestAccuracy: return tr("%1\nvalidation accuracy (%)").arg(name);
    case Kind::Difference: return tr("%1\ndifference").arg(differenceName(run, *column.difference->reference()));
    case Kind::SmoothedDifference:
        return tr("%1\nsmoothed difference").arg(differenceName(run, *column.difference->reference()));
    case Kind::TrainScore:
        return m_quantity == Quantity::Error ? tr("%1\ntraining error (%)").arg(name)
                                             : tr("%1\ntraining accuracy (%)").arg(name);
    case Kind::ValidationScore:
        return m_quantity == Quantity::Error ? tr("%1\nvalidation error (%)").arg(name)
                                             : tr("%1\nvalidation accuracy (%)").arg(name);
    }
    return {};
}

ValueTable::ValueTable(PlotPage& page, QWidget* parent)
    : QWidget(parent)
    , m_page(page)
    , m_part(new QComboBox(this))
    , m_view(new QTableView(this))
    , m_model(new ValueModel(this)) {
    m_part->addItem(tr("Loss"), static_cast<int>(PlotPart::Loss));
    m_part->addItem(tr("Learning rate"), static_cast<int>(PlotPart::Rate));
    m_part->addItem(tr("Range test"), static_cast<int>(PlotPart::RangeTest));
    m_part->setAccessibleName(tr("Which plot's values"));
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Values behind the plot"));
    m_view->setAccessibleDescription(tr("Steps in sight as rows, visible runs as columns; Ctrl+C copies"));
    if (auto* corner = m_view->findChild<QAbstractButton*>()) corner->setAccessibleName(tr("Select all"));
    m_view->setTabKeyNavigation(false); // Tab leaves the table
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_view->horizontalHeader()->setDefaultSectionSize(fontMetrics().averageCharWidth() * 25);
    m_view->installEventFilter(this);
    auto* top = new QHBoxLayout;
    top->addWidget(m_part);
    auto* hint = new QLabel(tr("the steps in sight; Ctrl+C copies"), this);
    hint->setEnabled(false);
    top->addWidget(hint, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addLayout(top);
    layout->addWidget(m_view);
    m_timer.setInterval(refreshInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] { if (isVisible()) refresh(); });
    connect(m_part, &QComboBox::currentIndexChanged, this, &ValueTable::refresh);
    m_timer.start();
}

void ValueTable::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void ValueTable::refresh() {
    m_model->show(static_cast<PlotPart>(m_part->currentData().toInt()), m_page.runs(), m_page.currentView(),
                  *m_page.curves());
}

bool ValueTable::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(text());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QString ValueTable::text() const {
    QModelIndexList cells = m_view->selectionModel()->selectedIndexes();
    int top = 0;
    int bottom = m_model->rowCount() - 1;
    int left = 0;
    int right = m_model->columnCount() - 1;
    if (!cells.isEmpty()) {
        const auto rows = std::ranges::minmax(cells, {}, &QModelIndex::row);
        const auto columns = std::ranges::minmax(cells, {}, &QModelIndex::column);
        top = rows.min.row();
        bottom = rows.max.row();
        left = columns.min.column();
        right = columns.max.column();
    }
    const qsizetype width = std::max(1, right - left + 1);
    bottom = static_cast<int>(std::min<qsizetype>(bottom, top + mostCopied / width));
    QString text = tr("step");
    for (int column = left; column <= right; ++column)
        text += QLatin1Char('\t') + m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                                        .toString()
                                        .replace(QLatin1Char('\n'), QLatin1Char(' '));
    for (int row = top; row <= bottom; ++row) {
        text += QLatin1Char('\n') + m_model->headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
        for (int column = left; column <= right; ++column)
            text += QLatin1Char('\t') + m_model->index(row, column).data(Qt::DisplayRole).toString();
    }
    return text;
}

} // namespace ratescope
