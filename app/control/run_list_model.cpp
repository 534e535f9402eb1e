// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_list_model.h"

#include "app/study/plain_text.h"

#include <algorithm>

namespace ratescope {

namespace {

constexpr int refreshInterval = 200; // ms: figures that can still be read
constexpr int keysInterval = 60;     // ms: a thousand runs that are added make the columns change once

constexpr const char* columnKeys[RunListModel::FixedColumns] = {
    "figure:name", "figure:state", "figure:epoch", "figure:rate", "figure:loss", "figure:accuracy", "figure:speed"};

QVariant orNothing(const std::optional<double>& value) { return value ? QVariant(*value) : QVariant(); }

/// From what is to come over what goes on to what is over; further on within.
double stateRank(const RunRecord& run) { return static_cast<double>(run.state) + run.progress() / 2.0; }

} // namespace

RunListModel::RunListModel(RunController& controller, QObject* parent)
    : QAbstractTableModel(parent)
    , m_controller(controller) {
    m_refresh.setInterval(refreshInterval);
    m_refresh.setSingleShot(true);
    m_keysLater.setInterval(keysInterval);
    m_keysLater.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &RunListModel::refreshActive);
    connect(&m_keysLater, &QTimer::timeout, this, &RunListModel::updateKeys);
    connectController();
    updateKeys();
}

void RunListModel::connectController() {
    connect(&m_controller, &RunController::runAboutToBeAdded, this, [this](int row) { beginInsertRows({}, row, row); });
    connect(&m_controller, &RunController::runAdded, this, [this] {
        endInsertRows();
        configsChanged();
    });
    connect(&m_controller, &RunController::runAboutToBeRemoved, this, [this](int row) {
        m_configs.forget(runAt(row).id);
        beginRemoveRows({}, row, row);
    });
    connect(&m_controller, &RunController::runRemoved, this, [this] {
        endRemoveRows();
        configsChanged();
    });
    connect(&m_controller, &RunController::runChanged, this, [this](RunId id) {
        m_configs.invalidate(id);
        const int row = m_controller.indexOf(id);
        if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        configsChanged();
    });
    connect(&m_controller, &RunController::looksChanged, this, [this] {
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, NameColumn), index(rowCount() - 1, StateColumn));
    });
    connect(&m_controller, &RunController::stepsAppended, this, [this] {
        if (!m_refresh.isActive()) m_refresh.start();
    });
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_controller.runs().size());
}

int RunListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FixedColumns + std::min<int>(static_cast<int>(m_keys.size()), mostKeyColumns);
}

void RunListModel::configsChanged() {
    if (!m_keysLater.isActive()) m_keysLater.start();
}

void RunListModel::updateKeys() {
    m_keysLater.stop();
    QStringList keys = m_configs.differingKeys(m_controller.runs());
    if (keys == m_keys) return;
    beginResetModel();
    m_keys = std::move(keys);
    endResetModel();
    Q_EMIT keysChanged();
}

void RunListModel::refreshActive() {
    const int count = rowCount();
    for (int first = 0; first < count; ++first) {
        if (!isActive(runAt(first).state)) continue;
        int last = first;
        while (last + 1 < count && isActive(runAt(last + 1).state)) ++last;
        Q_EMIT dataChanged(index(first, StateColumn), index(last, SpeedColumn), {Qt::DisplayRole, SortRole, ProgressRole});
        first = last;
    }
}

QString RunListModel::text(const RunRecord& run, int column) const {
    const auto orEmpty = [](const std::optional<double>& value, auto write) { return value ? write(*value) : QString(); };
    switch (column) {
    case NameColumn: return QString::fromStdString(run.config.name);
    case StateColumn: return stateText(run);
    case EpochColumn:
        return orEmpty(epochsTrained(run), [](double epochs) {
            const QString tenths = QString::number(epochs, 'f', 1);
            return tenths.endsWith(QLatin1String(".0")) ? tenths.chopped(2) : tenths;
        });
    case RateColumn: return run.rates.empty() ? QString() : QString::number(run.rates.back(), 'g', 3);
    case LossColumn: return orEmpty(lastLoss(run), figureText);
    case AccuracyColumn: return orEmpty(validationAccuracy(run), shareText);
    case SpeedColumn: return orEmpty(run.samplesPerSecond(), speedText);
    default: return configText(m_configs.value(run, keyOf(column)));
    }
}

