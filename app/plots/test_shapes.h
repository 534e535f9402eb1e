// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/rate_line.h"
#include "app/plots/run_shapes.h"

namespace ratescope {

/// A range test's curves on the frames of one figure: its loss, raw and smoothed, the slope of that, and what validation
/// says.
class TestShapes {
public:
    explicit TestShapes(const RunCurves& curves)
        : m_curves(curves) {}

    /// Each returns the x from which on the curve looks different.
    float updateLoss(const PlotFrame& frame);
    float updateLower(const PlotFrame& frame, TestLower lower);

    /// The ribbons that were brought up to date last; they refer to this object.
    void addRaw(const CurveLook& look, std::vector<Ribbon>& out) const;
    void addValidation(const CurveLook& look, std::vector<Ribbon>& out) const;
    void addLoss(const CurveLook& look, std::vector<Ribbon>& out) const;
    void addLower(const CurveLook& look, std::vector<Ribbon>& out) const;

    /// How validation's losses are drawn beside a curve of that look: thinner, and dashed in another way.
    static CurveLook validationLook(CurveLook look);

private:
    /// What lines that are not brought on but made anew were made of.
    struct Made {
        PlotFrame frame;
        std::size_t count = 0;
        std::uint64_t generation = 0;
        bool operator==(const Made&) const = default;
    };
    bool isStale(Made& made, const PlotFrame& frame, std::size_t count) const;
    float updateSlope(const PlotFrame& frame);
    float updateAccuracy(const PlotFrame& frame);
    bool isEven() const { return hasEvenRates(m_curves.run()); }

    const RunCurves& m_curves;
    ColumnCurve m_columns;       ///< the loss, where rates go up evenly
    ColumnCurve m_slopeColumns;
    RateLine m_raw;              ///< elsewhere
    RateLine m_smoothed;
    RateLine m_slope;
    RateLine m_validation;
    RateLine m_accuracy;
    Made m_lossMade;
    Made m_slopeMade;
    Made m_validationMade;
    Made m_accuracyMade;
    TestLower m_lower = TestLower::Slope;
};

} // namespace ratescope
