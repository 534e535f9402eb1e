// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/plot_page.h"

#include "app/plots/figure.h"
#include "app/plots/plot_canvas.h"
#include "app/plots/plot_hand.h"
#include "app/study/language.h"

#include <QMenu>
#include <QTranslator>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>

namespace ratescope {

namespace {

/// Values that may be taken in before the next frame: about 3 ms of work.
constexpr std::size_t valuesPerFrame = 400'000;
constexpr std::size_t mostHistory = 100;

} // namespace

PlotPage::PlotPage(QWidget* parent)
    : QWidget(parent)
    , m_curves(std::make_shared<CurveStore>())
    , m_plot(new PlotCanvas([this](QPainter& painter, const QRect& clip) { paintOver(painter, clip); }, this))
    , m_figure(new Figure(*m_plot, PlotPart::Page, m_curves))
    , m_hand(std::make_unique<Hand>()) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setAccessibleName(tr("Plots"));
    setAccessibleDescription(tr("Arrow keys move the plot, plus and minus zoom, comma and full stop move the crosshair"));
    m_plot->setAccessibleName(tr("Plots"));
    m_plot->setAccessibleDescription(tr("Loss and learning rate over steps, and range tests, of the visible runs"));
    setMinimumSize(320, 200);
    connect(m_plot, &QCustomPlot::mousePress, this, &PlotPage::press);
    connect(m_plot, &QCustomPlot::mouseMove, this, &PlotPage::move);
    connect(m_plot, &QCustomPlot::mouseRelease, this, &PlotPage::release);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &PlotPage::doubleClick);
    connect(m_plot, &QCustomPlot::mouseWheel, this, &PlotPage::wheel);
    connect(m_plot, &QCustomPlot::afterLayout, this, [this] { m_figure->followFrames(m_plot->bufferDevicePixelRatio()); });
    connect(m_plot, &PlotCanvas::left, this, &PlotPage::hideCrosshair);
}

PlotPage::~PlotPage() {
    delete m_plot; // it paints by what this object holds
}

QWidget* PlotPage::canvas() const { return m_plot; }

QRectF PlotPage::frameOf(PlotPart part) const {
    const auto frame = m_figure->frame(part == PlotPart::Rate        ? PlotPlace::Rate
                                       : part == PlotPart::RangeTest ? PlotPlace::TestLoss
                                                                     : PlotPlace::Loss);
    return frame ? frame->rect : QRectF();
}

QRectF PlotPage::legendRect(RunId run) const {
    for (const Figure::LegendLine& line : m_figure->legend())
        if (std::ranges::find(line.runs, run) != line.runs.end()) return line.rect;
    return {};
}

void PlotPage::setRuns(const std::vector<RunPointer>& runs) {
    m_runs = runs;
    m_figure->setRuns(runs);
    m_curves->keepOnly(runs);
    m_hand->crosshair.hide();
    if (std::ranges::find(runs, m_hand->marker.test(), [](const RunPointer& run) { return run->id; }) == runs.end())
        hideRateMarker();
    refresh();
}

void PlotPage::setTheme(const PlotTheme& theme) {
    m_theme = theme;
    m_figure->setTheme(theme);
    refresh();
}

void PlotPage::setLanguage(const QString& language) {
    auto words = translatorOf(language);
    m_figure->setLanguage(words.get());
    m_words = std::move(words);
    refresh();
}

void PlotPage::setView(const PlotView& view) {
    if (view.stepUnit != m_view.stepUnit) m_hand->cursors.clear();
    m_view = view;
    m_figure->setView(view);
    refresh();
}

/// A view that a person has made by hand. Steps of one gesture are one step back.
void PlotPage::edit(const PlotView& view, bool newGesture) {
    if (newGesture) {
        m_hand->sinceWheel.invalidate(); // notches after this are another gesture, however soon they come
        m_hand->before = m_view;
        m_history.push_back(m_view);
        if (m_history.size() > mostHistory) m_history.erase(m_history.begin());
    }
    setView(view);
    Q_EMIT viewEdited(m_hand->before);
    Q_EMIT viewChanged();
}

void PlotPage::fit() {
    PlotView view = m_view;
    view.fit();
    if (view == m_view) return;
    edit(view, true);
}

void PlotPage::setFollowing(bool following) {
    if (following) {
        fit();
        return;
    }
    if (isFollowing()) edit(currentView(), true);
}

bool PlotPage::goBack() {
    while (!m_history.empty() && m_history.back() == m_view) m_history.pop_back();
    if (m_history.empty()) return false;
    PlotView view = m_view;
    const PlotView& last = m_history.back();
    // Ranges alone: what was switched on since stays on.
    if (last.stepUnit == view.stepUnit && last.logSteps == view.logSteps) view.steps = last.steps;
    if (last.quantity == view.quantity && last.logLoss == view.logLoss && last.reference == view.reference)
        view.loss = last.loss;
    if (last.logRate == view.logRate) view.rate = last.rate;
    view.testRate = last.testRate;
    view.testLoss = last.testLoss;
    if (last.testLower == view.testLower) view.testSlope = last.testSlope;
    m_history.pop_back();
    if (view == m_view) return goBack();
    m_hand->sinceWheel.invalidate();
    m_hand->before = m_view;
    setView(view);
    Q_EMIT viewEdited(m_hand->before);
    Q_EMIT viewChanged();
    return true;
}

