// SPDX-License-Identifier: GPL-3.0-or-later
// What validateSchedule() says and where, for lists and for schedules within schedules.
#include "approx.h"
#include "problems.h"
#include "small_runs.h"

#include "core/schedule/schedule.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

ScheduleSpec constant(double lr = 0.1) {
    return scheduleSpec("constant", {{"lr", lr}});
}

ScheduleSpec sequence(std::vector<SchedulePart> parts) {
    ScheduleSpec spec{"sequence", TimeUnit::Step, {}};
    spec.parts = std::move(parts);
    return spec;
}

ScheduleSpec drop(std::vector<double> milestones) {
    ScheduleSpec spec = scheduleSpec("multistep", {{"lr", 0.1}});
    spec.milestones = std::move(milestones);
    return spec;
}

ScheduleSpec nested(int sequences) {
    ScheduleSpec spec = constant();
    for (int i = 0; i < sequences; ++i) spec = sequence({{spec, {}}});
    return spec;
}

ScheduleSpec growing(ScheduleSpec spec, std::uint32_t most = 0) {
    spec.batchGrowth = true;
    spec.maxBatch = most;
    return spec;
}

} // namespace

class TestScheduleProblems : public QObject {
    Q_OBJECT

private slots:
    void places_data() {
        QTest::addColumn<int>("index");
        m_rows.clear();
        const double nan = std::nan("");
        const ScheduleSpec bad = scheduleSpec("step", {{"lr", 0.1}, {"period", -5}});
        const ScheduleSpec typo = scheduleSpec("cosin", {{"lr", 0.1}});
        add("good", sequence({{constant(), 10.0}, {constant(), {}}}), "");
        add("parameter of a part", sequence({{constant(), 10.0}, {bad, {}}}),
            "parts[1].schedule.period: is -5; allowed: a number above 0 and at most 1e+09\n");
        add("part of a part", sequence({{constant(), 10.0}, {sequence({{bad, 5.0}, {constant(), {}}}), {}}}),
            "parts[1].schedule.parts[0].schedule.period: is -5; allowed: a number above 0 and at most 1e+09\n");
        add("type of a part", sequence({{typo, {}}}),
            "parts[0].schedule.type: “cosin” is no schedule; allowed: constant, linear, ");
        add("length of a part", sequence({{constant(), 0.0}, {constant(), -1.0}, {constant(), nan}, {constant(), 2e9}}),
            "parts[0].length: is 0; allowed: a number above 0 and at most 1e+09\n"
            "parts[1].length: is -1; allowed: a number above 0 and at most 1e+09\n"
            "parts[2].length: is nan; allowed: a number above 0 and at most 1e+09\n"
            "parts[3].length: is 2e+09; allowed: a number above 0 and at most 1e+09\n");
        add("open length before the last", sequence({{constant(), {}}, {constant(), {}}}),
            "parts[0].length: is missing; only the last part may go on to the end of the run\n");
        add("after an inner sequence the places are the outer one's",
            sequence({{sequence({{constant(), {}}}), {}}, {constant(0), 5.0}}),
            "parts[0].length: is missing; only the last part may go on to the end of the run\n"
            "parts[1].schedule.lr: is 0; allowed: a number above 0 and at most 1e+06\n");
        add("no parts", sequence({}), "parts: holds none; expected [{\"schedule\"");
        add("no parts within", sequence({{sequence({}), {}}}), "parts[0].schedule.parts: holds none; expected");
        add("all faults", sequence({{bad, 0.0}, {typo, {}}, {drop({-1}), 1.0}}),
            "parts[0].length: is 0; allowed: a number above 0 and at most 1e+09\n"
            "parts[0].schedule.period: is -5; allowed: a number above 0 and at most 1e+09\n"
            "parts[1].length: is missing; only the last part may go on to the end of the run\n"
            "parts[1].schedule.type: “cosin” is no schedule; allowed: ");
        add("eight in each other", nested(8), "");
        add("nine in each other", nested(9), "parts lie deeper in each other than 8 sequences");
        add("1000 parts", sequence(std::vector<SchedulePart>(1000, {constant(), 1.0})), "");
        add("1001 parts", sequence(std::vector<SchedulePart>(1001, {constant(), 1.0})),
            "parts: are over 1000 in all\n");
        add("2 + 999 parts",
            sequence({{constant(), 1.0}, {sequence(std::vector<SchedulePart>(999, {constant(), 1.0})), {}}}),
            "parts[1].schedule.parts: are over 1000 in all\n");
        add("parts of a family without", {"constant", TimeUnit::Step, constant().values}, "");
        add("halving in a part", sequence({{scheduleSpec("halving", {{"lr", 0.1}}), {}}}),
            "parts[0].schedule.type: is halving, which goes back");
        add("batch growth", growing(drop({5}), 100), "");
        add("batch growth in a part", sequence({{growing(drop({5})), {}}}),
            "parts[0].schedule.batch_growth: has no place in a part of a sequence\n");
        add("batch growth of a sequence", growing(sequence({{constant(), {}}})),
            "batch_growth: needs a schedule whose rate falls; sequence is none\n");
        ScheduleSpec most = drop({5});
        most.maxBatch = 10;
        add("largest batch alone", most, "max_batch: means nothing without batch_growth\n");
        add("milestones", drop({0, 5, 1e9}), "");
        add("milestone below 0", drop({5, -1, -2}), "milestones[1]: is -1; allowed: a number from 0 to 1e+09\n");
        add("milestone that is no number", drop({nan}), "milestones[0]: is nan; allowed: a number from 0 to 1e+09\n");
        add("10000 milestones", drop(std::vector<double>(10'000, 1)), "");
        add("10001 milestones", drop(std::vector<double>(10'001, 1)),
            "milestones: holds 10001 times; allowed: 10000\n");
        add("trapezium too short",
            scheduleSpec("warmup_stable_decay", {{"lr", 1}, {"warmup", 6}, {"decay", 5}, {"length", 10}}),
            "length: is 10, shorter than warmup and decay together (11)\n");
        add("trapezium", scheduleSpec("warmup_stable_decay", {{"lr", 1}, {"warmup", 5}, {"decay", 5}, {"length", 10}}),
            "");
        add("rise", scheduleSpec("one_cycle", {{"max_lr", 1}, {"rise", 1.1}}),
            "rise: is 1.1; allowed: a number from 0 to 1\n");
        add("patience", scheduleSpec("plateau", {{"lr", 1}, {"patience", 2.5}}),
            "patience: is 2.5; allowed: a whole number from 0 to 1e+09\n");
        add("halving without patience", scheduleSpec("halving", {{"lr", 1}, {"patience", 0}}),
            "patience: is 0; allowed: a whole number from 1");
        ScheduleSpec list = constant();
        list.values.set("milestones", 3);
        add("a list as a number", list, "milestones: the schedule constant has no parameter of this name\n");
        ScheduleSpec number = drop({5});
        number.values.set("milestones", 3);
        add("a list's name among numbers", number,
            "milestones: the schedule multistep has no parameter of this name\n");
        for (int i = 0; i < int(m_rows.size()); ++i) QTest::newRow(m_rows[std::size_t(i)].name) << i;
    }
    void places() {
        QFETCH(const int, index);
        const Row& row = m_rows[std::size_t(index)];
        const std::string text = problemText(validateSchedule(row.spec));
        if (row.says.empty())
            QCOMPARE(text, std::string());
        else if (row.says.starts_with("parts lie"))
            QVERIFY2(contains(text, ".parts: lie deeper in each other than 8 sequences\n"), text.c_str());
        else
            QVERIFY2(row.says.ends_with('\n') && row.name != std::string("all faults") ? text == row.says
                                                                                       : text.starts_with(row.says),
                     text.c_str());
    }

private:
    struct Row {
        const char* name;
        ScheduleSpec spec;
        std::string says;
    };
    void add(const char* name, ScheduleSpec spec, const char* says) { m_rows.push_back({name, std::move(spec), says}); }

    std::vector<Row> m_rows;
};

QTEST_APPLESS_MAIN(TestScheduleProblems)
#include "tst_schedule_problems.moc"
