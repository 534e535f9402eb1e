// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/step_scale.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ratescope {

StepScale::StepScale(const RunRecord& run, StepUnit unit)
    : m_run(&run)
    , m_unit(unit)
    , m_stepsPerEpoch(run.length.stepsPerEpoch)
    , m_batch(run.config.batchSize)
    , m_grown(run.length.grown)
    , m_test(run.config.rangeTest)
    , m_points(run.stepNumbers.size()) {
    if (run.isRangeTest()) {
        m_ownRates = !hasEvenRates(run) && !(run.isImported() && run.rates.size() < 2);
        return;
    }
    if (unit == StepUnit::Samples) {
        const auto whole = static_cast<double>(run.length.stepsPerEpoch) * run.config.batchSize;
        m_samplesPerEpoch = run.length.epochSamples > 0 ? run.length.epochSamples : whole;
    }
    if (unit == StepUnit::Seconds) makeAnchors();
}

void StepScale::makeAnchors() {
    m_anchors.push_back({0.0, 0.0});
    const auto add = [this](double step, double seconds) {
        if (step > m_anchors.back().step && seconds > m_anchors.back().seconds) m_anchors.push_back({step, seconds});
    };
    for (const EpochMetrics& epoch : m_run->epochs) add(static_cast<double>(epoch.step), epoch.seconds);
    const bool over = isOver(m_run->state) && m_run->result.trainSeconds > 0.0;
    add(static_cast<double>(m_points > 0 ? m_run->length.steps : m_run->stepCount()), over ? m_run->result.trainSeconds : m_run->trainSeconds);
    if (m_anchors.size() == 1) m_anchors.push_back({1.0, 1e-3}); // nothing is known yet
}

bool StepScale::operator==(const StepScale& other) const {
    return m_run == other.m_run && m_unit == other.m_unit && m_stepsPerEpoch == other.m_stepsPerEpoch &&
           m_points == other.m_points && m_batch == other.m_batch && m_grown == other.m_grown && m_test == other.m_test &&
           m_samplesPerEpoch == other.m_samplesPerEpoch && m_anchors == other.m_anchors;
}

/// Between two rates of the test and beyond its ends evenly on a logarithmic axis.
double StepScale::rateOf(double step) const {
    const std::vector<double>& rates = m_run->rates;
    if (rates.size() < 2) return (rates.empty() ? m_test->to : rates.front()) * std::pow(0.5, step);
    const double last = static_cast<double>(rates.size() - 2);
    const auto i = static_cast<std::size_t>(std::clamp(std::floor(step), 0.0, last));
    return rates[i] * std::pow(rates[i + 1] / rates[i], step - static_cast<double>(i));
}

double StepScale::stepOfRate(double rate) const {
    const std::vector<double>& rates = m_run->rates;
    if (rates.size() < 2) return std::log2((rates.empty() ? m_test->to : rates.front()) / std::max(rate, 1e-300));
    const bool falling = rates.front() > rates.back();
    const auto next = falling ? std::ranges::upper_bound(rates, rate, std::ranges::greater())
                              : std::ranges::upper_bound(rates, rate);
    const auto i = static_cast<std::size_t>(std::clamp(next, rates.begin() + 1, rates.end() - 1) - rates.begin() - 1);
    return static_cast<double>(i) + std::log(std::max(rate, 1e-300) / rates[i]) / std::log(rates[i + 1] / rates[i]);
}

/// Between two points of a log evenly, and beyond its ends as between the two next to them.
double StepScale::numberOf(double point) const {
    const std::vector<std::uint64_t>& numbers = m_run->stepNumbers;
    const auto first = static_cast<double>(numbers.front());
    if (m_points < 2) return first + point;
    const auto i = static_cast<std::size_t>(std::clamp(std::floor(point), 0.0, static_cast<double>(m_points - 2)));
    const auto from = static_cast<double>(numbers[i]);
    return from + (point - static_cast<double>(i)) * (static_cast<double>(numbers[i + 1]) - from);
}

double StepScale::pointOf(double number) const {
    const std::vector<std::uint64_t>& numbers = m_run->stepNumbers;
    if (m_points < 2) return number - static_cast<double>(numbers.front());
    const auto next = std::ranges::upper_bound(numbers, number, {}, [](std::uint64_t one) { return static_cast<double>(one); });
    const auto i = std::clamp(next, numbers.begin() + 1, numbers.end() - 1) - numbers.begin() - 1;
    const auto from = static_cast<double>(numbers[static_cast<std::size_t>(i)]);
    const auto to = static_cast<double>(numbers[static_cast<std::size_t>(i) + 1]);
    return static_cast<double>(i) + (number - from) / (to - from);
}

double StepScale::keyOf(double point) const { return keyOfUpdates(m_points > 0 ? numberOf(point) : point); }

