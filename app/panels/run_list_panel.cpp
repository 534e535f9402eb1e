// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_list_panel.h"

#include "app/control/run_order_model.h"
#include "app/panels/problem_text.h"
#include "app/panels/run_group_model.h"
#include "app/panels/run_list_actions.h"
#include "app/panels/run_list_columns.h"
#include "app/panels/run_list_delegate.h"
#include "app/panels/run_tree_view.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace ratescope {

RunListPanel::RunListPanel(RunController& controller, QUndoStack& undo, QWidget* parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_actions(new RunListActions(controller, undo, *this))
    , m_model(new RunListModel(controller, this))
    , m_order(new RunOrderModel(*m_model, this))
    , m_groups(new RunGroupModel(*m_order, this))
    , m_filter(new QLineEdit(this))
    , m_groupBy(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_view(new RunTreeView(this)) {
    m_model->setEditors({.rename = [this](RunId id, const std::string& name) { return m_actions->rename(id, name); },
                         .show = [this](const std::vector<RunId>& ids, bool visible) { m_actions->show(ids, visible); }});
    m_model->setMessageText([](const QString& message) { return problemText(message); });
    buildTop();
    buildView();
    buildKeys();
    connectModels();
    offerGroupings();
    showCount();
    setMinimumWidth(fontMetrics().averageCharWidth() * 44); // name and state at least
}

void RunListPanel::buildTop() {
    m_filter->setClearButtonEnabled(true);
    m_filter->setPlaceholderText(tr("Filter: words, lr=0.1, optimizer=adam, batch_size>64"));
    m_filter->setToolTip(
        tr("Every word has to be part of the name or the state, or to hold a key of the configuration against a "
           "value with =, !=, <, <=, > or >=. (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter of the runs"));
    m_filter->setAccessibleDescription(m_filter->toolTip());
    m_filter->installEventFilter(this);
    m_groupBy->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_groupBy->setMinimumContentsLength(11);
    m_groupBy->setToolTip(tr("Puts runs together that have this in common."));
    m_groupBy->setAccessibleName(tr("Group by"));
    m_groupBy->setAccessibleDescription(m_groupBy->toolTip());
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setAccessibleName(tr("How many runs match the filter"));
    m_count->setMargin(2);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(4, 4, 4, 2);
    top->setSpacing(4);
    top->addWidget(m_filter, 1);
    top->addWidget(m_groupBy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_count);
    layout->addWidget(m_view, 1);
    setTabOrder(m_filter, m_groupBy);
    setTabOrder(m_groupBy, m_view);
    connect(m_filter, &QLineEdit::textChanged, this, &RunListPanel::applyFilter);
    connect(m_groupBy, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0) setGrouping(m_groupings[static_cast<std::size_t>(index)]);
    });
}

