// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/figure_texts.h"
#include "app/plots/plot_theme.h"
#include "app/plots/plot_view.h"

#include <qcustomplot.h>

#include <array>
#include <vector>

namespace ratescope {

/// What stands on an axis.
struct AxisState {
    AxisRange range{0.0, 1.0};
    bool logarithmic = false;
    QString label;
    bool operator==(const AxisState&) const = default;
};

/// Frames, axes, grids and titles of a figure: all of it that is not a curve. Their margins do not depend on labels, so that
/// frames stay aligned and no new number makes one jump.
class FigureAxes : public QObject {
    Q_OBJECT

public:
    explicit FigureAxes(QCustomPlot& plot);

    /// Builds the frames anew where they are not so already.
    void arrange(PlotPart part, Arrangement arrangement, PlotPart large);
    void setTheme(const PlotTheme& theme);
    /// Texts over the plots: one of the whole figure, empty for none, and one a plot.
    void setTitles(const QString& figure, const QString& loss, const QString& rate, const QString& test);
    void setAxes(PlotPlace place, const AxisState& x, const AxisState& y);

    bool has(PlotPlace place) const { return m_rects[index(place)] != nullptr; }
    /// The inside of a frame in the plot's own pixels.
    QRect frame(PlotPlace place) const;
    /// Where values lie in it, in the plot's own pixels.
    AxisMap xMap(PlotPlace place) const;
    AxisMap yMap(PlotPlace place) const;

    /// Gives everything its place, as for a picture of that size.
    void layOut(const QSize& size);
    /// Whether anything has changed since the last call that a replot would show.
    bool takeChanged() { return std::exchange(m_changed, false); }

private:
    static std::size_t index(PlotPlace place) { return static_cast<std::size_t>(place); }
    QCPAxisRect* makeRect();
    void addPlot(QCPLayoutGrid* parent, int row, int column, PlotPart part);
    void applyTheme();
    void styleAxis(QCPAxis* axis) const;
    void setAxis(QCPAxis* axis, AxisState& known, const AxisState& state);
    void styleTicks(QCPAxis* axis, bool logarithmic) const;
    void fitLabels();
    bool fitTitle(const QCPAxisRect* rect, const QString& label) const;
    bool labelDecades(QCPAxis* axis) const;
    bool spaceLabels(const QCPAxis* axis) const;

    struct Known {
        AxisState x;
        AxisState y;
    };

    QCustomPlot& m_plot;
    PlotTheme m_theme = PlotTheme::light();
    PlotPart m_part = PlotPart::Page;
    Arrangement m_arrangement = Arrangement::SideBySide;
    PlotPart m_large = PlotPart::Loss;
    bool m_built = false;
    bool m_changed = true;
    std::array<QPointer<QCPAxisRect>, 4> m_rects;
    std::array<Known, 4> m_known;
    QPointer<QCPTextElement> m_title;
    std::array<QPointer<QCPTextElement>, 3> m_titles; ///< loss, rate, range test
    std::array<QString, 4> m_texts;                   ///< the figure's, and those three
};

} // namespace ratescope
