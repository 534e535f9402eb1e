// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_order_model.h"

#include <algorithm>

namespace ratescope {

namespace {

/// Where the run of digits, or of anything else, ends that begins at `start`.
qsizetype pieceEnd(const QString& text, qsizetype start) {
    qsizetype end = start + 1;
    while (end < text.size() && text[end].isDigit() == text[start].isDigit()) ++end;
    return end;
}

int compareDigits(QStringView left, QStringView right) {
    while (left.size() > 1 && left.front() == QLatin1Char('0')) left = left.mid(1);
    while (right.size() > 1 && right.front() == QLatin1Char('0')) right = right.mid(1);
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    return left.compare(right);
}

int compareTexts(const QString& left, const QString& right) {
    qsizetype l = 0;
    qsizetype r = 0;
    while (l < left.size() && r < right.size()) {
        const QStringView a = QStringView(left).mid(l, pieceEnd(left, l) - l);
        const QStringView b = QStringView(right).mid(r, pieceEnd(right, r) - r);
        const bool digits = a.front().isDigit() && b.front().isDigit();
        if (const int order = digits ? compareDigits(a, b) : QString::localeAwareCompare(a, b); order != 0) return order;
        l += a.size();
        r += b.size();
    }
    return static_cast<int>(left.size() - l) - static_cast<int>(right.size() - r);
}

int kindOf(const QVariant& value) { return !value.isValid() ? 2 : value.typeId() == QMetaType::QString ? 1 : 0; }

} // namespace

bool comesBefore(const QVariant& left, const QVariant& right) {
    const int l = kindOf(left);
    const int r = kindOf(right);
    if (l != r) return l < r;
    if (l == 0) return left.toDouble() < right.toDouble();
    return l == 1 && compareTexts(left.toString(), right.toString()) < 0;
}

RunOrderModel::RunOrderModel(RunListModel& runs, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_runs(runs) {
    setSortRole(RunListModel::SortRole);
    setSourceModel(&runs);
}

void RunOrderModel::setFilter(const QString& text) {
    m_filter = RunFilter(text);
    invalidateFilter();
}

bool RunOrderModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant l = left.data(RunListModel::SortRole);
    const QVariant r = right.data(RunListModel::SortRole);
    const bool bothThere = l.isValid() && r.isValid();
    // Downwards the base class asks the other way round; what is missing has to come last all the same.
    if (!bothThere && sortOrder() == Qt::DescendingOrder) return comesBefore(r, l);
    return comesBefore(l, r);
}

bool RunOrderModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (parent.isValid() || m_filter.isEmpty()) return !parent.isValid();
    const RunRecord& run = m_runs.runAt(row);
    return m_filter.matches(run, stateText(run), m_runs.configs());
}

} // namespace ratescope