void RunListPanel::buildView() {
    m_view->setModel(m_groups);
    m_view->setItemDelegate(new RunListDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSortingEnabled(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked);
    m_view->setExpandsOnDoubleClick(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setAccessibleDescription(tr("The runs with their state and figures. F2 renames, the menu key opens the menu."));
    m_view->header()->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setAccessibleName(tr("Columns of the runs"));
    m_columns = new RunListColumns(*m_view);
    m_columns->apply();
}

void RunListPanel::buildKeys() {
    m_rename = new QAction(tr("Rename"), this);
    m_rename->setShortcut(Qt::Key_F2);
    connect(m_rename, &QAction::triggered, this, &RunListPanel::renameCurrent);
    m_copy = new QAction(tr("Copy as text"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    connect(m_copy, &QAction::triggered, this, &RunListPanel::copySelected);
    for (QAction* action : {m_rename, m_copy}) {
        action->setShortcutContext(Qt::WidgetShortcut); // in an editor these keys are the editor's
        m_view->addAction(action);
    }
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
}

void RunListPanel::connectModels() {
    connect(m_view, &RunTreeView::menuRequested, this, &RunListPanel::showMenu);
    connect(m_view->header(), &QWidget::customContextMenuRequested, this, &RunListPanel::showColumnMenu);
    connect(m_view, &QTreeView::collapsed, this,
            [this](const QModelIndex& index) { m_collapsed.insert(m_groups->identityOf(index)); });
    connect(m_view, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_collapsed.remove(m_groups->identityOf(index)); });
    const QItemSelectionModel* selection = m_view->selectionModel();
    connect(selection, &QItemSelectionModel::currentChanged, this, &RunListPanel::tellCurrent);
    connect(selection, &QItemSelectionModel::selectionChanged, this, &RunListPanel::selectionChanged);
    connect(m_model, &RunListModel::refused, this, &RunListPanel::refused);
    connect(m_model, &RunListModel::keysChanged, this, [this] {
        offerGroupings();
        restoreView();
    });
    connect(m_groups, &RunGroupModel::showRequested, this, [this](const QList<RunId>& ids, bool visible) {
        m_actions->show(std::vector<RunId>(ids.begin(), ids.end()), visible);
    });
    connect(m_groups, &QAbstractItemModel::modelAboutToBeReset, this, &RunListPanel::keepView);
    connect(m_groups, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent, int first, int last) {
        if (m_groups->isGrouped() && !parent.isValid())
            for (int row = first; row <= last; ++row) m_view->setExpanded(m_groups->index(row, 0), true);
        showCount();
    });
    connect(m_groups, &QAbstractItemModel::rowsRemoved, this, &RunListPanel::showCount);
    // A run that the filter hides comes and goes without a row of the list.
    connect(&m_controller, &RunController::runAdded, this, &RunListPanel::showCount);
    connect(&m_controller, &RunController::runRemoved, this, &RunListPanel::showCount);
}

QTreeView* RunListPanel::view() const { return m_view; }

void RunListPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate(); // the columns have to fit the view as it will be
    m_columns->fit();
}

bool RunListPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (watched != m_filter || !key || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    event->accept(); // or Escape would be the window's, which stops what is training
    if (event->type() == QEvent::ShortcutOverride) return true;
    if (m_filter->text().isEmpty()) m_view->setFocus(Qt::OtherFocusReason);
    m_filter->clear();
    return true;
}

void RunListPanel::setFilter(const QString& text) { m_filter->setText(text); }

void RunListPanel::applyFilter() {
    m_order->setFilter(m_filter->text());
    showCount();
    Q_EMIT selectionChanged();
}

void RunListPanel::showCount() {
    m_count->setVisible(m_order->isFiltering());
    if (!m_order->isFiltering()) return;
    m_count->setText(tr("%1 of %n run(s)", nullptr, m_model->rowCount()).arg(m_order->rowCount()));
}

void RunListPanel::offerGroupings() {
    const QSignalBlocker quiet(m_groupBy);
    m_groupBy->clear();
    m_groupings.clear();
    const auto offer = [this](const QString& text, const RunGrouping& grouping) {
        if (std::ranges::find(m_groupings, grouping) != m_groupings.end()) return;
        m_groupings.push_back(grouping);
        m_groupBy->addItem(text);
    };
    offer(tr("No groups"), {});
    offer(tr("Group by seeds"), {RunGrouping::Seeds});
    offer(tr("Group by state"), {RunGrouping::State});
    offer(tr("Group by network"), {RunGrouping::Key, QStringLiteral("network")});
    offer(tr("Group by optimizer"), {RunGrouping::Key, QStringLiteral("optimizer.type")});
    offer(tr("Group by schedule"), {RunGrouping::Key, QStringLiteral("schedule.type")});
    for (const QString& key : m_model->differingKeys()) offer(tr("Group by %1").arg(key), {RunGrouping::Key, key});
    offer(tr("Group by %1").arg(m_grouping.key), m_grouping); // in use, though the runs do not differ in it any more
    const auto chosen = std::ranges::find(m_groupings, m_grouping);
    m_groupBy->setCurrentIndex(static_cast<int>(chosen - m_groupings.begin()));
}

void RunListPanel::setGrouping(const RunGrouping& grouping) {
    if (grouping == m_grouping) return;
    m_grouping = grouping;
    m_collapsed.clear();
    m_view->setRootIsDecorated(grouping.kind != RunGrouping::None);
    if (grouping.kind == RunGrouping::None)
        m_groups->setGrouping(nullptr);
    else
        m_groups->setGrouping([this](const QModelIndex& source) {
            return groupOf(*m_model, m_model->runAt(m_order->mapToSource(source).row()), m_grouping);
        });
    offerGroupings();
    restoreView();
}

void RunListPanel::restoreView() {
    // Not within the reset itself: other listeners would hear of the sorting before they hear of its end.
    m_columns->apply();
    restoreExpansion();
    restoreSelection();
    showCount();
}

void RunListPanel::restoreExpansion() {
    if (!m_groups->isGrouped()) return;
    const QSignalBlocker quiet(m_view); // these are not somebody's clicks
    m_view->expandAll();
    for (int row = 0; row < m_groups->rowCount() && !m_collapsed.isEmpty(); ++row)
        if (const QModelIndex index = m_groups->index(row, 0); m_collapsed.contains(m_groups->identityOf(index)))
            m_view->collapse(index);
}

QModelIndex RunListPanel::indexOf(RunId id) const {
    const int row = m_controller.indexOf(id);
    return row < 0 ? QModelIndex() : m_groups->mapFromSource(m_order->mapFromSource(m_model->index(row, 0)));
}

void RunListPanel::keepView() {
    m_columns->hold();
    m_kept = {};
    for (const QModelIndex& row : selectedRows()) {
        if (m_groups->isGroup(row))
            m_kept.groups.insert(m_groups->identityOf(row));
        else
            m_kept.runs << row.data(RunListModel::IdRole).value<RunId>();
    }
    m_kept.current = current();
}

void RunListPanel::restoreSelection() {
    QModelIndexList rows;
    for (const RunId id : std::as_const(m_kept.runs))
        if (const QModelIndex index = indexOf(id); index.isValid()) rows << index;
    for (int row = 0; m_groups->isGrouped() && row < m_groups->rowCount(); ++row)
        if (m_kept.groups.contains(m_groups->identityOf(m_groups->index(row, 0)))) rows << m_groups->index(row, 0);
    std::ranges::sort(rows, [](const QModelIndex& a, const QModelIndex& b) {
        return std::pair(a.parent().row(), a.row()) < std::pair(b.parent().row(), b.row());
    });
    QItemSelection selection; // neighbours as one range: a thousand single rows would be slow
    for (const QModelIndex& index : std::as_const(rows)) {
        const bool follows = !selection.isEmpty() && selection.back().parent() == index.parent() &&
                             selection.back().bottom() + 1 == index.row();
        const QModelIndex top = follows ? QModelIndex(selection.back().topLeft()) : index;
        if (follows) selection.removeLast();
        selection.append(QItemSelectionRange(top, index));
    }
    const QModelIndex current = indexOf(m_kept.current);
    if (current.isValid()) m_view->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    tellCurrent();
    Q_EMIT selectionChanged();
}

QModelIndexList RunListPanel::selectedRows() const {
    QModelIndexList rows;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row) rows << m_groups->index(row, 0, range.parent());
    // A group stands before its runs.
    const auto place = [](const QModelIndex& index) {
        const QModelIndex parent = index.parent();
        return parent.isValid() ? std::pair(parent.row(), index.row()) : std::pair(index.row(), -1);
    };
    std::ranges::sort(rows, {}, place);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QList<RunId> RunListPanel::selected() const {
    QList<RunId> ids;
    QSet<RunId> known;
    for (const QModelIndex& row : selectedRows())
        for (const RunId id : m_groups->runsOf(row)) {
            if (known.contains(id)) continue;
            known.insert(id);
            ids << id;
        }
    return ids;
}

RunId RunListPanel::current() const {
    const QModelIndex index = m_view->selectionModel()->currentIndex();
    return index.isValid() ? index.data(RunListModel::IdRole).value<RunId>() : 0;
}

void RunListPanel::tellCurrent() {
    if (current() == m_told) return;
    m_told = current();
    Q_EMIT currentChanged(m_told);
}

void RunListPanel::select(RunId id) {
    if (m_controller.indexOf(id) < 0) return;
    if (!indexOf(id).isValid()) m_filter->clear();
    const QModelIndex index = indexOf(id);
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void RunListPanel::renameCurrent() {
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(RunListModel::NameColumn);
    if (index.isValid() && !m_groups->isGroup(index)) m_view->edit(index);
}

QString RunListPanel::selectedText() const {
    QStringList lines;
    const auto add = [&](auto textOf) {
        QStringList cells;
        for (int column = 0; column < m_groups->columnCount(); ++column)
            if (!m_view->isColumnHidden(column)) cells << textOf(column).replace(QLatin1Char('\t'), QLatin1Char(' '));
        lines << cells.join(QLatin1Char('\t'));
    };
    add([this](int column) { return m_groups->headerData(column, Qt::Horizontal).toString(); });
    for (const RunId id : selected()) {
        const QModelIndex index = indexOf(id);
        add([&](int column) { return index.siblingAtColumn(column).data().toString(); });
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void RunListPanel::copySelected() const {
    if (!selected().isEmpty()) QGuiApplication::clipboard()->setText(selectedText());
}

void RunListPanel::fillMenu(QMenu& menu) {
    menu.addActions(m_menuActions);
    menu.addSeparator();
    const QList<RunId> ids = selected();
    if (current() != 0) menu.addAction(m_rename);
    if (!ids.isEmpty()) menu.addAction(m_copy);
    m_actions->addTo(menu, ids);
    menu.addSeparator();
    m_columns->addSortingTo(*menu.addMenu(tr("Sort by")));
    m_columns->addTo(*menu.addMenu(tr("Columns")));
}

void RunListPanel::showMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(globalPosition);
}

void RunListPanel::showColumnMenu(const QPoint& position) {
    QMenu menu(this);
    m_columns->addTo(menu);
    menu.exec(m_view->header()->mapToGlobal(position));
}

} // namespace ratescope
