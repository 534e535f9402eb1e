// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plot_page.h"

#include "app/plots/figure.h"

#include <QVBoxLayout>
#include <QWindow>

namespace ratescope {

PlotPage::PlotPage(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_figure(new Figure(*m_plot, PlotPart::Page)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setAccessibleName(tr("Plots"));
    m_plot->setAccessibleName(tr("Plots"));
    m_plot->setAccessibleDescription(tr("Loss and learning rate over steps, and range tests, of the visible runs"));
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setNoAntialiasingOnDrag(false);
    setMinimumSize(420, 240);

    for (QCPAxisRect* rect : m_plot->axisRects()) {
        rect->setRangeDrag(Qt::Horizontal | Qt::Vertical);
        rect->setRangeZoom(Qt::Horizontal);
        for (const QCPAxis* axis : {rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)})
            connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this, rect] { rangeChangedByHand(rect); });
    }
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this](const QWheelEvent* event) {
        const Qt::Orientation direction = event->modifiers() & Qt::ControlModifier ? Qt::Vertical : Qt::Horizontal;
        for (QCPAxisRect* rect : m_plot->axisRects()) rect->setRangeZoom(direction);
    });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &PlotPage::fit);
    connect(m_plot, &QCustomPlot::beforeReplot, this, &PlotPage::updateFigure);
}

void PlotPage::rangeChangedByHand(QCPAxisRect* rect) {
    if (m_updating) return;
    m_figure->adoptRanges(rect, m_view);
    m_figure->setView(m_view);
    refresh(); // the other plot that shares the axis goes along
    Q_EMIT viewChanged();
}

void PlotPage::setRuns(const std::vector<RunPointer>& runs) {
    m_runs = runs;
    m_figure->setRuns(runs);
    refresh();
}

void PlotPage::setTheme(const PlotTheme& theme) {
    m_theme = theme;
    m_figure->setTheme(theme);
    refresh();
}

void PlotPage::setView(const PlotView& view) {
    m_view = view;
    m_updating = true; // a change of scale clamps ranges
    m_figure->setView(view);
    m_updating = false;
    refresh();
}

void PlotPage::fit() {
    m_view.fit();
    setView(m_view);
    Q_EMIT viewChanged();
}

PlotView PlotPage::currentView() {
    updateFigure();
    return m_figure->viewWithRanges();
}

void PlotPage::updateFigure() {
    if (!m_stale) return;
    m_stale = false;
    m_updating = true;
    m_figure->update();
    m_updating = false;
}

void PlotPage::refresh() {
    m_stale = true;
    m_plot->replot(QCustomPlot::rpQueuedReplot); // however many ask, the work is done once, before the next frame
}

void PlotPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    followScreen();
    if (m_screenWatched || !window()->windowHandle()) return;
    m_screenWatched = true;
    connect(window()->windowHandle(), &QWindow::screenChanged, this, &PlotPage::followScreen);
}

void PlotPage::followScreen() {
    // QCustomPlot asks for the pixel ratio once, in its constructor.
    if (m_plot->bufferDevicePixelRatio() == devicePixelRatioF()) return;
    m_plot->setBufferDevicePixelRatio(devicePixelRatioF());
    refresh();
}

} // namespace ratescope
