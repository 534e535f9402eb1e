// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of every run that a reader lets in, and that a study gives back what it was given.
#pragma once

#include "app/study/range_answers.h"
#include "app/study/study_file.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cmath>

namespace fuzz {

inline bool isFinite(double value) { return std::isfinite(value); }

inline void expectSteps(const ratescope::RunRecord& run) {
    const std::size_t count = run.losses.size();
    expect(run.length.steps >= 1 && run.length.stepsPerEpoch >= 1 && run.length.steps <= ratescope::maximumSteps,
           "a length is out of range");
    expect(run.rates.size() == count || (run.isLog() && run.rates.empty()), "rates and losses do not match");
    expect(run.stepNumbers.size() == (run.isLog() ? count : 0), "step numbers and losses do not match");
    expect(std::ranges::adjacent_find(run.stepNumbers, std::greater_equal{}) == run.stepNumbers.end(),
           "step numbers do not ascend");
    expect(count == 0 || run.stepNumber(count - 1) < run.length.steps, "a step is beyond the run's length");
    expect(std::ranges::all_of(run.losses, [](float loss) { return std::isfinite(loss); }), "a loss is not finite");
    expect(std::ranges::all_of(run.rates, isFinite), "a rate is not finite");
    expect(run.validations.size() <= count, "there are more validations than steps");
    expect(run.changes.empty() || run.changes.back().lastStep <= run.length.steps, "a change is beyond the run's length");
}

inline void expectEpochs(const ratescope::RunRecord& run) {
    for (const ratescope::EpochMetrics& epoch : run.epochs) {
        const bool known = isFinite(epoch.rate) && isFinite(epoch.train.loss) && isFinite(epoch.train.error) &&
                           isFinite(epoch.seconds) &&
                           (!epoch.validation || (isFinite(epoch.validation->loss) && isFinite(epoch.validation->error)));
        expect(known || run.isLog(), "an epoch has a value that is not finite");
        expect(epoch.step <= run.length.steps, "an epoch ends beyond the run's length");
    }
}

/// All that is shown and computed of a run as soon as it is there.
inline void expectRecord(const ratescope::RunRecord& run) {
    const ratescope::Problems problems = run.config.validate();
    expect(problems.empty(), "its configuration is not valid: " + (problems.empty() ? "" : problems[0].message));
    expect(isUtf8(run.config.name), "its name is no UTF-8");
    expect(run.dash >= 0, "its dash is negative");
    expect(isFinite(run.trainSeconds), "its time is not finite");
    expectSteps(run);
    expectEpochs(run);
    run.progress();
    run.secondsLeft();
    run.samplesPerSecond();
    run.length.epochsOf(run.stepCount());
    run.pointOf(run.length.steps / 2);
    if (run.isRangeTest()) {
        ratescope::answersOf(run);
        ratescope::zonesOf(run);
    } else if (!run.isImported()) {
        const ratescope::RunConfig config = ratescope::asTrained(run);
        const ratescope::Schedule schedule = ratescope::scheduleOf(config, run.length);
        for (const std::uint64_t step : {std::uint64_t(0), run.length.steps / 2, run.length.steps - 1}) schedule.at(step);
    }
}

inline bool equal(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

inline bool equal(const ratescope::EpochMetrics& a, const ratescope::EpochMetrics& b) {
    if (a.epoch != b.epoch || a.step != b.step || a.validation.has_value() != b.validation.has_value()) return false;
    if (a.validation && !(equal(a.validation->loss, b.validation->loss) && equal(a.validation->error, b.validation->error)))
        return false;
    return equal(a.rate, b.rate) && equal(a.train.loss, b.train.loss) && equal(a.train.error, b.train.error) &&
           equal(a.seconds, b.seconds);
}

/// A study takes the runs and gives them back the same.
inline void expectKept(const std::vector<ratescope::RunRecord>& runs, const Scratch& scratch) {
    using ratescope::StudyFile;
    static const std::filesystem::path empty = [&] {
        StudyFile(scratch / "empty.ratescope", StudyFile::Access::Write).settle();
        return scratch / "empty.ratescope";
    }();
    const std::filesystem::path path = scratch / "kept.ratescope";
    std::filesystem::copy_file(empty, path, std::filesystem::copy_options::overwrite_existing);
    std::vector<ratescope::RunRecord> found;
    const bool taken = takes(path.string(), [&] {
        StudyFile study(path, StudyFile::Access::Write);
        study.begin();
        for (const ratescope::RunRecord& run : runs) study.addWhole(run);
        found = study.readRuns();
        study.rollback();
        study.settle();
    });
    expect(taken && found.size() == runs.size(), "a study does not keep the runs");
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ratescope::RunRecord& a = runs[i];
        const ratescope::RunRecord& b = found[i];
        expect(a.config == b.config && a.length == b.length && a.state == b.state && a.origin == b.origin,
               "a study gives back another run");
        expect(a.losses == b.losses && a.rates == b.rates && a.stepNumbers == b.stepNumbers, "a study gives back other steps");
        expect(a.validations == b.validations && a.changes == b.changes, "a study gives back other figures");
        expect(std::ranges::equal(a.epochs, b.epochs, [](const auto& x, const auto& y) { return equal(x, y); }),
               "a study gives back other epochs");
    }
}

} // namespace fuzz
