// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_list_panel.h"

#include "app/panels/run_list_delegate.h"

#include <QColorDialog>
#include <QHeaderView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

RunListPanel::RunListPanel(RunController& controller, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_model(new RunListModel(controller, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_view(new QTreeView(this)) {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(RunListModel::SortRole);
    m_sorted->setSortLocaleAware(true);
    m_view->setModel(m_sorted);
    m_view->setItemDelegate(new RunListDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setAllColumnsShowFocus(true);
    QHeaderView* header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(RunListModel::NameColumn, QHeaderView::Stretch);
    header->setMinimumSectionSize(48);
    const int letter = fontMetrics().averageCharWidth();
    for (const auto& [column, letters] : std::initializer_list<std::pair<int, int>>{
             {RunListModel::StateColumn, 20}, {RunListModel::RateColumn, 10}, {RunListModel::LossColumn, 10},
             {RunListModel::AccuracyColumn, 11}, {RunListModel::SpeedColumn, 12}})
        header->resizeSection(column, letter * letters);
    setMinimumWidth(letter * 40); // name and state at least
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);

    connect(m_view, &QWidget::customContextMenuRequested, this, &RunListPanel::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { Q_EMIT currentChanged(current()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunListPanel::selectionChanged);
    connect(m_model, &RunListModel::refused, this, &RunListPanel::refused);
}

void RunListPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // In a narrow list the names stay readable: the figures that matter least give way.
    QHeaderView* header = m_view->header();
    int room = width() - 16 * fontMetrics().averageCharWidth() - style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    for (const int column : {RunListModel::StateColumn, RunListModel::LossColumn, RunListModel::AccuracyColumn, RunListModel::RateColumn,
                             RunListModel::SpeedColumn}) {
        header->setSectionHidden(column, false);
        room -= header->sectionSize(column);
        header->setSectionHidden(column, room < 0);
    }
}

QList<RunId> RunListPanel::selected() const {
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<RunId> ids;
    for (const QModelIndex& row : std::as_const(rows)) ids << row.data(RunListModel::IdRole).value<RunId>();
    return ids;
}

RunId RunListPanel::current() const {
    const QModelIndex index = m_view->selectionModel()->currentIndex();
    return index.isValid() ? index.data(RunListModel::IdRole).value<RunId>() : 0;
}

void RunListPanel::select(RunId id) {
    const int row = m_controller.indexOf(id);
    if (row < 0) return;
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void RunListPanel::showMenu(const QPoint& position) {
    QMenu menu(this);
    menu.addActions(m_menuActions);
    if (m_view->indexAt(position).isValid()) {
        menu.addSeparator();
        menu.addAction(tr("Rename"), this, [this] { m_view->edit(m_view->currentIndex().siblingAtColumn(RunListModel::NameColumn)); });
        menu.addAction(tr("Colour…"), this, &RunListPanel::chooseColor);
    }
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

void RunListPanel::chooseColor() {
    const RunPointer run = m_controller.find(current());
    if (!run) return;
    const QColor color = QColorDialog::getColor(QColor(QString::fromStdString(run->config.color)), this, tr("Colour of the run"));
    if (!color.isValid()) return;
    RunConfig config = run->config;
    config.color = color.name().toStdString();
    m_controller.setConfig(run->id, config);
}

} // namespace ratescope
