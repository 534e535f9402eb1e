// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/run_list_model.h"

#include <QLocale>

#include <cmath>

namespace ratescope {

namespace {

constexpr int refreshInterval = 200; // ms: figures that can still be read

std::optional<double> lastLoss(const RunRecord& run) {
    // A single batch's loss jumps; the mean of the last ones is what a person wants to read.
    constexpr std::size_t window = 50;
    if (run.losses.empty()) return std::nullopt;
    const std::size_t count = run.isRangeTest() ? 1 : std::min(window, run.losses.size());
    double sum = 0.0;
    for (std::size_t i = run.losses.size() - count; i < run.losses.size(); ++i) sum += run.losses[i];
    return sum / static_cast<double>(count);
}

std::optional<double> validationAccuracy(const RunRecord& run) {
    if (run.epochs.empty() || !run.epochs.back().validation) return std::nullopt;
    return 1.0 - run.epochs.back().validation->error;
}

QVariant orNothing(const std::optional<double>& value) { return value ? QVariant(*value) : QVariant(); }

} // namespace

QString durationText(double seconds) {
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole >= 3600) return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(two(whole / 60 % 60), two(whole % 60));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
}

QString figureText(double value) { return QString::number(value, 'g', 4); }

QString stateText(const RunRecord& run) {
    switch (run.state) {
    case RunState::Ready: return RunListModel::tr("ready");
    case RunState::Waiting: return RunListModel::tr("waiting");
    case RunState::Running: {
        if (run.stepCount() == 0) return RunListModel::tr("loading");
        const QString percent = QStringLiteral("%1 %").arg(static_cast<int>(run.progress() * 100.0));
        const auto left = run.secondsLeft();
        return left ? RunListModel::tr("%1 · %2 left").arg(percent, durationText(*left)) : percent;
    }
    case RunState::Paused: return RunListModel::tr("paused at %1 %").arg(static_cast<int>(run.progress() * 100.0));
    case RunState::Finished: return RunListModel::tr("finished");
    case RunState::Diverged: return RunListModel::tr("diverged at %1").arg(run.result.divergedAt.value_or(run.stepCount()));
    case RunState::StoppedEarly:
        return RunListModel::tr("stopped early");
    case RunState::Cancelled: return RunListModel::tr("stopped at %1").arg(run.stepCount());
    case RunState::Failed: return RunListModel::tr("failed");
    }
    return {};
}

RunListModel::RunListModel(RunController& controller, QObject* parent)
    : QAbstractTableModel(parent)
    , m_controller(controller) {
    connect(&m_controller, &RunController::runAboutToBeAdded, this, [this](int row) { beginInsertRows({}, row, row); });
    connect(&m_controller, &RunController::runAdded, this, [this] { endInsertRows(); });
    connect(&m_controller, &RunController::runAboutToBeRemoved, this, [this](int row) { beginRemoveRows({}, row, row); });
    connect(&m_controller, &RunController::runRemoved, this, [this] { endRemoveRows(); });
    connect(&m_controller, &RunController::runChanged, this, [this](RunId id) {
        const int row = m_controller.indexOf(id);
        if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
    m_refresh.setInterval(refreshInterval);
    m_refresh.setSingleShot(true);
    connect(&m_controller, &RunController::stepsAppended, this, [this] {
        if (!m_refresh.isActive()) m_refresh.start();
    });
    connect(&m_refresh, &QTimer::timeout, this, &RunListModel::refreshActive);
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_controller.runs().size());
}

int RunListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

void RunListModel::refreshActive() {
    const auto& runs = m_controller.runs();
    for (int row = 0; row < static_cast<int>(runs.size()); ++row)
        if (isActive(runs[static_cast<std::size_t>(row)]->state))
            Q_EMIT dataChanged(index(row, StateColumn), index(row, SpeedColumn));
}

QVariant RunListModel::text(const RunRecord& run, int column) const {
    switch (column) {
    case NameColumn: return QString::fromStdString(run.config.name);
    case StateColumn: return stateText(run);
    case RateColumn: return run.rates.empty() ? QString() : QString::number(run.rates.back(), 'g', 3);
    case LossColumn: {
        const auto loss = lastLoss(run);
        return loss ? figureText(*loss) : QString();
    }
    case AccuracyColumn: {
        const auto accuracy = validationAccuracy(run);
        return accuracy ? QString::number(*accuracy * 100.0, 'f', 2) + QStringLiteral(" %") : QString();
    }
    case SpeedColumn: {
        const auto speed = run.samplesPerSecond();
        if (speed && *speed >= 1e6) return tr("%1 M").arg(*speed / 1e6, 0, 'f', 2);
        return speed ? (*speed >= 1e4 ? tr("%1 k").arg(*speed / 1000.0, 0, 'f', 0) : QString::number(*speed, 'f', 0)) : QString();
    }
    default: return {};
    }
}

QVariant RunListModel::sortValue(const RunRecord& run, int column) const {
    switch (column) {
    case NameColumn: return QString::fromStdString(run.config.name);
    case StateColumn: return run.progress();
    case RateColumn: return run.rates.empty() ? QVariant() : QVariant(run.rates.back());
    case LossColumn: return orNothing(lastLoss(run));
    case AccuracyColumn: return orNothing(validationAccuracy(run));
    case SpeedColumn: return orNothing(run.samplesPerSecond());
    default: return {};
    }
}

QVariant RunListModel::toolTip(const RunRecord& run, int column) const {
    if (column == NameColumn) return tr("%1 — the box shows or hides its curves").arg(QString::fromStdString(run.config.name));
    if (column == LossColumn) return tr("Mean loss of the last batches");
    if (column == SpeedColumn) return tr("Samples trained a second, evaluation left out");
    if (column != StateColumn) return {};
    if (!run.message.isEmpty()) return run.message;
    QString text = tr("%1 of %2 steps").arg(run.stepCount()).arg(run.length.steps);
    if (run.result.test)
        text += tr("\nTest loss %1, accuracy %2 %")
                    .arg(figureText(run.result.test->loss))
                    .arg(100.0 * (1.0 - run.result.test->error), 0, 'f', 2);
    return text;
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const RunRecord& run = *m_controller.runs()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return text(run, index.column());
    case Qt::ToolTipRole: return toolTip(run, index.column());
    case Qt::CheckStateRole:
        return index.column() == NameColumn ? QVariant(run.visible ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() > StateColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case IdRole: return QVariant::fromValue(run.id);
    case SortRole: return sortValue(run, index.column());
    case ProgressRole: return run.progress();
    case ColorRole: return QString::fromStdString(run.config.color);
    case DashRole: return run.dash;
    case StateRole: return static_cast<int>(run.state);
    default: return {};
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return section > StateColumn ? Qt::AlignRight : Qt::AlignLeft;
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("Run");
    case StateColumn: return tr("State");
    case RateColumn: return tr("Rate");
    case LossColumn: return tr("Loss");
    case AccuracyColumn: return tr("Val. acc.");
    case SpeedColumn: return tr("Samples/s");
    default: return {};
    }
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid()) return false;
    const RunPointer run = m_controller.runs()[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole) {
        m_controller.setVisible(run->id, value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole || index.column() != NameColumn) return false;
    RunConfig config = run->config;
    config.name = value.toString().trimmed().toStdString();
    const Problems problems = m_controller.setConfig(run->id, config);
    if (!problems.empty()) Q_EMIT refused(tr("The name “%1” %2.").arg(value.toString(), QString::fromStdString(problems[0].message)));
    return problems.empty();
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == NameColumn) flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

} // namespace ratescope
