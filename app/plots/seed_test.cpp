// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/seed_test.h"

#include "app/plots/test_shapes.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ratescope {

namespace {

/// Of tests with more rates only some are looked at: no frame has more columns.
constexpr std::size_t mostRates = 4096;

ValueSpread spreadOf(std::vector<double>& values, SeedDrawing drawing) {
    return drawing == SeedDrawing::Mean ? meanSpread(values) : medianSpread(values);
}

std::vector<double> everyNth(const std::vector<double>& values, std::size_t stride) {
    std::vector<double> some;
    some.reserve(values.size() / stride + 1);
    for (std::size_t i = 0; i < values.size(); i += stride) some.push_back(values[i]);
    return some;
}

} // namespace

void SeedTest::setMembers(Members members, const CurveLook& look) {
    m_members = std::move(members);
    m_look = look;
}

void SeedTest::update(SeedDrawing drawing) {
    std::vector<Seen> seen;
    seen.reserve(m_members.size());
    for (const auto& member : m_members)
        seen.push_back({member->run().id, member->count(), member->validated(), member->generation(), member->run().state});
    if (seen == m_seen && drawing == m_drawing) return;
    m_seen = std::move(seen);
    m_drawing = drawing;
    ++m_generation;
    collect(drawing);
}

void SeedTest::collect(SeedDrawing drawing) {
    std::size_t longest = 1;
    for (const auto& member : m_members) longest = std::max(longest, member->range().rates.size());
    const std::size_t stride = (longest + mostRates - 1) / mostRates;
    std::vector<RangeCurve> thinned;
    thinned.reserve(m_members.size());
    std::vector<SeedCurve> curves;
    std::vector<RangeAnswers> answers;
    m_diverged = 0;
    for (const auto& member : m_members) {
        const RangeCurve* curve = &member->range();
        if (stride > 1) {
            thinned.push_back({everyNth(curve->rates, stride), everyNth(curve->losses, stride),
                               everyNth(curve->smoothed, stride), everyNth(curve->slopes, stride)});
            curve = &thinned.back();
        }
        const auto diverged = divergedFrom(member->run());
        m_diverged += diverged.has_value();
        curves.push_back({curve, diverged ? std::optional((*diverged + stride - 1) / stride) : std::nullopt});
        if (member->isAnswered()) answers.push_back(member->answers());
    }
    m_range = overSeeds(curves);
    if (drawing == SeedDrawing::Mean) takeMeans(stride);
    takeValidation(drawing, stride);
    m_rules = answers.empty() ? std::vector<RuleSpread>() : ruleSpreads(answers);
}

void SeedTest::takeMeans(std::size_t stride) {
    std::vector<double> values;
    const auto means = [&](std::vector<ValueSpread>& out, const std::vector<double> RangeCurve::*which) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            values.clear();
            for (const auto& member : m_members)
                if (const auto& all = member->range().*which; i * stride < all.size() && std::isfinite(all[i * stride]))
                    values.push_back(all[i * stride]);
            if (!values.empty()) out[i] = meanSpread(values);
        }
    };
    means(m_range.smoothed, &RangeCurve::smoothed);
    means(m_range.slopes, &RangeCurve::slopes);
}

void SeedTest::takeValidation(SeedDrawing drawing, std::size_t stride) {
    m_validation.clear();
    m_accuracy.clear();
    std::vector<double> losses;
    std::vector<double> accuracies;
    for (std::size_t i = 0;; i += stride) {
        losses.clear();
        accuracies.clear();
        for (const auto& member : m_members) {
            if (i >= member->validated()) continue;
            losses.push_back(member->run().validations[i].loss);
            accuracies.push_back(scoreValue(member->run().validations[i], Quantity::Accuracy));
        }
        if (losses.empty()) return;
        m_validation.push_back(spreadOf(losses, drawing));
        m_accuracy.push_back(spreadOf(accuracies, drawing));
    }
}

std::optional<std::size_t> SeedTest::indexAt(double rate) const {
    const std::vector<double>& rates = m_range.rates;
    if (rates.empty() || !(rate > 0.0)) return std::nullopt;
    const bool falling = rates.front() > rates.back();
    const auto [low, high] = falling ? std::pair(rates.back(), rates.front()) : std::pair(rates.front(), rates.back());
    // Half the way to where the next one would be.
    const double reach = rates.size() > 1 ? std::pow(high / low, 0.5 / static_cast<double>(rates.size() - 1)) : 1.0 + 1e-9;
    if (rate < low / reach || rate > high * reach) return std::nullopt;
    const auto distance = [&](std::size_t i) { return std::abs(std::log(rates[i] / rate)); };
    const auto next = falling ? std::ranges::lower_bound(rates, rate, std::ranges::greater())
                              : std::ranges::lower_bound(rates, rate);
    const auto after = static_cast<std::size_t>(std::min(next, rates.end() - 1) - rates.begin());
    return after > 0 && distance(after - 1) < distance(after) ? after - 1 : after;
}

