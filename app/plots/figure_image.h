// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure_drawing.h"
#include "app/plots/figure_texts.h"
#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"
#include "app/study/run_record.h"

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace ratescope {

class CurveStore;

enum class FigureFormat { Png, Svg, Pdf, Csv };

/// The format that a file's name asks for by its ending.
std::optional<FigureFormat> formatOfName(const QString& name);
/// `png` …
QString formatSuffix(FigureFormat format);

/// A size that figures are often wanted in.
struct FigureSize {
    const char* name; ///< as `ratescope plot --size` takes it
    QSize size;
};
const std::vector<FigureSize>& figureSizes();

/// A picture of the plots: which, how large and how it looks.
struct FigureRequest {
    PlotPart part = PlotPart::Page;
    QSize size{1600, 900};  ///< in the figure's own pixels
    double scale = 2.0;     ///< device pixels for each of them, in a PNG
    PlotTheme theme = PlotTheme::light();
    PlotView view;
    FigureTexts texts;
    QString language = QStringLiteral("en"); ///< of the words in it
};

/// The theme with type and lines that fit a figure of that size: 13 pixels in a small one, more in a large one.
PlotTheme themeForSize(PlotTheme theme, PlotPart part, const QSize& size);

/// The figure, ready for pixels or, with another format, for lines, areas and text. Needs the GUI thread; what is to be done
/// with it does not. `store`: what may be known of the runs already.
FigureDrawing recordFigure(const std::vector<RunPointer>& runs, const FigureRequest& request, FigureFormat format,
                           std::shared_ptr<CurveStore> store = nullptr);
/// The figure in pixels. The same request gives the same ones on any screen, in any locale and style. Needs the GUI thread.
QImage renderFigure(const std::vector<RunPointer>& runs, const FigureRequest& request,
                    std::shared_ptr<CurveStore> store = nullptr);
/// The numbers that the figure shows: of the visible runs, the steps within the view's range; of error and accuracy, epochs;
/// of differences, the steps of the runs that are compared, behind the other numbers where it is of the whole page.
/// Any thread, as long as the runs do not change.
QByteArray figureCsv(const std::vector<RunPointer>& runs, const FigureRequest& request);

/// The picture as PNG, with `experiment` (the runs' configuration as an experiment file writes it) inside. Any thread.
QByteArray encodePng(QImage image, const QString& experiment);

/// The drawing as a file of that format, not CSV, holds it, with `experiment` inside. Any thread.
QByteArray encodeDrawing(const FigureDrawing& drawing, FigureFormat format, const QString& experiment);
/// The figure as a file of that format holds it. Needs the GUI thread.
QByteArray encodeFigure(const std::vector<RunPointer>& runs, const FigureRequest& request, FigureFormat format,
                        const QString& experiment);

/// The experiment that would bring the visible ones of these runs about, as JSON, with the runs that they start from and, in
/// that view, are compared with. Nothing brings curves from elsewhere about: empty where there are no other runs.
QString experimentJson(const std::vector<RunPointer>& runs, const PlotView& view = {});

} // namespace ratescope
