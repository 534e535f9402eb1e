// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_list_columns.h"

#include "app/control/run_list_model.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTreeView>

#include <algorithm>

namespace ratescope {

namespace {

constexpr int nameLetters = 20;   ///< least room for the name
constexpr int keyLetters = 9;     ///< least room for a key of the configuration
constexpr int longestLetters = 22;

} // namespace

RunListColumns::RunListColumns(QTreeView& view)
    : QObject(&view)
    , m_view(view) {
    QHeaderView* header = view.header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(48);
    header->setSectionsMovable(false);
    header->setSortIndicatorClearable(true); // the third click gives the order in which the runs were made
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        if (m_applying) return;
        m_sortKey = column < 0 ? QString() : keyOf(column);
        m_sortOrder = order;
    });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_applying || column == RunListModel::NameColumn || width == 0) return;
        m_widths[keyOf(column)] = width;
        fit();
    });
}

QString RunListColumns::keyOf(int column) const {
    return m_view.model()->headerData(column, Qt::Horizontal, RunListModel::ColumnKeyRole).toString();
}

QString RunListColumns::titleOf(int column) const { return m_view.model()->headerData(column, Qt::Horizontal).toString(); }

int RunListColumns::widthOf(int column) const {
    static constexpr int letters[RunListModel::FixedColumns] = {nameLetters, 20, 8, 10, 10, 11, 12};
    if (const auto dragged = m_widths.constFind(keyOf(column)); dragged != m_widths.cend()) return *dragged;
    const int letter = m_view.fontMetrics().averageCharWidth();
    if (column < RunListModel::FixedColumns) return letter * letters[column];
    const int title = m_view.fontMetrics().horizontalAdvance(keyOf(column)) + 3 * letter; // and the sort arrow
    return std::clamp(title, letter * keyLetters, letter * longestLetters);
}

QList<int> RunListColumns::byImportance() const {
    QList<int> columns = {RunListModel::StateColumn, RunListModel::LossColumn, RunListModel::AccuracyColumn};
    for (int column = RunListModel::FixedColumns; column < m_view.model()->columnCount(); ++column) columns << column;
    return columns << RunListModel::RateColumn << RunListModel::EpochColumn << RunListModel::SpeedColumn;
}

void RunListColumns::apply() {
    m_applying = true;
    int sorted = -1;
    for (int column = 0; column < m_view.model()->columnCount(); ++column)
        if (!m_sortKey.isEmpty() && keyOf(column) == m_sortKey) sorted = column;
    m_view.sortByColumn(sorted, sorted < 0 ? Qt::AscendingOrder : m_sortOrder);
    m_applying = false;
    fit();
}

void RunListColumns::fit() {
    const QScopedValueRollback applying(m_applying, true);
    QHeaderView* header = m_view.header();
    const int width = m_view.width() - m_view.style()->pixelMetric(QStyle::PM_ScrollBarExtent) - 2 * m_view.frameWidth();
    const int name = nameLetters * m_view.fontMetrics().averageCharWidth();
    int room = width - name; // for what nobody has chosen
    int taken = 0;
    for (const int column : byImportance()) {
        const int wanted = widthOf(column);
        const auto choice = m_choices.constFind(keyOf(column));
        if (choice == m_choices.cend() || choice->toBool()) room -= wanted;
        const bool shown = choice == m_choices.cend() ? room >= 0 : choice->toBool();
        header->setSectionHidden(column, !shown);
        if (!shown) continue;
        header->resizeSection(column, wanted);
        taken += wanted;
    }
    header->setSectionHidden(RunListModel::NameColumn, false);
    header->resizeSection(RunListModel::NameColumn, std::max(name, width - taken));
}

void RunListColumns::addTo(QMenu& menu) {
    for (int column = RunListModel::NameColumn + 1; column < m_view.model()->columnCount(); ++column) {
        QAction* action = menu.addAction(titleOf(column));
        action->setCheckable(true);
        action->setChecked(!m_view.isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setShown(column, shown); });
    }
    menu.addSeparator();
    QAction* forget = menu.addAction(tr("As many as fit"), this, &RunListColumns::forgetChoices);
    forget->setEnabled(!m_choices.isEmpty());
}

void RunListColumns::addSortingTo(QMenu& menu) {
    const auto add = [&](const QString& title, int column) {
        QAction* action = menu.addAction(title, this, [this, column] {
            // Once more turns the order round, as a click on the header does.
            const bool again = !m_sortKey.isEmpty() && keyOf(column) == m_sortKey && m_sortOrder == Qt::AscendingOrder;
            m_view.sortByColumn(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
        action->setCheckable(true);
        action->setChecked(column < 0 ? m_sortKey.isEmpty() : keyOf(column) == m_sortKey);
    };
    add(tr("As the runs were made"), -1);
    for (int column = 0; column < m_view.model()->columnCount(); ++column)
        if (!m_view.isColumnHidden(column)) add(titleOf(column), column);
}

void RunListColumns::setShown(int column, bool shown) {
    m_choices[keyOf(column)] = shown;
    fit();
}

void RunListColumns::forgetChoices() { setChoices({}); }

void RunListColumns::setChoices(const QVariantMap& choices) {
    m_choices = choices;
    fit();
}

} // namespace ratescope
