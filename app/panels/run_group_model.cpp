// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/run_group_model.h"

#include "app/control/run_order_model.h"
#include "app/study/plain_text.h"

#include <QFont>

#include <algorithm>

namespace ratescope {

RunGroupModel::RunGroupModel(QAbstractItemModel& runs, QObject* parent)
    : QAbstractProxyModel(parent) {
    setSourceModel(&runs);
    connectSource();
    rebuild();
}

RunGroupModel::~RunGroupModel() = default;

void RunGroupModel::connectSource() {
    const QAbstractItemModel* runs = sourceModel();
    connect(runs, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(runs, &QAbstractItemModel::modelReset, this, [this] {
        rebuild();
        endResetModel();
    });
    connect(runs, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { insertRows(first, last); });
    connect(runs, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { removeRows(first, last); });
    connect(runs, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) {
        m_groupOfRow.erase(m_groupOfRow.begin() + first, m_groupOfRow.begin() + last + 1);
        shift(last + 1, first - last - 1);
    });
    connect(runs, &QAbstractItemModel::dataChanged, this, &RunGroupModel::changeRows);
    connect(runs, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] { keepPlaces(); });
    connect(runs, &QAbstractItemModel::layoutChanged, this, [this] { restorePlaces(); });
}

void RunGroupModel::setGrouping(GroupOf groupOf) {
    beginResetModel();
    m_groupOf = std::move(groupOf);
    rebuild();
    endResetModel();
}

void RunGroupModel::rebuild() {
    m_groups.clear();
    m_groupOfRow.clear();
    m_known.clear();
    if (!isGrouped()) m_groups.push_back(std::make_unique<Group>());
    for (int row = 0; row < sourceModel()->rowCount(); ++row) {
        Group* group = isGrouped() ? nullptr : m_groups.front().get();
        if (!group) {
            RunGroup about = m_groupOf(sourceModel()->index(row, 0));
            Group*& found = m_known[about.identity];
            if (!found) found = m_groups.emplace_back(std::make_unique<Group>(Group{std::move(about), {}})).get();
            group = found;
        }
        group->rows.push_back(row);
        m_groupOfRow.push_back(group);
    }
    std::ranges::stable_sort(m_groups, comesBefore, [](const auto& group) { return group->about.rank; });
}

RunGroupModel::Place RunGroupModel::placeFor(const RunGroup& about) {
    return std::ranges::upper_bound(m_groups, about.rank, comesBefore, [](const auto& group) { return group->about.rank; });
}

RunGroupModel::Place RunGroupModel::placeOf(const Group* group) {
    return std::ranges::find(m_groups, group, [](const auto& one) { return one.get(); });
}

RunGroupModel::Group* RunGroupModel::groupAt(const QModelIndex& index) const {
    return isGroup(index) ? m_groups[static_cast<std::size_t>(index.row())].get() : nullptr;
}

QModelIndex RunGroupModel::indexOf(const Group* group, int column) const {
    if (!isGrouped()) return {};
    const auto it = std::ranges::find(m_groups, group, [](const auto& one) { return one.get(); });
    return it == m_groups.end() ? QModelIndex() : createIndex(static_cast<int>(it - m_groups.begin()), column);
}

QModelIndex RunGroupModel::child(Group* group, std::size_t position, int column) const {
    return createIndex(static_cast<int>(position), column, isGrouped() ? group : nullptr);
}

QString RunGroupModel::identityOf(const QModelIndex& index) const {
    const Group* group = groupAt(index);
    return group ? group->about.identity : QString();
}

QList<RunId> RunGroupModel::runsOf(const QModelIndex& index) const {
    const Group* group = groupAt(index);
    if (!group) return index.isValid() ? QList<RunId>{index.data(RunListModel::IdRole).value<RunId>()} : QList<RunId>();
    QList<RunId> ids;
    for (const int row : group->rows) ids << sourceModel()->index(row, 0).data(RunListModel::IdRole).value<RunId>();
    return ids;
}

QModelIndex RunGroupModel::mapToSource(const QModelIndex& index) const {
    if (!index.isValid() || isGroup(index)) return {};
    const Group* group = isGrouped() ? static_cast<const Group*>(index.internalPointer()) : m_groups.front().get();
    const auto position = static_cast<std::size_t>(index.row());
    return position < group->rows.size() ? sourceModel()->index(group->rows[position], index.column()) : QModelIndex();
}

QModelIndex RunGroupModel::mapFromSource(const QModelIndex& source) const {
    if (!source.isValid() || source.row() >= static_cast<int>(m_groupOfRow.size())) return {};
    Group* group = m_groupOfRow[static_cast<std::size_t>(source.row())];
    if (!group) return {};
    const auto it = std::ranges::lower_bound(group->rows, source.row());
    return child(group, static_cast<std::size_t>(it - group->rows.begin()), source.column());
}

QModelIndex RunGroupModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || row >= rowCount(parent) || column >= columnCount(parent)) return {};
    return createIndex(row, column, groupAt(parent));
}

