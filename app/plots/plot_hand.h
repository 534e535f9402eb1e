// SPDX-License-Identifier: GPL-3.0-or-later
// Private to the plot page's own sources.
#pragma once

#include "app/plots/crosshair.h"
#include "app/plots/plot_cursors.h"
#include "app/plots/plot_page.h"
#include "app/plots/rate_handles.h"
#include "app/plots/rate_marker.h"

#include <QElapsedTimer>

namespace ratescope {

struct PlotPage::Hand {
    enum class Grip { None, Pan, Box, Cursor, Legend, Handle, Marker };

    Crosshair crosshair;
    PlotCursors cursors;
    RateHandles handles;
    RateMarker marker;
    PlotView beforeHandle;                  ///< what was fitted before a handle was dragged: the axes hold still meanwhile
    PlotView heldByHandle;                  ///< the view that they are held with
    Grip grip = Grip::None;
    bool moved = false;                     ///< farther than a click shakes
    QPointF pressedAt;
    QPointF lastAt;
    std::optional<Figure::FrameView> frame; ///< that was pressed in
    int cursor = 0;                         ///< that is dragged
    QList<RunId> legendRuns;
    PlotView before;                        ///< the gesture
    QElapsedTimer sinceWheel;
    PlotPlace wheelPlace = PlotPlace::Loss;
};

} // namespace ratescope
