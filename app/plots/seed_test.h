// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/rate_line.h"
#include "app/plots/run_curves.h"
#include "core/analysis/range_seeds.h"

#include <memory>
#include <vector>

namespace ratescope {

/// Range tests that differ in their seed alone, as one: their mean or median with its spread, how many of them have
/// diverged, and what the rules find over all of them.
class SeedTest {
public:
    using Members = std::vector<std::shared_ptr<RunCurves>>;

    /// What it is made of; they are looked at with every update().
    void setMembers(Members members, const CurveLook& look);
    const Members& members() const { return m_members; }
    const CurveLook& look() const { return m_look; }

    /// Takes in what is new.
    void update(SeedDrawing drawing);
    const SeedRange& range() const { return m_range; }
    const std::vector<ValueSpread>& validation() const { return m_validation; } ///< losses
    const std::vector<ValueSpread>& accuracy() const { return m_accuracy; }     ///< in percent
    /// What the lower frame shows of it.
    const std::vector<ValueSpread>& lower(TestLower lower) const {
        return lower == TestLower::Slope ? m_range.slopes : m_accuracy;
    }
    /// Each rule over the seeds that are over, and the bounds.
    const std::vector<RuleSpread>& rules() const { return m_rules; }
    std::size_t diverged() const { return m_diverged; } ///< seeds
    /// Goes up whenever any of that has changed.
    std::uint64_t generation() const { return m_generation; }
    /// The index of the rate that lies nearest; none beyond the rates.
    std::optional<std::size_t> indexAt(double rate) const;
    /// The line of the losses at a rate within them.
    std::optional<double> lossAt(double rate) const;

    /// Each returns whether the curve looks different.
    bool placeLoss(const PlotFrame& frame);
    bool placeLower(const PlotFrame& frame, TestLower lower);
    /// The ribbons that were placed last; they refer to this object. `ratio`: device pixels a pixel.
    void addDivergence(std::vector<Ribbon>& out) const;
    void addLossBand(std::vector<Ribbon>& out) const;
    void addLossLine(double ratio, std::vector<Ribbon>& out) const;
    void addLowerBand(std::vector<Ribbon>& out) const;
    void addLowerLine(double ratio, std::vector<Ribbon>& out) const;

    /// The height of the area of those that diverged, for all of them, as a share of the frame's.
    static constexpr double divergenceHeight = 0.15;

private:
    struct Seen {
        RunId id;
        std::size_t count;
        std::size_t validated;
        std::uint64_t generation;
        RunState state;
        bool operator==(const Seen&) const = default;
    };
    void collect(SeedDrawing drawing);
    void takeMeans(std::size_t stride);
    void takeValidation(SeedDrawing drawing, std::size_t stride);
    void placeDivergence(const PlotFrame& frame);
    RibbonStyle bandStyle() const;

    Members m_members;
    CurveLook m_look;
    std::vector<Seen> m_seen;
    SeedDrawing m_drawing = SeedDrawing::Median;
    std::uint64_t m_generation = 0;
    SeedRange m_range;
    std::vector<ValueSpread> m_validation;
    std::vector<ValueSpread> m_accuracy;
    std::vector<RuleSpread> m_rules;
    std::size_t m_diverged = 0;
    struct Placed {
        PlotFrame frame;
        std::uint64_t generation = 0;
        TestLower lower = TestLower::Slope;
        bool operator==(const Placed&) const = default;
    };
    Placed m_lossPlaced;
    Placed m_lowerPlaced;
    RateLine m_loss;
    RateLine m_validationLine;
    RateLine m_lower;
    std::vector<RibbonPoint> m_divergence;
};

} // namespace ratescope