QModelIndex RunGroupModel::parent(const QModelIndex& index) const {
    return index.isValid() && index.internalPointer() ? indexOf(static_cast<const Group*>(index.internalPointer()))
                                                      : QModelIndex();
}

int RunGroupModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return static_cast<int>(isGrouped() ? m_groups.size() : m_groups.front()->rows.size());
    const Group* group = parent.column() == 0 ? groupAt(parent) : nullptr;
    return group ? static_cast<int>(group->rows.size()) : 0;
}

int RunGroupModel::columnCount(const QModelIndex&) const { return sourceModel()->columnCount(); }

RunGroupModel::Group* RunGroupModel::obtain(const RunGroup& about) {
    if (Group* known = m_known.value(about.identity)) return known;
    const Place place = placeFor(about);
    const int row = static_cast<int>(place - m_groups.begin());
    beginInsertRows({}, row, row);
    Group* made = m_groups.insert(place, std::make_unique<Group>(Group{about, {}}))->get();
    m_known[about.identity] = made;
    endInsertRows();
    return made;
}

void RunGroupModel::dropIfEmpty(Group* group) {
    if (!isGrouped() || !group->rows.empty()) return;
    const Place place = placeOf(group);
    const int row = static_cast<int>(place - m_groups.begin());
    beginRemoveRows({}, row, row);
    m_known.remove(group->about.identity);
    m_groups.erase(place);
    endRemoveRows();
}

void RunGroupModel::shift(int from, int by) {
    for (const auto& group : m_groups)
        for (auto row = std::ranges::lower_bound(group->rows, from); row != group->rows.end(); ++row) *row += by;
}

void RunGroupModel::insertRows(int first, int last) {
    shift(first, last - first + 1);
    m_groupOfRow.insert(m_groupOfRow.begin() + first, static_cast<std::size_t>(last - first + 1), nullptr);
    // Between two rows of a group that were neighbours, those that come new into it are neighbours, too.
    std::vector<std::pair<Group*, std::vector<int>>> arrivals;
    for (int row = first; row <= last; ++row) {
        Group* group = isGrouped() ? obtain(m_groupOf(sourceModel()->index(row, 0))) : m_groups.front().get();
        auto it = std::ranges::find(arrivals, group, &std::pair<Group*, std::vector<int>>::first);
        if (it == arrivals.end()) it = arrivals.insert(it, {group, {}});
        it->second.push_back(row);
    }
    for (const auto& [group, rows] : arrivals) {
        const auto place = std::ranges::lower_bound(group->rows, rows.front());
        const int position = static_cast<int>(place - group->rows.begin());
        beginInsertRows(indexOf(group), position, position + static_cast<int>(rows.size()) - 1);
        group->rows.insert(place, rows.begin(), rows.end());
        for (const int row : rows) m_groupOfRow[static_cast<std::size_t>(row)] = group;
        endInsertRows();
        if (isGrouped()) Q_EMIT dataChanged(indexOf(group), indexOf(group, columnCount() - 1));
    }
}

void RunGroupModel::removeRows(int first, int last) {
    std::vector<Group*> groups;
    for (int row = first; row <= last; ++row)
        if (Group* group = m_groupOfRow[static_cast<std::size_t>(row)];
            group && std::ranges::find(groups, group) == groups.end())
            groups.push_back(group);
    for (Group* group : groups) {
        const auto from = std::ranges::lower_bound(group->rows, first);
        const auto to = std::ranges::upper_bound(group->rows, last);
        beginRemoveRows(indexOf(group), static_cast<int>(from - group->rows.begin()),
                        static_cast<int>(to - group->rows.begin()) - 1);
        for (auto row = from; row != to; ++row) m_groupOfRow[static_cast<std::size_t>(*row)] = nullptr;
        group->rows.erase(from, to);
        endRemoveRows();
        if (isGrouped() && !group->rows.empty()) Q_EMIT dataChanged(indexOf(group), indexOf(group, columnCount() - 1));
        dropIfEmpty(group);
    }
}

void RunGroupModel::regroup(int row) {
    Group* from = m_groupOfRow[static_cast<std::size_t>(row)];
    RunGroup about = m_groupOf(sourceModel()->index(row, 0));
    if (about.identity == from->about.identity) return;
    Group* to = obtain(about);
    const auto source = std::ranges::lower_bound(from->rows, row);
    const auto target = std::ranges::lower_bound(to->rows, row);
    const int position = static_cast<int>(source - from->rows.begin());
    beginMoveRows(indexOf(from), position, position, indexOf(to), static_cast<int>(target - to->rows.begin()));
    from->rows.erase(source);
    to->rows.insert(target, row);
    m_groupOfRow[static_cast<std::size_t>(row)] = to;
    endMoveRows();
    if (!from->rows.empty()) Q_EMIT dataChanged(indexOf(from), indexOf(from, columnCount() - 1));
    dropIfEmpty(from);
}