QVariant RunListModel::sortValue(const RunRecord& run, int column) const {
    switch (column) {
    case NameColumn: return QString::fromStdString(run.config.name);
    case StateColumn: return stateRank(run);
    case EpochColumn: return orNothing(epochsTrained(run));
    case RateColumn: return run.rates.empty() ? QVariant() : QVariant(run.rates.back());
    case LossColumn: return orNothing(lastLoss(run));
    case AccuracyColumn: return orNothing(validationAccuracy(run));
    case SpeedColumn: return orNothing(run.samplesPerSecond());
    default: return m_configs.value(run, keyOf(column));
    }
}

QString RunListModel::toolTip(const RunRecord& run, int column) const {
    if (column == NameColumn)
        return tr("%1 — the box shows or hides its curves").arg(QString::fromStdString(run.config.name));
    if (column == EpochColumn) return tr("Epochs trained so far");
    if (column == RateColumn) return tr("Learning rate of the last step");
    if (column == LossColumn) return tr("Mean loss of the last batches");
    if (column == AccuracyColumn) return tr("Accuracy on the validation set after the last epoch");
    if (column == SpeedColumn) return tr("Samples trained a second, evaluation left out");
    if (column >= FixedColumns) return QStringLiteral("%1 = %2").arg(keyOf(column), text(run, column));
    if (!run.message.isEmpty()) return told(run.message);
    const QString steps = tr("%1 of %2 steps").arg(run.updates()).arg(run.length.steps);
    if (!run.result.test) return steps;
    return tr("%1\nTest loss %2, accuracy %3")
        .arg(steps, figureText(run.result.test->loss), shareText(1.0 - run.result.test->error));
}

QVariant RunListModel::nameData(const RunRecord& run, int role) const {
    if (role == Qt::CheckStateRole) return run.visible ? Qt::Checked : Qt::Unchecked;
    if (role != Qt::AccessibleTextRole) return {};
    const QString name = QString::fromStdString(run.config.name);
    return run.visible ? tr("%1, shown").arg(name) : tr("%1, hidden").arg(name);
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const RunRecord& run = runAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return text(run, index.column());
    case Qt::ToolTipRole: return plainToolTip(toolTip(run, index.column()));
    case Qt::CheckStateRole:
    case Qt::AccessibleTextRole: return index.column() == NameColumn ? nameData(run, role) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool number = index.column() > StateColumn && sortValue(run, index.column()).typeId() != QMetaType::QString;
        return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case IdRole: return QVariant::fromValue(run.id);
    case SortRole: return sortValue(run, index.column());
    case ProgressRole: return run.progress();
    case ColorRole: return QString::fromStdString(run.config.color);
    case DashRole: return run.dash;
    case StateRole: return static_cast<int>(run.state);
    default: return {};
    }
}

bool RunListModel::isNumeric(int column) const {
    if (column < FixedColumns) return column > StateColumn;
    for (const RunPointer& run : m_controller.runs())
        if (const QVariant value = m_configs.value(*run, keyOf(column)); value.isValid())
            return value.typeId() != QMetaType::QString;
    return false;
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == ColumnKeyRole) return section < FixedColumns ? QString::fromLatin1(columnKeys[section]) : keyOf(section);
    if (role == Qt::ToolTipRole && section >= FixedColumns)
        return plainToolTip(tr("%1: the runs differ in it").arg(keyOf(section)));
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("Run");
    case StateColumn: return tr("State");
    case EpochColumn: return tr("Epoch");
    case RateColumn: return tr("Rate");
    case LossColumn: return tr("Loss");
    case AccuracyColumn: return tr("Val. acc.");
    case SpeedColumn: return tr("Samples/s");
    default: return keyOf(section);
    }
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || index.column() != NameColumn) return false;
    const RunId id = runAt(index.row()).id;
    if (role == Qt::CheckStateRole) {
        const bool visible = value.toInt() == Qt::Checked;
        m_editors.show ? m_editors.show({id}, visible) : m_controller.setVisible(id, visible);
        return true;
    }
    if (role != Qt::EditRole) return false;
    const std::string name = value.toString().trimmed().toStdString();
    const Problems problems = m_editors.rename ? m_editors.rename(id, name) : m_controller.setName(id, name);
    if (!problems.empty())
        Q_EMIT refused(tr("The name “%1” %2.").arg(value.toString(), told(QString::fromStdString(problems[0].message))));
    return problems.empty();
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == NameColumn) flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

} // namespace ratescope
