// SPDX-License-Identifier: GPL-3.0-or-later
// The code of schedules, run: its rates against those of Schedule, at every step.
#include "app/study/schedule_code.h"
#include "app/study/schedule_json.h"
#include "tests/app/schedule_cases.h"
#include "tests/app/snippet_runs.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <sstream>

using namespace ratescope;

namespace {

constexpr CodeTarget targets[] = {CodeTarget::PyTorch, CodeTarget::Keras};
const char* nameOf(CodeTarget target) {
    return target == CodeTarget::PyTorch ? "torch" : "keras";
}

struct Run {
    RunConfig config;
    RunLength length;
};

Run runOf(const ScheduleCase& one) {
    Run run;
    run.config.name = one.name;
    run.config.schedule = scheduleFromJson(one.schedule, "test");
    run.length = {one.steps, one.perEpoch};
    run.config.duration.steps = one.steps;
    if (!run.config.schedule.batchGrowth) return run;
    run.config.duration = {5, std::nullopt};
    run.length = lengthOf(run.config, static_cast<std::uint32_t>(one.perEpoch * run.config.batchSize - 10));
    return run;
}

QJsonObject jobOf(const RunLength& length, CodeTarget target) {
    return {{QStringLiteral("kind"), QLatin1String(nameOf(target))},
            {QStringLiteral("steps"), static_cast<qint64>(length.steps)},
            {QStringLiteral("per_epoch"), static_cast<qint64>(length.stepsPerEpoch)}};
}

/// What runs with a plateau or a halving are shown.
struct FeedbackCase {
    std::string name;
    std::string schedule;
    std::string torch;
    std::string keras;
};

const std::vector<FeedbackCase>& feedbackCases() {
    static const std::vector<FeedbackCase> cases = {
        {"plateau", R"({"type":"plateau","lr":0.1,"patience":1})", "ReduceLROnPlateau", "RateCallback"},
        {"plateau, cool-down", R"({"type":"plateau","lr":0.1,"factor":0.5,"patience":1,"cooldown":3,"min_lr":0.02,
            "threshold":0.01})",
         "ReduceLROnPlateau", "RateCallback"},
        {"plateau, no threshold", R"({"type":"plateau","lr":0.1,"factor":0.5,"patience":1,"cooldown":2,"min_lr":0.001,
            "threshold":0})",
         "ReduceLROnPlateau", "ReduceLROnPlateau"},
        {"plateau, no patience", R"({"type":"plateau","lr":0.1,"factor":0.7,"patience":0,"threshold":0})",
         "ReduceLROnPlateau", "ReduceLROnPlateau"},
        {"plateau, accuracy", R"({"type":"plateau","lr":0.1,"monitor":"val_accuracy","patience":1})",
         "ReduceLROnPlateau", "RateCallback"},
        {"plateau, accuracy, no threshold", R"({"type":"plateau","lr":0.1,"monitor":"val_accuracy","patience":1,
            "threshold":0})",
         "ReduceLROnPlateau", "ReduceLROnPlateau"},
        {"plateau, training loss", R"({"type":"plateau","lr":0.1,"monitor":"train_loss","patience":0})",
         "ReduceLROnPlateau", "RateCallback"},
        {"plateau, raising", R"({"type":"plateau","lr":0.01,"patience":1,"raise_factor":1.5})", "PlateauScheduler",
         "RateCallback"},
        {"plateau, all is progress", R"({"type":"plateau","lr":0.1,"patience":1,"threshold":1})", "PlateauScheduler",
         "RateCallback"},
        {"plateau after a warm-up", R"({"type":"sequence","parts":[{"schedule":{"type":"linear","lr":0.001,"end":0.1},
            "length":25},{"schedule":{"type":"plateau","lr":0.1,"patience":1}}]})",
         "SequenceScheduler", "RateCallback"},
        {"plateaus in turn", R"({"type":"sequence","unit":"epoch","parts":[{"schedule":{"type":"plateau","lr":0.1,
            "patience":0,"factor":0.5},"length":5},{"schedule":{"type":"cosine","lr":0.1,"unit":"step"},"length":3},
            {"schedule":{"type":"plateau","lr":0.2,"patience":0,"monitor":"val_accuracy"},"length":4},
            {"schedule":{"type":"sequence","parts":[{"schedule":{"type":"constant","lr":0.3},"length":2},
            {"schedule":{"type":"plateau","lr":0.4,"patience":1,"monitor":"train_loss"},"length":3}]},"length":4}]})",
         "SequenceScheduler", "RateCallback"},
        {"halving", R"({"type":"halving","lr":3.2,"patience":60})", "HalvingScheduler", "HalvingCallback"}};
    return cases;
}

constexpr std::uint64_t feedbackEpochs = 24;
const RunLength feedbackLength{feedbackEpochs * 10, 10};