void RunGroupModel::changeRows(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) {
    // Figures that go on put no run into another group.
    const bool figuresOnly = !roles.isEmpty() && !roles.contains(RunListModel::StateRole);
    for (int row = topLeft.row(); row <= bottomRight.row() && isGrouped() && !figuresOnly; ++row) regroup(row);
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        Group* group = m_groups[i].get();
        const auto from = std::ranges::lower_bound(group->rows, topLeft.row());
        const auto to = std::ranges::upper_bound(group->rows, bottomRight.row());
        if (from == to) continue;
        Q_EMIT dataChanged(child(group, static_cast<std::size_t>(from - group->rows.begin()), topLeft.column()),
                           child(group, static_cast<std::size_t>(to - group->rows.begin()) - 1, bottomRight.column()),
                           roles);
        if (isGrouped())
            Q_EMIT dataChanged(createIndex(static_cast<int>(i), topLeft.column()),
                               createIndex(static_cast<int>(i), bottomRight.column()));
    }
}

void RunGroupModel::keepPlaces() {
    Q_EMIT layoutAboutToBeChanged();
    m_keptGroups.clear();
    for (std::size_t row = 0; row < m_groupOfRow.size(); ++row)
        m_keptGroups[sourceModel()->index(static_cast<int>(row), 0).data(RunListModel::IdRole).value<RunId>()] =
            m_groupOfRow[row];
    m_keptIndexes = persistentIndexList();
    m_keptSources.clear();
    for (const QModelIndex& index : std::as_const(m_keptIndexes)) m_keptSources << QPersistentModelIndex(mapToSource(index));
}

void RunGroupModel::restorePlaces() {
    for (const auto& group : m_groups) group->rows.clear();
    for (std::size_t row = 0; row < m_groupOfRow.size(); ++row) {
        Group* group =
            m_keptGroups.value(sourceModel()->index(static_cast<int>(row), 0).data(RunListModel::IdRole).value<RunId>());
        group->rows.push_back(static_cast<int>(row));
        m_groupOfRow[row] = group;
    }
    QModelIndexList now;
    for (qsizetype i = 0; i < m_keptIndexes.size(); ++i) // groups stay where they are
        now << (m_keptSources[i].isValid() ? mapFromSource(m_keptSources[i]) : m_keptIndexes[i]);
    changePersistentIndexList(m_keptIndexes, now);
    m_keptIndexes.clear();
    m_keptSources.clear();
    Q_EMIT layoutChanged();
}

Qt::CheckState RunGroupModel::checkState(const Group& group) const {
    std::size_t shown = 0;
    for (const int row : group.rows)
        shown += sourceModel()->index(row, RunListModel::NameColumn).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return shown == 0 ? Qt::Unchecked : shown == group.rows.size() ? Qt::Checked : Qt::PartiallyChecked;
}

std::optional<double> RunGroupModel::mean(const Group& group, int column) const {
    double sum = 0.0;
    int count = 0;
    for (const int row : group.rows) {
        const QVariant value = sourceModel()->index(row, column).data(RunListModel::SortRole);
        if (!value.isValid()) continue;
        sum += value.toDouble();
        ++count;
    }
    return count == 0 ? std::nullopt : std::optional(sum / count);
}

QVariant RunGroupModel::common(const Group& group, int column) const {
    if (group.rows.empty()) return {};
    const QVariant first = sourceModel()->index(group.rows.front(), column).data();
    const bool same = std::ranges::all_of(
        group.rows, [&](int row) { return sourceModel()->index(row, column).data() == first; });
    return same ? first : QVariant();
}

QVariant RunGroupModel::groupData(const Group& group, int column, int role) const {
    if (role == Qt::FontRole) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::CheckStateRole) return column == RunListModel::NameColumn ? QVariant(checkState(group)) : QVariant();
    if (role == Qt::TextAlignmentRole) return headerData(column, Qt::Horizontal, role);
    const bool means = column == RunListModel::LossColumn || column == RunListModel::AccuracyColumn;
    if (role == Qt::ToolTipRole) return means ? tr("Mean of the group's runs") : plainToolTip(group.about.title);
    if (role != Qt::DisplayRole) return {};
    if (column == RunListModel::NameColumn) return group.about.title;
    if (column == RunListModel::StateColumn) return tr("%n run(s)", nullptr, static_cast<int>(group.rows.size()));
    if (column >= RunListModel::FixedColumns) return common(group, column);
    const auto value = means ? mean(group, column) : std::nullopt;
    if (!value) return {};
    return column == RunListModel::LossColumn ? figureText(*value) : shareText(*value);
}

QVariant RunGroupModel::data(const QModelIndex& index, int role) const {
    const Group* group = groupAt(index);
    return group ? groupData(*group, index.column(), role) : QAbstractProxyModel::data(index, role);
}

bool RunGroupModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!isGroup(index)) return QAbstractProxyModel::setData(index, value, role);
    if (role != Qt::CheckStateRole || index.column() != RunListModel::NameColumn) return false;
    Q_EMIT showRequested(runsOf(index), value.toInt() == Qt::Checked);
    return true;
}

QVariant RunGroupModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return sourceModel()->headerData(section, orientation, role);
}

Qt::ItemFlags RunGroupModel::flags(const QModelIndex& index) const {
    if (!isGroup(index)) return QAbstractProxyModel::flags(index);
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == RunListModel::NameColumn) flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace ratescope
