// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/run_shapes.h"

namespace ratescope {

/// Runs that differ in their seed alone, drawn as one: their mean or median with its spread. At each column of the frame it
/// is taken over the runs that have come as far.
class SeedShape {
public:
    struct Member {
        RunPointer run;
        const RunShapes* shapes; ///< brought up to date on the same frame before update()
    };
    SeedShape(std::vector<Member> members, const CurveLook& look)
        : m_members(std::move(members))
        , m_look(look) {}

    void update(const PlotFrame& frame, const PlotView& view);

    const std::vector<Member>& members() const { return m_members; }
    const CurveLook& look() const { return m_look; }
    void addBand(std::vector<Ribbon>& out) const;
    void addLine(std::vector<Ribbon>& out) const;

private:
    void add(float x, std::vector<double>& values, SeedDrawing drawing, const AxisMap& y);
    void updateEpochs(const PlotFrame& frame, const PlotView& view);

    std::vector<Member> m_members;
    CurveLook m_look;
    std::vector<RibbonPoint> m_line;
    std::vector<RibbonPoint> m_band;
};

} // namespace ratescope
