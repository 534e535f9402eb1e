// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedule.h"

#include "core/schedule/rate_node.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

/// The rates of a range test.
class SweepNode final : public RateNode {
public:
    SweepNode(double from, double to, std::uint64_t steps, bool exponential)
        : m_from(from)
        , m_to(to)
        , m_last(steps > 1 ? static_cast<double>(steps - 1) : 1.0)
        , m_exponential(exponential) {}
    double at(const LocalTime& time, const RateFeedback&) const override {
        const double x = time.step / m_last;
        return m_exponential ? m_from * std::pow(m_to / m_from, x) : m_from + (m_to - m_from) * x;
    }

private:
    double m_from;
    double m_to;
    double m_last;
    bool m_exponential;
};

} // namespace

Schedule::Schedule(const ScheduleSpec& spec, const RunLength& length, std::optional<std::uint64_t> openLength)
    : m_length(length)
    , m_needsFeedback(containsFamily(spec, FamilyKind::Plateau) || containsFamily(spec, FamilyKind::Halving)) {
    std::size_t plateaus = 0;
    const LocalTime open = lengthOfSteps(static_cast<double>(openLength.value_or(length.steps)), length);
    m_node = makeRateNode(spec, {length, {{}, open}, &plateaus});
    if (const ScheduleFamily* family = findScheduleFamily(spec.type); family->kind == FamilyKind::Halving)
        m_halvingPatience = static_cast<std::uint64_t>(valueOf(family->parameters, spec.values, "patience"));
}

void Schedule::growBatch(std::uint32_t batch, std::uint32_t maximum) {
    m_growth = Growth{static_cast<double>(batch), static_cast<double>(maximum), m_node->at({}, {})};
}

Schedule Schedule::sweep(double from, double to, std::uint64_t steps, bool exponential) {
    Schedule schedule;
    schedule.m_node = std::make_shared<SweepNode>(from, to, steps, exponential);
    return schedule;
}

double Schedule::at(const ScheduleTime& time, const RateFeedback& feedback) const {
    const double rate = m_node->at(localTime(time), feedback);
    if (!m_growth || rate >= m_growth->initialRate) return rate;
    // As long as the batch can make up for it the rate stays; then the ratio of the two goes on falling.
    return std::min(m_growth->initialRate, rate * m_growth->maximum / m_growth->batch);
}

void Schedule::epochDone(std::uint64_t lastStep, const EpochFigures& figures, RateFeedback& feedback) const {
    m_node->epochDone(localTime(m_length.timeOf(lastStep)), figures, feedback);
}

std::uint32_t Schedule::batchAt(const ScheduleTime& time) const {
    const double rate = m_node->at(localTime(time), {});
    if (rate >= m_growth->initialRate) return static_cast<std::uint32_t>(m_growth->batch);
    const double wanted = rate > 0.0 ? m_growth->batch * m_growth->initialRate / rate : m_growth->maximum;
    return static_cast<std::uint32_t>(std::llround(std::min(wanted, m_growth->maximum)));
}

std::uint64_t Schedule::cyclesWithin(std::uint64_t steps) const { return m_node->cycle(localTime(m_length.timeOf(steps))); }

std::vector<ScheduleWarning> warningsOf(const Schedule& schedule, std::uint64_t steps) {
    using Kind = ScheduleWarning::Kind;
    constexpr std::uint64_t most = 20'000;
    constexpr double highest = 1e6;
    std::vector<ScheduleWarning> warnings;
    const auto warn = [&](Kind kind, std::uint64_t step, double rate, const std::string& what) {
        if (std::ranges::none_of(warnings, [&](const ScheduleWarning& one) { return one.kind == kind; }))
            warnings.push_back(
                {kind, step, rate, "is " + shortest(rate) + " at step " + std::to_string(step) + ": " + what});
    };
    const std::uint64_t count = std::min(steps, most);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto step = count < steps
                              ? static_cast<std::uint64_t>(static_cast<double>(i) * static_cast<double>(steps - 1) /
                                                           static_cast<double>(count - 1))
                              : i;
        const double rate = schedule.at(step);
        if (!std::isfinite(rate))
            warn(Kind::NotFinite, step, rate, "no number; the run diverges there");
        else if (rate < 0.0)
            warn(Kind::Negative, step, rate, "below 0 the loss is climbed, not descended");
        else if (rate > highest)
            warn(Kind::TooHigh, step, rate, "over 1e6 nothing can be learned");
        // Once alone is where a warm-up begins or a triangle ends.
        else if (rate == 0.0 && step + 1 < steps && schedule.at(step + 1) == 0.0)
            warn(Kind::Zero, step, rate, "while the rate is 0 nothing is learned");
    }
    return warnings;
}

} // namespace ratescope
