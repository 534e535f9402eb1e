// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/run_curves.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace ratescope {

namespace {

double testSmoothing(const RunRecord& run) { return run.config.rangeTest.value_or(RangeTestSpec{}).smoothing; }

} // namespace

void RunCurves::Spread::add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
}

RunCurves::RunCurves(RunPointer run)
    : m_run(std::move(run))
    , m_range(testSmoothing(*m_run)) {
    restart();
}

/// The configuration of a run that has not begun has changed.
void RunCurves::restart() {
    m_range = RangeCurveBuilder(testSmoothing(*m_run)); // there is no curve to be lost
    m_rawSpread = m_smoothedSpread = m_slopeSpread = m_validationLossSpread = m_accuracySpread = {};
    m_validated = 0;
    m_answered = false;
    m_answers = {};
    m_zones.reset();
    ++m_generation;
    rebuildSchedule();
}

void RunCurves::rebuildSchedule() {
    m_scheduled = m_run->config;
    m_scheduledLength = m_run->length;
    m_followed = m_run->followed();
    m_schedule = m_followed == m_run->config.schedule ? scheduleOf(m_run->config, m_run->length)
                                                      : Schedule(m_followed, m_run->length);
    m_feedback = {};
    m_feedbackEpochs = 0;
    takeFeedback();
    ++m_scheduleGeneration;
    m_scheduleExtent = {};
    constexpr std::uint64_t samples = 512;
    const std::uint64_t done = m_run->stepCount();
    if (done >= m_run->length.steps) return;
    const std::uint64_t ahead = m_run->length.steps - done;
    const std::uint64_t count = std::min(samples, ahead);
    for (std::uint64_t i = 0; i < count; ++i)
        m_scheduleExtent.add(rateAhead(done + (count < 2 ? 0 : i * (ahead - 1) / (count - 1))));
}

/// What the data have made of the schedule so far, told from what the run has recorded. Returns whether it is something
/// else.
bool RunCurves::takeFeedback() {
    if (!m_schedule->needsFeedback()) return false;
    const RateFeedback before = m_feedback;
    if (m_schedule->halvingPatience()) {
        m_feedback.halvings =
            static_cast<unsigned>(std::ranges::count(m_run->changes, RateCause::Halving, &RateChange::cause));
        return m_feedback != before;
    }
    // A schedule that was changed to has heard of the epochs from then on.
    std::uint64_t since = 0;
    for (const RateChange& change : m_run->changes)
        if (change.cause == RateCause::Hand) since = change.lastStep;
    for (; m_feedbackEpochs < m_run->epochs.size(); ++m_feedbackEpochs) {
        const EpochMetrics& epoch = m_run->epochs[m_feedbackEpochs];
        if (epoch.step <= since || epoch.step == 0) continue;
        EpochFigures figures{.trainLoss = epoch.train.loss};
        if (epoch.validation) figures = {epoch.train.loss, epoch.validation->loss, 1.0 - epoch.validation->error};
        m_schedule->epochDone(epoch.step - 1, figures, m_feedback);
    }
    return m_feedback != before;
}

void RunCurves::takeConfiguration() {
    if (takeFeedback()) ++m_scheduleGeneration;
    if (m_scheduled == m_run->config && m_scheduledLength == m_run->length && m_followed == m_run->followed()) return;
    const bool begun = m_run->state != RunState::Ready;
    const bool followsOther = m_followed != m_run->followed();
    if (!begun) restart();
    else if (followsOther || !(m_scheduledLength == m_run->length)) rebuildSchedule();
    m_scheduled = m_run->config; // of one that has begun: its name or colour
    m_scheduledLength = m_run->length;
}

bool RunCurves::update(double smoothing, WorkBudget& budget) {
    takeConfiguration();
    if (m_run->isRangeTest()) smoothing = testSmoothing(*m_run);
    const std::span<const float> losses(m_run->losses);
    const std::uint64_t expected = m_run->isLog() ? m_run->stepCount() : m_run->length.steps;
    const bool complete = m_losses.update(losses, smoothing, budget, static_cast<std::size_t>(expected));
    // Losses and rates go together.
    const std::size_t size = m_losses.size();
    if (const std::span<const double> rates(m_run->rates); m_rates.size() < size) m_rates.extend(rates.first(std::min(size, rates.size())));
    if (!m_run->isRangeTest()) return complete;
    extendRange();
    if (isOver(m_run->state) && !m_answered && size == losses.size()) m_answered = takeVerdict(budget);
    return complete && (m_answered || !isOver(m_run->state) || size < losses.size());
}

/// Rules look at every point: of a long test not where somebody waits for a frame. Returns whether they are through.
bool RunCurves::takeVerdict(const WorkBudget& budget) {
    constexpr std::size_t quick = 5'000; // points
    const auto judge = [this] { return Verdict{answersOf(*m_run, range()), zonesOf(*m_run, range())}; };
    if (range().rates.size() > quick && !budget.isUnlimited()) {
        if (!m_verdict.valid()) m_verdict = std::async(std::launch::async, judge); // what is over changes no more
        if (m_verdict.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
    }
    Verdict verdict = m_verdict.valid() ? m_verdict.get() : judge();
    m_answers = std::move(verdict.answers);
    m_zones = verdict.zones;
    return true;
}

ValueExtent RunCurves::rateExtent() const {
    ValueExtent extent;
    if (!isOver(m_run->state)) extent = m_scheduleExtent;
    if (m_rates.size() == 0) return extent;
    const auto summary = m_rates.summarize(m_run->rates, 0, m_rates.size());
    extent.add(summary.low);
    extent.add(summary.high);
    return extent;
}

void RunCurves::extendRange() {
    for (std::size_t i = range().rates.size(); i < m_losses.size(); ++i) {
        m_range.add(m_run->rates[i], m_run->losses[i]);
        m_rawSpread.add(range().losses.back());
        m_smoothedSpread.add(range().smoothed.back());
        if (i > 0) m_slopeSpread.add(range().slopes[i - 1]);
    }
    const std::size_t validated = std::min(m_run->validations.size(), range().rates.size());
    for (; m_validated < validated; ++m_validated) {
        const Score& score = m_run->validations[m_validated];
        m_validationLossSpread.add(score.loss);
        m_accuracySpread.add(100.0 * (1.0 - score.error));
    }
}

} // namespace ratescope
