// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_report.h"

#include "app/cli/range_report.h"
#include "app/study/range_answers.h"

#include <nlohmann/json.hpp>

#include <QString>
#include <QStringList>

#include <algorithm>
#include <array>

namespace ratescope {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

const char* statusOf(const RunRecord& run) {
    // A run that was never begun because of an interruption counts as cancelled.
    return isOver(run.state) ? runStateName(run.state) : runStateName(RunState::Cancelled);
}

void addSnapshots(Json& json, const RunResult& result) {
    json["snapshots"] = Json::array();
    for (const SnapshotScore& snapshot : result.snapshots)
        json["snapshots"].push_back(
            {{"step", snapshot.step}, {"test_loss", snapshot.test.loss}, {"test_accuracy", 1.0 - snapshot.test.error}});
    if (result.ensemble)
        json["ensemble"] = {{"test_loss", result.ensemble->loss}, {"test_accuracy", 1.0 - result.ensemble->error}};
}

/// What the table has no column for: the best epoch, the snapshots and what they are together.
QString remarksOn(const RunRecord& run) {
    const QString name = QString::fromStdString(run.config.name);
    const auto score = [](const Score& one) {
        return QStringLiteral("test loss %1, accuracy %2 %")
            .arg(one.loss, 0, 'g', 4)
            .arg(100.0 * (1.0 - one.error), 0, 'f', 2);
    };
    QString text;
    if (run.result.bestEpoch)
        text += QStringLiteral("%1: best epoch %2%3\n").arg(name).arg(*run.result.bestEpoch)
                    .arg(run.result.restoredBest ? QStringLiteral(", whose weights it ends with") : QString());
    for (const SnapshotScore& snapshot : run.result.snapshots)
        text += QStringLiteral("%1: snapshot after step %2: %3\n").arg(name).arg(snapshot.step).arg(score(snapshot.test));
    if (run.result.ensemble)
        text += QStringLiteral("%1: all %2 snapshots together: %3\n")
                    .arg(name)
                    .arg(run.result.snapshots.size())
                    .arg(score(*run.result.ensemble));
    return text;
}

} // namespace

std::string reportJson(const std::vector<RunPointer>& runs) {
    Json report = {{"runs", Json::array()}};
    for (const RunPointer& pointer : runs) {
        const RunRecord& run = *pointer;
        Json json;
        json["name"] = run.config.name;
        json["status"] = statusOf(run);
        json["steps"] = run.stepCount();
        json["epochs"] = run.length.epochsOf(run.stepCount());
        json["train_seconds"] = run.trainSeconds;
        json["samples_per_second"] = orNull(run.samplesPerSecond());
        const EpochMetrics* last = run.epochs.empty() ? nullptr : &run.epochs.back();
        const std::optional<Score> validation = last ? last->validation : std::nullopt;
        json["train_loss"] = last ? Json(last->train.loss) : Json(nullptr);
        json["val_loss"] = validation ? Json(validation->loss) : Json(nullptr);
        json["val_accuracy"] = validation ? Json(1.0 - validation->error) : Json(nullptr);
        if (run.isRangeTest()) {
            addRangeTest(json, run);
        } else {
            const std::optional<Score>& test = run.result.test;
            json["test_loss"] = test ? Json(test->loss) : Json(nullptr);
            json["test_accuracy"] = test ? Json(1.0 - test->error) : Json(nullptr);
        }
        if (run.result.bestEpoch) {
            json["best_epoch"] = *run.result.bestEpoch;
            json["restored_best"] = run.result.restoredBest;
        }
        if (!run.result.snapshots.empty()) addSnapshots(json, run.result);
        json["diverged_at"] = orNull(run.result.divergedAt);
        if (run.state == RunState::Failed) json["message"] = run.message.toStdString();
        report["runs"].push_back(std::move(json));
    }
    if (Json groups = seedGroupsJson(runs); !groups.empty()) report["range_tests"] = std::move(groups);
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string reportTable(const std::vector<RunPointer>& runs) {
    constexpr std::array<const char*, 8> titles = {"run",      "status",   "steps",     "train loss",
                                                   "val loss", "val acc.", "test acc.", "samples/s"};
    std::vector<QStringList> rows;
    const auto figure = [](const std::optional<double>& value) {
        return value ? QString::number(*value, 'g', 4) : QStringLiteral("–");
    };
    const auto percent = [](const std::optional<Score>& score) {
        return score ? QString::number(100.0 * (1.0 - score->error), 'f', 2) + QStringLiteral(" %") : QStringLiteral("–");
    };
    QString remarks;
    for (const RunPointer& run : runs) {
        const EpochMetrics* last = run->epochs.empty() ? nullptr : &run->epochs.back();
        const std::optional<Score> validation = last ? last->validation : std::nullopt;
        QString status = QString::fromLatin1(statusOf(*run));
        if (run->result.divergedAt) status += QStringLiteral(" at step %1").arg(*run->result.divergedAt);
        const auto speed = run->samplesPerSecond();
        rows.push_back({QString::fromStdString(run->config.name), status, QString::number(run->stepCount()),
                        last ? figure(last->train.loss) : QStringLiteral("–"),
                        validation ? figure(validation->loss) : QStringLiteral("–"), percent(validation),
                        percent(run->result.test), speed ? QString::number(*speed, 'f', 0) : QStringLiteral("–")});
        remarks += remarksOn(*run);
        if (!run->isRangeTest()) continue;
        const RangeAnswers answers = answersOf(*run);
        const auto remark = [&](const std::string& rule, const QString& found, const std::string& reason) {
            remarks += QStringLiteral("%1: %2 %3 (%4)\n")
                           .arg(QString::fromStdString(run->config.name), QString::fromStdString(rule), found,
                                QString::fromStdString(reason));
        };
        for (const Suggestion& suggestion : answers.rules)
            remark(suggestion.rule, figure(suggestion.rate), suggestion.reason);
        const auto& bounds = answers.bounds.rates;
        remark("bounds",
               bounds ? QStringLiteral("%1 to %2").arg(figure(bounds->first), figure(bounds->second))
                      : QStringLiteral("–"),
               answers.bounds.reason);
    }
    remarks += seedGroupsText(runs);
    std::array<qsizetype, titles.size()> widths{};
    for (std::size_t c = 0; c < titles.size(); ++c) {
        widths[c] = QString::fromLatin1(titles[c]).size();
        for (const QStringList& row : rows) widths[c] = std::max(widths[c], row[static_cast<qsizetype>(c)].size());
    }
    QString text;
    const auto addRow = [&](const auto& cell) {
        QString line;
        for (std::size_t c = 0; c < titles.size(); ++c) {
            const QString value = cell(c);
            line += (c == 0 ? QString() : QStringLiteral("  ")) +
                    (c < 2 ? value.leftJustified(widths[c]) : value.rightJustified(widths[c]));
        }
        while (line.endsWith(QLatin1Char(' '))) line.chop(1);
        text += line + QLatin1Char('\n');
    };
    addRow([&](std::size_t c) { return QString::fromLatin1(titles[c]); });
    for (const QStringList& row : rows) addRow([&](std::size_t c) { return row[static_cast<qsizetype>(c)]; });
    return (text + remarks).toStdString();
}

} // namespace ratescope
