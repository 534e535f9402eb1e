// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure_axes.h"

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr double unitPixels = 13.0; // of the type that margins are given for

} // namespace

FigureAxes::FigureAxes(QCustomPlot& plot)
    : m_plot(plot) {
    m_plot.setLocale(QLocale::c());
    m_plot.setPlottingHint(QCP::phCacheLabels, true);
    // How many labels have room is known once everything has its place.
    connect(&m_plot, &QCustomPlot::afterLayout, this, &FigureAxes::fitLabels);
}

void FigureAxes::arrange(PlotPart part, Arrangement arrangement, PlotPart large) {
    if (m_built && part == m_part && arrangement == m_arrangement && large == m_large) return;
    m_built = true;
    m_changed = true;
    m_part = part;
    m_arrangement = arrangement;
    m_large = large;
    m_known = {};
    QCPLayoutGrid* root = m_plot.plotLayout();
    root->clear();
    root->simplify();
    root->setRowSpacing(0);
    root->setColumnSpacing(10);
    root->setMargins(QMargins());
    m_title = new QCPTextElement(&m_plot);
    root->addElement(0, 0, m_title);
    auto* body = new QCPLayoutGrid;
    root->addElement(1, 0, body);
    root->setRowStretchFactor(0, 0.001);
    body->setRowSpacing(0);
    body->setColumnSpacing(10);
    if (part != PlotPart::Page) {
        addPlot(body, 0, 0, part);
    } else if (arrangement == Arrangement::Large) {
        addPlot(body, 0, 0, large);
        auto* rest = new QCPLayoutGrid;
        body->addElement(0, 1, rest);
        rest->setRowSpacing(0);
        for (const PlotPart other : {PlotPart::Loss, PlotPart::Rate, PlotPart::RangeTest})
            if (other != large) addPlot(rest, rest->rowCount(), 0, other);
        body->setColumnStretchFactor(0, 2.1);
    } else {
        int place = 0;
        for (const PlotPart each : {PlotPart::Loss, PlotPart::Rate, PlotPart::RangeTest}) {
            const bool stacked = arrangement == Arrangement::Stacked;
            addPlot(body, stacked ? place : 0, stacked ? 0 : place, each);
            if (stacked && each == PlotPart::RangeTest) body->setRowStretchFactor(place, 1.5);
            ++place;
        }
    }
    applyTheme();
}

QCPAxisRect* FigureAxes::makeRect() {
    auto* rect = new QCPAxisRect(&m_plot);
    rect->setAutoMargins(QCP::msNone);
    rect->setMinimumSize(40, 30);
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    return rect;
}

/// A plot with its title over it. From the outside in: what is inside learns of its plot from what it is put into.
void FigureAxes::addPlot(QCPLayoutGrid* parent, int row, int column, PlotPart part) {
    auto* grid = new QCPLayoutGrid;
    parent->addElement(row, column, grid);
    grid->setRowSpacing(2);
    auto* title = new QCPTextElement(&m_plot);
    title->setTextFlags(Qt::AlignLeft | Qt::AlignBottom);
    grid->addElement(0, 0, title);
    grid->setRowStretchFactor(0, 0.001);
    m_titles[static_cast<std::size_t>(part) - 1] = title;
    if (part != PlotPart::RangeTest) {
        QCPAxisRect* rect = makeRect();
        grid->addElement(1, 0, rect);
        m_rects[index(part == PlotPart::Loss ? PlotPlace::Loss : PlotPlace::Rate)] = rect;
        return;
    }
    auto* stack = new QCPLayoutGrid;
    grid->addElement(1, 0, stack);
    stack->setRowSpacing(0);
    QCPAxisRect* loss = makeRect();
    QCPAxisRect* slope = makeRect();
    loss->axis(QCPAxis::atBottom)->setTickLabels(false);
    stack->addElement(0, 0, loss);
    stack->addElement(1, 0, slope);
    stack->setRowStretchFactor(0, 1.7);
    m_rects[index(PlotPlace::TestLoss)] = loss;
    m_rects[index(PlotPlace::TestSlope)] = slope;
}

void FigureAxes::setTheme(const PlotTheme& theme) {
    m_theme = theme;
    applyTheme();
}

