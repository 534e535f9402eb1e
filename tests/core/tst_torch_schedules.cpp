// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules beside what PyTorch's schedulers gave; the rows are torch_schedules.py's.
#include "approx.h"
#include "problems.h"
#include "torch_cycle_rates.h"
#include "torch_decay_rates.h"
#include "torch_plateau_rates.h"
#include "torch_sequence_rates.h"

#include <QTest>

using namespace ratescope;

class TestTorchSchedules : public QObject {
    Q_OBJECT

private slots:
    void decays_data() { rows(torchDecays()); }
    void decays() { check(torchDecays()); }
    void cycles_data() { rows(torchCycles()); }
    void cycles() { check(torchCycles()); }
    void sequences_data() { rows(torchSequences()); }
    void sequences() { check(torchSequences()); }

    void plateaus_data() { rows(torchPlateaus()); }
    void plateaus() {
        QFETCH(const int, index);
        const PlateauReference& reference = torchPlateaus()[std::size_t(index)];
        const ScheduleSpec spec = referenceSpec("plateau", TimeUnit::Step, reference.values);
        QCOMPARE(problemText(validateSchedule(spec)), std::string());
        constexpr std::uint64_t perEpoch = 5;
        const Schedule schedule(spec, RunLength{reference.figures.size() * perEpoch, perEpoch});
        QVERIFY(schedule.needsFeedback());
        const bool accuracy = spec.values.get("monitor", 0.0) == 1.0;
        RateFeedback feedback;
        for (std::size_t epoch = 0; epoch < reference.figures.size(); ++epoch) {
            const double figure = reference.figures[epoch];
            // The figures that are not watched must not matter.
            const EpochFigures figures = accuracy ? EpochFigures{1.0, 1.0, figure} : EpochFigures{1.0, figure, 1.0};
            const std::uint64_t last = (epoch + 1) * perEpoch - 1;
            schedule.epochDone(last, figures, feedback);
            VERIFY_NEAR(schedule.at(schedule.length().timeOf(last + 1), feedback), reference.rates[epoch], 1e-12);
        }
    }

private:
    template <typename Reference> static void rows(const std::vector<Reference>& references) {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(references.size()); ++i) QTest::newRow(references[std::size_t(i)].name) << i;
    }

    static void check(const std::vector<ScheduleReference>& references) {
        QFETCH(const int, index);
        const ScheduleReference& reference = references[std::size_t(index)];
        QCOMPARE(problemText(validateSchedule(reference.spec)), std::string());
        const Schedule schedule(reference.spec, RunLength{1'000'000, reference.stepsPerEpoch});
        for (const auto& [step, rate] : reference.rates) {
            const double found = schedule.at(step);
            // PyTorch's triangles miss 0 by a rounding error.
            QVERIFY2(relativeDifference(found, rate) <= 1e-9 || std::abs(found - rate) < 1e-16,
                     ("step " + std::to_string(step) + ": " + differ(found, rate)).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestTorchSchedules)
#include "tst_torch_schedules.moc"
