// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_view.h"
#include "app/plots/ribbon.h"
#include "app/plots/run_curves.h"
#include "app/plots/run_difference.h"
#include "app/plots/step_columns.h"

#include <QSize>

#include <functional>
#include <limits>
#include <vector>

namespace ratescope {

/// The inside of a plot: its size and where values lie in it, in device pixels from its top left corner.
struct PlotFrame {
    QSize size;
    AxisMap x;
    AxisMap y;
    bool operator==(const PlotFrame&) const = default;
};

/// What a column of a curve holds, in values.
struct ColumnValues {
    double low = 0.0;  ///< of all values
    double high = 0.0;
    double middle = 0.0; ///< what the line goes through: the mean of the smoothed values
    bool swings = false; ///< the curve goes up and down within the column, so that the line covers it all
};

/// One curve of a run on a frame, thinned to its pixel columns before anything draws it. While the run grows, only what is
/// new is computed.
class ColumnCurve {
public:
    /// The values of the columns between `edges`, appended to `out`.
    using Summarize = std::function<void(std::span<const std::size_t> edges, std::vector<ColumnValues>& out)>;
    static constexpr float unchanged = std::numeric_limits<float>::max();

    /// Brings the curve up to date; `generation`: another one means that nothing computed so far holds any more. Returns
    /// the x from which on it looks different.
    float update(const PlotFrame& frame, const StepScale& scale, std::size_t count, std::uint64_t generation,
                 const Summarize& summarize, std::size_t begin = 0);
    void clear();

    const StepColumns& columns() const { return m_columns; }
    const std::vector<ColumnValues>& values() const { return m_values; }
    /// The line, and the area that all values cover.
    const std::vector<RibbonPoint>& line() const { return m_line; }
    const std::vector<RibbonPoint>& area() const { return m_area; }

private:
    void place(std::size_t from, const AxisMap& y);

    StepColumns m_columns;
    std::uint64_t m_generation = 0;
    std::optional<AxisMap> m_y;
    std::vector<ColumnValues> m_values;
    std::vector<RibbonPoint> m_line;
    std::vector<RibbonPoint> m_area;
};

/// How a run looks.
struct CurveLook {
    QColor color;
    int dash = 0;
    double lineWidth = 2.0; ///< device pixels
    double hairline = 1.0;  ///< a thin line: one logical pixel
    int bandAlpha = 40;
    bool operator==(const CurveLook&) const = default;
};

/// A run's curves on the frames of one figure.
class RunShapes {
public:
    explicit RunShapes(const RunCurves& curves)
        : m_curves(curves) {}

    /// The first step to be drawn: a fork's branch begins where it leaves its parent, which is drawn up to there.
    void setBegin(std::size_t step) { m_begin = step; }
    /// What is drawn where the plot shows differences; null: nothing. Has to outlive what is drawn of it.
    void setDifference(const RunDifference* difference);

    /// Each returns the x from which on the curve looks different.
    float updateLoss(const PlotFrame& frame, const PlotView& view);
    float updateRate(const PlotFrame& frame, const PlotView& view);

    /// The ribbons that were brought up to date last; they refer to this object.
    void addLossBand(const CurveLook& look, std::vector<Ribbon>& out) const;
    void addLossLine(const CurveLook& look, std::vector<Ribbon>& out) const;
    void addRate(const CurveLook& look, std::vector<Ribbon>& out) const;

    const ColumnCurve& loss() const { return m_loss; }
    static RibbonStyle lineStyle(const CurveLook& look);

private:
    float updateEpochs(const PlotFrame& frame, const PlotView& view, const StepScale& scale);
    const SmoothedSeries& series() const;

    const RunCurves& m_curves;
    std::size_t m_begin = 0;
    const RunDifference* m_difference = nullptr;
    ColumnCurve m_loss; ///< or of the difference
    ColumnCurve m_rate;
    ColumnCurve m_ahead; ///< the schedule from the first step to the last
    std::vector<RibbonPoint> m_epochs; ///< error or accuracy
    PlotFrame m_epochFrame;
    std::size_t m_epochsPlaced = 0;
    Quantity m_quantity = Quantity::Loss;
    StepUnit m_unit = StepUnit::Step;
    bool m_bandShown = true;
    bool m_otherSeries = false; ///< than the loss's curve was made of
    bool m_dense = false; ///< the loss's columns
    bool m_hasAhead = false;
};

/// The value of `quantity` in a score.
double scoreValue(const Score& score, Quantity quantity);

} // namespace ratescope