double StepScale::stepOf(double key) const { return m_points > 0 ? pointOf(updatesOf(key)) : updatesOf(key); }

double StepScale::keyOfUpdates(double step) const {
    if (m_ownRates) return rateOf(step);
    if (const auto& test = m_run->config.rangeTest) {
        const double share = step / static_cast<double>(test->steps - 1);
        return test->exponential ? test->from * std::pow(test->to / test->from, share)
                                 : test->from + (test->to - test->from) * share;
    }
    switch (m_unit) {
    case StepUnit::Step: return step;
    case StepUnit::Epoch: return epochsOf(step);
    case StepUnit::Samples: {
        if (m_run->length.grown) return epochsOf(step) * m_samplesPerEpoch;
        const auto perEpoch = static_cast<double>(m_run->length.stepsPerEpoch);
        const double epoch = std::floor(step / perEpoch);
        return epoch * m_samplesPerEpoch + std::min((step - epoch * perEpoch) * m_run->config.batchSize, m_samplesPerEpoch);
    }
    case StepUnit::Seconds: {
        const auto next = std::ranges::upper_bound(m_anchors, step, {}, &Anchor::step);
        const auto b = std::clamp(next, m_anchors.begin() + 1, m_anchors.end() - 1);
        const auto a = b - 1;
        return a->seconds + (step - a->step) / (b->step - a->step) * (b->seconds - a->seconds);
    }
    }
    return step;
}

double StepScale::updatesOf(double key) const {
    if (m_ownRates) return stepOfRate(key);
    if (const auto& test = m_run->config.rangeTest) {
        const double share = test->exponential
                                 ? std::log(std::max(key, 1e-300) / test->from) / std::log(test->to / test->from)
                                 : (key - test->from) / (test->to - test->from);
        return share * static_cast<double>(test->steps - 1);
    }
    switch (m_unit) {
    case StepUnit::Step: return key;
    case StepUnit::Epoch: return stepOfEpochs(key);
    case StepUnit::Samples: {
        if (m_run->length.grown) return stepOfEpochs(key / m_samplesPerEpoch);
        const auto perEpoch = static_cast<double>(m_run->length.stepsPerEpoch);
        const double epoch = std::floor(key / m_samplesPerEpoch);
        return epoch * perEpoch + std::min((key - epoch * m_samplesPerEpoch) / m_run->config.batchSize, perEpoch);
    }
    case StepUnit::Seconds: {
        const auto next = std::ranges::upper_bound(m_anchors, key, {}, &Anchor::seconds);
        const auto b = std::clamp(next, m_anchors.begin() + 1, m_anchors.end() - 1);
        const auto a = b - 1;
        return a->step + (key - a->seconds) / (b->seconds - a->seconds) * (b->step - a->step);
    }
    }
    return key;
}

bool hasEvenRates(const RunRecord& test) {
    return test.isRangeTest() && !test.isImported() && test.config.rangeTest->kind != RangeTestKind::Halving;
}

std::pair<std::size_t, std::size_t> StepScale::stepsWithin(const std::optional<AxisRange>& range, std::size_t count) const {
    if (!range) return {0, count};
    constexpr double edge = 1e-9; // a range may end on a step
    const auto most = static_cast<double>(count);
    const auto within = [&](double step, double least) { return std::isnan(step) ? least : std::clamp(step, least, most); };
    auto [from, to] = std::pair(stepOf(range->first), stepOf(range->second));
    if (m_ownRates && from > to) std::swap(from, to); // of rates that fall
    const double first = within(std::ceil(from - edge), 0.0);
    const double last = within(std::floor(to + edge) + 1.0, first);
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

double StepScale::epochsOf(double step) const {
    const RunLength& length = m_run->length;
    if (!length.grown) return step / static_cast<double>(length.stepsPerEpoch);
    const double whole = std::floor(std::max(step, 0.0));
    const auto before = static_cast<std::uint64_t>(whole);
    return std::lerp(length.epochsOf(before), length.epochsOf(before + 1), step - whole);
}

double StepScale::stepOfEpochs(double epochs) const {
    const RunLength& length = m_run->length;
    if (!length.grown) return epochs * static_cast<double>(length.stepsPerEpoch);
    if (epochs <= 0.0) return epochs;
    std::uint64_t low = 0;
    std::uint64_t high = length.steps;
    if (length.epochsOf(high) <= epochs) return static_cast<double>(high) + (epochs - length.epochsOf(high));
    while (low + 1 < high) {
        const std::uint64_t middle = (low + high) / 2;
        (length.epochsOf(middle) <= epochs ? low : high) = middle;
    }
    const double from = length.epochsOf(low);
    const double to = length.epochsOf(high);
    return static_cast<double>(low) + (to > from ? (epochs - from) / (to - from) : 0.0);
}

} // namespace ratescope