void FigureAxes::applyTheme() {
    m_changed = true;
    m_plot.setBackground(m_theme.background);
    m_plot.setFont(m_theme.font(0.92));
    const double unit = m_theme.fontPixels / unitPixels;
    const auto margins = [&](double left, double top, double right, double bottom) {
        return QMargins(qRound(left * unit), qRound(top * unit), qRound(right * unit), qRound(bottom * unit));
    };
    for (const auto& rect : m_rects) {
        if (!rect) continue;
        rect->setMargins(rect == m_rects[index(PlotPlace::TestLoss)] ? margins(64, 4, 22, 6) : margins(64, 4, 22, 48));
        for (QCPAxis* axis : rect->axes()) styleAxis(axis);
    }
    for (std::size_t i = 0; i < m_titles.size(); ++i) {
        if (!m_titles[i]) continue;
        m_titles[i]->setText(m_texts[i + 1]);
        m_titles[i]->setFont(m_theme.font(1.15, true));
        m_titles[i]->setTextColor(m_theme.text);
        m_titles[i]->setMargins(margins(64, 6, 0, 2));
    }
    if (!m_title) return;
    m_title->setText(m_texts[0]);
    m_title->setVisible(!m_texts[0].isEmpty());
    m_title->setFont(m_theme.font(1.4, true));
    m_title->setTextColor(m_theme.text);
    m_title->setMargins(m_texts[0].isEmpty() ? QMargins() : margins(8, 10, 8, 2));
    m_title->setMaximumSize(QWIDGETSIZE_MAX, m_texts[0].isEmpty() ? 0 : QWIDGETSIZE_MAX);
}

void FigureAxes::setTitles(const QString& figure, const QString& loss, const QString& rate, const QString& test) {
    const std::array<QString, 4> texts = {figure, loss, rate, test};
    if (texts == m_texts) return;
    m_texts = texts;
    applyTheme();
}

void FigureAxes::styleAxis(QCPAxis* axis) const {
    const QPen pen(m_theme.axis, 1.0);
    axis->setBasePen(pen);
    axis->setTickPen(pen);
    axis->setSubTickPen(pen);
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(4);
    axis->setSubTickLengthIn(0);
    axis->setSubTickLengthOut(2);
    axis->setTickLabelColor(m_theme.text);
    axis->setLabelColor(m_theme.text);
    axis->setTickLabelFont(m_theme.font(0.92));
    axis->setLabelFont(m_theme.font());
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(5);
    axis->grid()->setPen(QPen(m_theme.grid, 1.0));
    axis->grid()->setSubGridVisible(false);
    axis->grid()->setZeroLinePen(Qt::NoPen);
}

void FigureAxes::styleTicks(QCPAxis* axis, bool logarithmic) const {
    axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (logarithmic) {
        axis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
        axis->setNumberFormat(QStringLiteral("eb")); // 10ˣ
        axis->setNumberPrecision(0);
    } else {
        const QSharedPointer<QCPAxisTicker> ticker(new QCPAxisTicker);
        ticker->setTickCount(axis->orientation() == Qt::Horizontal ? 4 : 6);
        axis->setTicker(ticker);
        axis->setNumberFormat(QStringLiteral("gb"));
        axis->setNumberPrecision(axis->orientation() == Qt::Horizontal ? 10 : 5); // 100000 steps, not 1·10⁵
    }
}

void FigureAxes::setAxes(PlotPlace place, const AxisState& x, const AxisState& y) {
    QCPAxisRect* rect = m_rects[index(place)];
    if (!rect) return;
    Known& known = m_known[index(place)];
    setAxis(rect->axis(QCPAxis::atBottom), known.x, x);
    setAxis(rect->axis(QCPAxis::atLeft), known.y, y);
}

void FigureAxes::setAxis(QCPAxis* axis, AxisState& known, const AxisState& state) {
    const bool first = !axis->property("styled").toBool();
    if (known == state && !first) return;
    m_changed = true;
    if (first || known.logarithmic != state.logarithmic) styleTicks(axis, state.logarithmic);
    axis->setProperty("styled", true);
    axis->setRange(state.range.first, state.range.second);
    axis->setLabel(state.label);
    known = state;
    if (state.logarithmic) labelDecades(axis);
}