PlotView PlotPage::currentView() {
    updateNow();
    return m_figure->viewWithRanges();
}

void PlotPage::refresh() {
    if (m_updatePending) return; // however many ask, the work is done once, before the next frame
    m_updatePending = true;
    QMetaObject::invokeMethod(this, &PlotPage::updateNow, Qt::QueuedConnection);
}

void PlotPage::updateNow() {
    m_updatePending = false;
    const Figure::Change change = m_figure->update(WorkBudget(valuesPerFrame), m_plot->bufferDevicePixelRatio());
    Crosshair& crosshair = m_hand->crosshair;
    QRegion dirty = change.curves;
    if (crosshair.isShown() && (change.axes || !dirty.isEmpty())) {
        dirty += crosshair.region();
        crosshair.moveTo(*m_figure, crosshair.position(), size());
        dirty += crosshair.region();
    }
    if (!dirty.isEmpty()) dirty += m_hand->marker.region(*m_figure);
    const bool differences = m_hand->cursors.x(0) && m_hand->cursors.x(1);
    if (m_hand->handles.isShown() && !dirty.isEmpty())
        dirty += frameOf(PlotPart::Rate).toAlignedRect().adjusted(-8, -8, 8, 8);
    if (differences && !dirty.isEmpty()) dirty += frameOf(PlotPart::Loss).toAlignedRect(); // their box
    if (change.axes) m_plot->replot(QCustomPlot::rpQueuedRefresh);
    else if (!dirty.isEmpty()) m_plot->update(dirty);
    if (!change.complete) refresh();
}

void PlotPage::paintOver(QPainter& painter, const QRect& clip) {
    m_figure->paint(painter, clip, m_plot->bufferDevicePixelRatio());
    m_hand->handles.paint(painter, *m_figure);
    m_hand->marker.paint(painter, *m_figure);
    m_hand->cursors.paint(painter, *m_figure);
    m_hand->crosshair.paint(painter, m_theme, clip);
    if (m_hand->grip != Hand::Grip::Box || !m_hand->moved) return;
    QColor fill = m_theme.axis;
    fill.setAlpha(40);
    painter.setPen(QPen(m_theme.axis, 1.0));
    painter.setBrush(fill);
    painter.drawRect(QRectF(m_hand->pressedAt, m_hand->lastAt).normalized().intersected(m_hand->frame->rect));
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
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    refresh();
}

QString PlotPage::crosshairText() const { return m_hand->crosshair.text(); }

void PlotPage::showHandles(const RunPointer& run, const ScheduleSpec& piecewise) {
    const RunId before = handlesShown();
    if (run) m_hand->handles.show(run, piecewise);
    else m_hand->handles.clear();
    if (m_hand->grip == Hand::Grip::Handle && handlesShown() != before) { // its run has ended in somebody's hand
        m_hand->grip = Hand::Grip::None;
        m_plot->setCursor(Qt::ArrowCursor);
        releaseHandle();
    }
    m_plot->update();
}

RunId PlotPage::handlesShown() const { return m_hand->handles.run(); }

void PlotPage::showRateMarker(RunId test, double rate) {
    RateMarker& marker = m_hand->marker;
    if (marker.test() == test && marker.rate() == rate) return;
    if (m_hand->grip == Hand::Grip::Marker && marker.test() != test) m_hand->grip = Hand::Grip::None;
    QRegion dirty = marker.region(*m_figure);
    marker.show(test, rate);
    dirty += marker.region(*m_figure);
    m_plot->update(dirty);
}

void PlotPage::hideRateMarker() {
    if (!m_hand->marker.isShown()) return;
    if (m_hand->grip == Hand::Grip::Marker) m_hand->grip = Hand::Grip::None;
    m_plot->update(m_hand->marker.region(*m_figure));
    m_hand->marker.hide();
}

std::optional<double> PlotPage::rateMarker() const {
    return m_hand->marker.isShown() ? std::optional(m_hand->marker.rate()) : std::nullopt;
}

RunId PlotPage::rateMarkerShown() const { return m_hand->marker.test(); }

std::optional<EdgeSteps> PlotPage::beyondEdge(RunId run) const { return m_figure->beyondEdge(run); }

void PlotPage::setCoreWords(std::function<QString(const QString&)> words) {
    m_figure->setCoreWords(std::move(words));
    m_plot->update();
}

void PlotPage::setCursor(int which) {
    const auto frame = m_figure->frame(PlotPlace::Loss);
    if (!frame) return;
    const auto& under = m_hand->crosshair.frame();
    const bool steps = under && (under->place == PlotPlace::Loss || under->place == PlotPlace::Rate);
    m_hand->cursors.set(which, steps ? *m_hand->crosshair.x() : frame->x.toValue(frame->rect.center().x()));
    m_plot->update();
}

void PlotPage::clearCursors() {
    m_hand->cursors.clear();
    m_plot->update();
}

} // namespace ratescope