/// Figures of an epoch that get better, stall and become worse.
EpochFigures figuresOf(std::uint64_t epoch) {
    static constexpr double losses[] = {2, 1.5, 1.5, 1.6, 1.4, 1.4, 1.39, 1.389, 1.3889, 1.4, 1.2, 1.3};
    const double loss = losses[epoch % 12] / (epoch < 12 ? 1.0 : 1.5);
    return {loss * 1.1 - 0.02 * static_cast<double>(epoch % 3), loss, 1.0 - loss / 2.5};
}

constexpr std::uint64_t divergences[] = {3, 47, 48};

} // namespace

class TestScheduleCode : public QObject {
    Q_OBJECT

private:
    void addCases(CodeTarget target) {
        for (const ScheduleCase& one : scheduleCases()) {
            const Run run = runOf(one);
            QJsonObject job = jobOf(run.length, target);
            if (run.config.schedule.batchGrowth) job[QLatin1String("batches")] = true;
            add(one.name, run.config, run.length, target, job);
        }
        for (const FeedbackCase& one : feedbackCases()) {
            RunConfig config = runOf({one.name, one.schedule}).config;
            QJsonObject job = jobOf(feedbackLength, target);
            QJsonArray val, accuracy, train, steps;
            for (std::uint64_t epoch = 0; epoch < feedbackEpochs; ++epoch) {
                train.append(figuresOf(epoch).trainLoss);
                val.append(*figuresOf(epoch).validationLoss);
                accuracy.append(*figuresOf(epoch).validationAccuracy);
            }
            for (const std::uint64_t step : divergences) steps.append(static_cast<qint64>(step));
            job[QLatin1String("figures")] = QJsonObject{{QStringLiteral("val_loss"), val},
                                                        {QStringLiteral("val_accuracy"), accuracy},
                                                        {QStringLiteral("train_loss"), train}};
            static const char* monitors[] = {"val_loss", "val_accuracy", "train_loss"};
            job[QLatin1String("monitor")] =
                QLatin1String(monitors[static_cast<int>(config.schedule.values.get("monitor", 0.0))]);
            if (config.schedule.type == "halving") job[QLatin1String("divergences")] = steps;
            add(one.name, config, feedbackLength, target, job);
        }
        for (const bool exponential : {true, false}) {
            RunConfig config;
            config.rangeTest = RangeTestSpec{RangeTestKind::Sweep, 1e-5, 10, 137, exponential};
            add(exponential ? "range" : "range, linear", config, {137, 100}, target, jobOf({137, 100}, target));
        }
    }

    void add(const std::string& name, const RunConfig& config, const RunLength& length, CodeTarget target,
             const QJsonObject& job) {
        const std::string text = scheduleCode(config, length, target);
        m_texts[std::string(nameOf(target)) + ' ' + name] = text;
        m_runs.add(std::string(nameOf(target)) + ' ' + name, text, job);
    }

    /// A column of rates against what they have to be; keeps the largest difference of each family.
    void compare(const std::string& name, const std::vector<double>& rates, std::uint64_t steps,
                 const std::function<double(std::uint64_t)>& expected) {
        QCOMPARE(rates.size(), steps);
        double& largest = m_largest[name.substr(0, name.find(','))];
        for (std::uint64_t step = 0; step < steps; ++step) {
            const double wanted = expected(step);
            if (std::isinf(wanted) && rates[step] == wanted) continue;
            const double missed = std::abs(rates[step] - wanted);
            largest = std::max(largest, missed / std::max(std::abs(wanted), 1e-9));
            QVERIFY2(missed <= 1e-6 * std::abs(wanted) + 1e-15, qPrintable(QStringLiteral("%1, step %2: %3, not %4")
                                                                               .arg(QString::fromStdString(name))
                                                                               .arg(step)
                                                                               .arg(rates[step], 0, 'g', 17)
                                                                               .arg(wanted, 0, 'g', 17)));
        }
    }

    QJsonObject resultOf(CodeTarget target, const std::string& name) const {
        return m_runs.result(std::string(nameOf(target)) + ' ' + name);
    }

    static void targetRows(const std::vector<std::string>& names) {
        QTest::addColumn<int>("target");
        QTest::addColumn<int>("index");
        for (const CodeTarget target : targets)
            for (std::size_t i = 0; i < names.size(); ++i)
                QTest::addRow("%s %s", nameOf(target), names[i].c_str())
                    << static_cast<int>(target) << static_cast<int>(i);
    }