QRect FigureAxes::frame(PlotPlace place) const {
    const QCPAxisRect* rect = m_rects[index(place)];
    return rect ? rect->rect() : QRect();
}

// QCustomPlot's own arithmetic: an axis goes on by its frame's width from the left, and by its height from the last row.
AxisMap FigureAxes::xMap(PlotPlace place) const {
    const Known& known = m_known[index(place)];
    const QRect rect = frame(place);
    return {known.x.range, known.x.logarithmic, double(rect.left()), double(rect.left() + std::max(1, rect.width()))};
}

AxisMap FigureAxes::yMap(PlotPlace place) const {
    const Known& known = m_known[index(place)];
    const QRect rect = frame(place);
    return {known.y.range, known.y.logarithmic, double(rect.top() + std::max(1, rect.height()) - 1), double(rect.top() - 1)};
}

void FigureAxes::layOut(const QSize& size) {
    m_plot.setViewport(QRect(QPoint(), size));
    for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        m_plot.plotLayout()->update(phase);
    fitLabels();
}

void FigureAxes::fitLabels() {
    bool changed = false;
    for (std::size_t i = 0; i < m_rects.size(); ++i) {
        const auto& rect = m_rects[i];
        if (!rect) continue;
        changed |= fitTitle(rect, m_known[i].y.label);
        for (QCPAxis* axis : {rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)})
            changed |= axis->scaleType() == QCPAxis::stLogarithmic ? labelDecades(axis) : spaceLabels(axis);
    }
    if (changed) m_plot.replot(QCustomPlot::rpQueuedReplot);
}

/// A frame that is far shorter than the text along its y axis does without: it would run into its neighbours.
bool FigureAxes::fitTitle(const QCPAxisRect* rect, const QString& label) const {
    QCPAxis* axis = rect->axis(QCPAxis::atLeft);
    const bool fits = QFontMetrics(axis->labelFont()).horizontalAdvance(label) < rect->height() + 3 * m_theme.fontPixels;
    const QString wanted = fits ? label : QString();
    if (axis->label() == wanted) return false;
    axis->setLabel(wanted);
    return true;
}

/// As many numbers along a linear axis as have room: in a narrow frame, or of many digits, fewer than usual.
bool FigureAxes::spaceLabels(const QCPAxis* axis) const {
    const bool horizontal = axis->orientation() == Qt::Horizontal;
    const int usual = horizontal ? 4 : 6;
    const int length = horizontal ? axis->axisRect()->width() : axis->axisRect()->height();
    if (length <= 0) return false;
    const double digits = std::max(3.0, std::floor(std::log10(std::max(1.0, std::abs(axis->range().upper)))) + 1.0);
    const double room = (horizontal ? 0.62 * digits + 1.4 : 2.4) * m_theme.fontPixels; // of a number and the gap behind it
    const int count = std::clamp(static_cast<int>(length / room), 2, usual);
    if (axis->ticker()->tickCount() == count) return false;
    axis->ticker()->setTickCount(count);
    return true;
}

/// Powers of ten where there are several, each or only some of them as there is room; plain numbers on a stretch of one
/// decade.
bool FigureAxes::labelDecades(QCPAxis* axis) const {
    const double decades = std::log10(axis->range().upper / axis->range().lower);
    const bool several = decades > 1.3;
    axis->setNumberFormat(several ? QStringLiteral("eb") : QStringLiteral("gb"));
    axis->setNumberPrecision(several ? 0 : 3);
    const auto ticker = qSharedPointerDynamicCast<QCPAxisTickerLog>(axis->ticker());
    const int length = axis->orientation() == Qt::Horizontal ? axis->axisRect()->width() : axis->axisRect()->height();
    if (!ticker || length <= 0) return false;
    const double room = (axis->orientation() == Qt::Horizontal ? 3.0 : 1.8) * m_theme.fontPixels; // of a label
    const double each = std::max(1.0, std::ceil(decades * room / length));
    const double base = std::pow(10.0, each);
    if (ticker->logBase() == base) return false;
    ticker->setLogBase(base);
    ticker->setSubTickCount(each > 1.0 ? static_cast<int>(each) - 1 : 8);
    return true;
}

} // namespace ratescope
