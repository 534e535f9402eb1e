// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/study/run_record.h"

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

#include <vector>

namespace ratescope {

/// A picture of the plots: which, how large and how it looks.
struct FigureRequest {
    PlotPart part = PlotPart::Page;
    QSize size{1600, 900};  ///< in the figure's own pixels
    double scale = 2.0;     ///< device pixels for each of them
    PlotTheme theme = PlotTheme::light();
    PlotView view;
};

/// Draws the figure. The same request gives the same pixels on any screen, in any locale and style. Needs the GUI thread.
QImage renderFigure(const std::vector<RunPointer>& runs, const FigureRequest& request);

/// The picture as PNG, with `experiment` (the runs' configuration as an experiment file writes it) as a text chunk inside.
QByteArray encodePng(QImage image, const QString& experiment);

/// The experiment that would bring these runs about, as JSON.
QString experimentJson(const std::vector<RunPointer>& runs);

} // namespace ratescope