    SnippetRuns m_runs;
    std::map<std::string, std::string> m_texts;
    std::map<std::string, double> m_largest;

private Q_SLOTS:
    void initTestCase() {
        if (SnippetRuns::program().isEmpty()) QSKIP("There is no python3 to run the code with.");
        for (const CodeTarget target : targets) addCases(target);
        const QString fault = m_runs.run();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void cleanupTestCase() {
        for (const auto& [family, largest] : m_largest) qInfo("%-36s %.1e", family.c_str(), largest);
    }

    void rates_data() {
        std::vector<std::string> names;
        for (const ScheduleCase& one : scheduleCases()) names.push_back(one.name);
        targetRows(names);
    }

    void rates() {
        QFETCH(const int, target);
        QFETCH(const int, index);
        const auto code = static_cast<CodeTarget>(target);
        if (code == CodeTarget::PyTorch && !m_runs.hasTorch()) QSKIP("python3 has no torch here.");
        const ScheduleCase& one = scheduleCases()[static_cast<std::size_t>(index)];
        const QJsonObject result = resultOf(code, one.name);
        QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
        const std::string wanted = code == CodeTarget::PyTorch ? one.torch : one.keras;
        if (!wanted.empty()) QCOMPARE(result.value(QLatin1String("scheduler")).toString().toStdString(), wanted);
        const Run run = runOf(one);
        const Schedule schedule = scheduleOf(run.config, run.length);
        compare(std::string(nameOf(code)) + ' ' + one.name, SnippetRuns::rates(result), run.length.steps,
                [&](std::uint64_t step) { return schedule.at(step); });
        if (!run.config.schedule.batchGrowth) return;
        const QJsonArray batches = result.value(QLatin1String("batches")).toArray();
        for (std::uint64_t step = 0; step < run.length.steps; ++step)
            QCOMPARE(batches.at(static_cast<qsizetype>(step)).toInt(),
                     static_cast<int>(schedule.batchAt(run.length.timeOf(step))));
    }

    void feedback_data() {
        std::vector<std::string> names;
        for (const FeedbackCase& one : feedbackCases()) names.push_back(one.name);
        targetRows(names);
    }

    void feedback() {
        QFETCH(const int, target);
        QFETCH(const int, index);
        const auto code = static_cast<CodeTarget>(target);
        if (code == CodeTarget::PyTorch && !m_runs.hasTorch()) QSKIP("python3 has no torch here.");
        const FeedbackCase& one = feedbackCases()[static_cast<std::size_t>(index)];
        const QJsonObject result = resultOf(code, one.name);
        QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
        QCOMPARE(result.value(QLatin1String("scheduler")).toString().toStdString(),
                 code == CodeTarget::PyTorch ? one.torch : one.keras);
        const Schedule schedule(scheduleFromJson(one.schedule, "test"), feedbackLength);
        RateFeedback state;
        std::vector<double> expected;
        std::set<double> different;
        for (std::uint64_t step = 0; step < feedbackLength.steps; ++step) {
            expected.push_back(schedule.at(feedbackLength.timeOf(step), state));
            different.insert(expected.back());
            if (std::ranges::find(divergences, step) != std::end(divergences)) ++state.halvings;
            if ((step + 1) % 10 == 0) schedule.epochDone(step, figuresOf(step / 10), state);
        }
        compare(std::string(nameOf(code)) + ' ' + one.name, SnippetRuns::rates(result), expected.size(),
                [&](std::uint64_t step) { return expected[step]; });
        if (one.name != "plateau, all is progress") QVERIFY(different.size() > 1);
    }

    void rangeTests_data() { targetRows({"range", "range, linear"}); }

    void rangeTests() {
        QFETCH(const int, target);
        QFETCH(const int, index);
        const auto code = static_cast<CodeTarget>(target);
        if (code == CodeTarget::PyTorch && !m_runs.hasTorch()) QSKIP("python3 has no torch here.");
        const std::string name = index == 0 ? "range" : "range, linear";
        const QJsonObject result = resultOf(code, name);
        QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
        const Schedule sweep = Schedule::sweep(1e-5, 10, 137, index == 0);
        compare(std::string(nameOf(code)) + ' ' + name, SnippetRuns::rates(result), 137, [&](std::uint64_t step) {
            return sweep.at(ScheduleTime{step, 0, 0.0});
        });
    }

    void looksWritten() {
        for (const auto& [name, text] : m_texts) {
            QVERIFY2(text.starts_with("# Run “") && text.ends_with('\n') && !text.ends_with("\n\n"), name.c_str());
            std::istringstream lines(text);
            for (std::string line; std::getline(lines, line);) {
                const auto width = QString::fromStdString(line).size();
                QVERIFY2(width <= 100, qPrintable(QString::fromStdString(name + ": " + line)));
                QVERIFY2(!line.ends_with(' ') && line.find('\t') == std::string::npos, line.c_str());
            }
            QVERIFY2(!hasText(text, "\n\n\n\n"), text.c_str());
            QVERIFY2(!hasText(text, "\nscheduler.step()") && !hasText(text, "\noptimizer.step()"), name.c_str());
            QVERIFY2(hasText(text, "\nmodel = ") && hasText(text, "\noptimizer = "), name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestScheduleCode)
#include "tst_schedule_code.moc"