std::optional<double> SeedTest::lossAt(double rate) const {
    const auto near = indexAt(rate);
    if (!near || *near >= m_range.smoothed.size()) return std::nullopt;
    const std::vector<double>& rates = m_range.rates;
    const bool beyond = (rate > rates[*near]) == (rates.front() < rates.back());
    const std::size_t other = beyond ? std::min(*near + 1, m_range.smoothed.size() - 1) : *near > 0 ? *near - 1 : 0;
    if (other == *near || rates[other] == rates[*near]) return m_range.smoothed[*near].middle;
    const double share = std::clamp(std::log(rate / rates[*near]) / std::log(rates[other] / rates[*near]), 0.0, 1.0);
    return std::lerp(m_range.smoothed[*near].middle, m_range.smoothed[other].middle, share);
}

bool SeedTest::placeLoss(const PlotFrame& frame) {
    const Placed now{frame, m_generation, TestLower::Slope};
    if (now == m_lossPlaced) return false;
    m_lossPlaced = now;
    const std::span rates(m_range.rates);
    const auto first = [&](std::size_t count) { return rates.first(std::min(count, rates.size())); };
    m_loss.place(frame, first(m_range.smoothed.size()), [this](std::size_t i) { return m_range.smoothed[i]; });
    m_validationLine.place(frame, first(m_validation.size()), [this](std::size_t i) { return m_validation[i]; });
    placeDivergence(frame);
    return true;
}

bool SeedTest::placeLower(const PlotFrame& frame, TestLower which) {
    const Placed now{frame, m_generation, which};
    if (now == m_lowerPlaced) return false;
    m_lowerPlaced = now;
    const std::vector<ValueSpread>& values = lower(which);
    m_lower.place(frame, std::span(m_range.rates).first(std::min(values.size(), m_range.rates.size())),
                  [&](std::size_t i) { return values[i]; });
    return true;
}

/// In steps: a seed has diverged at one rate, and not a little before it.
void SeedTest::placeDivergence(const PlotFrame& frame) {
    m_divergence.clear();
    if (m_diverged == 0) return;
    const double most = divergenceHeight * frame.size.height();
    const auto& rates = m_range.rates;
    const bool falling = rates.size() > 1 && rates.front() > rates.back();
    float height = 0.0F;
    for (std::size_t k = 0; k < std::min(rates.size(), m_range.diverged.size()); ++k) {
        const std::size_t i = falling ? rates.size() - 1 - k : k;
        const auto x = static_cast<float>(frame.x.toPixel(rates[i]));
        const auto next = static_cast<float>(most * m_range.diverged[i]);
        if (!m_divergence.empty() && x < m_divergence.back().x + 0.02F) continue;
        if (next != height && !m_divergence.empty()) m_divergence.push_back({x - 0.01F, 0.0F, height});
        if (next > 0.0F || !m_divergence.empty()) m_divergence.push_back({x, 0.0F, next});
        height = next;
    }
}

RibbonStyle SeedTest::bandStyle() const {
    RibbonStyle style{m_look.color, 0.0F, 0};
    style.color.setAlpha(std::max(m_look.bandAlpha, 45));
    return style;
}

void SeedTest::addDivergence(std::vector<Ribbon>& out) const {
    RibbonStyle style{m_look.color, 0.0F, 0};
    style.color.setAlpha(70);
    if (!m_divergence.empty()) out.push_back({m_divergence, style});
}

void SeedTest::addLossBand(std::vector<Ribbon>& out) const { out.push_back({m_loss.band, bandStyle()}); }

void SeedTest::addLossLine(double ratio, std::vector<Ribbon>& out) const {
    CurveLook look = m_look;
    look.lineWidth *= ratio;
    if (!m_validationLine.line.empty())
        out.push_back({m_validationLine.line, RunShapes::lineStyle(TestShapes::validationLook(look))});
    out.push_back({m_loss.line, RunShapes::lineStyle(look)});
}

void SeedTest::addLowerBand(std::vector<Ribbon>& out) const { out.push_back({m_lower.band, bandStyle()}); }

void SeedTest::addLowerLine(double ratio, std::vector<Ribbon>& out) const {
    CurveLook look = m_look;
    look.lineWidth *= ratio;
    out.push_back({m_lower.line, RunShapes::lineStyle(look)});
}

} // namespace ratescope
