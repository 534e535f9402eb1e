// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure.h"

#include "app/plots/axis_ranges.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ratescope {

namespace {

constexpr std::array<Qt::PenStyle, 4> dashes = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
constexpr int mostLegendEntries = 12;

Qt::PenStyle dashOf(const RunRecord& run) { return dashes[static_cast<std::size_t>(run.dash) % dashes.size()]; }

} // namespace

Figure::Figure(QCustomPlot& plot, PlotPart part)
    : QObject(&plot)
    , m_plot(plot)
    , m_part(part) {
    m_plot.setLocale(QLocale::c());
    m_plot.setPlottingHint(QCP::phFastPolylines, true);
    m_plot.setPlottingHint(QCP::phCacheLabels, true);
    buildLayout();
    setTheme(m_theme);
    // How many labels have room is known once everything has its place.
    connect(&m_plot, &QCustomPlot::afterLayout, this, &Figure::fitLabels);
}

void Figure::layOut(const QSize& size) {
    m_plot.setViewport(QRect(QPoint(), size));
    for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        m_plot.plotLayout()->update(phase);
    updateRanges();
    updateHints();
}

void Figure::buildLayout() {
    QCPLayoutGrid* root = m_plot.plotLayout();
    root->clear();
    root->setRowSpacing(2);
    root->setColumnSpacing(10);
    root->setMargins(QMargins());
    int column = 0;
    if (m_part == PlotPart::Page || m_part == PlotPart::Loss) {
        m_loss = makeAxisRect(tr("Step"), tr("Cross-entropy loss"));
        addTitled(root, column++, tr("Loss"), m_loss);
        makeLegend();
        m_lossHint = makeHint(m_loss);
    }
    if (m_part == PlotPart::Page || m_part == PlotPart::Rate) {
        m_rate = makeAxisRect(tr("Step"), tr("Learning rate"));
        addTitled(root, column++, tr("Learning rate"), m_rate);
        m_rateHint = makeHint(m_rate);
    }
    if (m_part == PlotPart::Page || m_part == PlotPart::RangeTest) {
        m_testLoss = makeAxisRect(QString(), tr("Smoothed loss"));
        m_testSlope = makeAxisRect(tr("Learning rate"), tr("Slope"));
        auto* stack = new QCPLayoutGrid;
        stack->addElement(0, 0, m_testLoss);
        stack->addElement(1, 0, m_testSlope);
        stack->setRowStretchFactor(0, 1.7);
        stack->setRowSpacing(0);
        addTitled(root, column++, tr("Range test"), stack);
        for (QCPAxisRect* rect : {m_testLoss.data(), m_testSlope.data()}) styleTicks(rect->axis(QCPAxis::atBottom), true);
        m_testLoss->axis(QCPAxis::atBottom)->setTickLabels(false);
        m_testHint = makeHint(m_testLoss);
        m_suggestionText = new QCPItemText(&m_plot);
        m_suggestionText->setClipToAxisRect(false);
        m_suggestionText->position->setType(QCPItemPosition::ptAxisRectRatio);
        m_suggestionText->position->setAxisRect(m_testLoss);
        m_suggestionText->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_suggestionText->setTextAlignment(Qt::AlignLeft);
        m_suggestionText->position->setCoords(0.02, 0.02);
    }
    root->setRowStretchFactor(0, 0.001);
}

void Figure::addTitled(QCPLayoutGrid* grid, int column, const QString& title, QCPLayoutElement* element) {
    auto* text = new QCPTextElement(&m_plot, title);
    text->setTextFlags(Qt::AlignLeft | Qt::AlignBottom);
    m_titles.emplace_back(text);
    grid->addElement(0, column, text);
    grid->addElement(1, column, element);
}

QCPAxisRect* Figure::makeAxisRect(const QString& keyLabel, const QString& valueLabel) {
    auto* rect = new QCPAxisRect(&m_plot);
    // Margins that do not depend on tick labels: frames stay aligned, and a new label never makes one jump.
    rect->setAutoMargins(QCP::msNone);
    rect->axis(QCPAxis::atBottom)->setLabel(keyLabel);
    rect->axis(QCPAxis::atLeft)->setLabel(valueLabel);
    rect->setRangeZoomFactor(0.85);
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    return rect;
}

QCPItemText* Figure::makeHint(QCPAxisRect* rect) {
    auto* hint = new QCPItemText(&m_plot);
    hint->position->setType(QCPItemPosition::ptAxisRectRatio);
    hint->position->setAxisRect(rect);
    hint->position->setCoords(0.5, 0.5);
    hint->setClipToAxisRect(false);
    hint->setVisible(false);
    return hint;
}

void Figure::makeLegend() {
    m_legend = new QCPLegend;
    m_loss->insetLayout()->addElement(m_legend, Qt::AlignRight | Qt::AlignTop);
    m_loss->insetLayout()->setMargins(QMargins(8, 8, 8, 8));
    m_legend->setLayer(QStringLiteral("legend"));
    m_legend->setBorderPen(Qt::NoPen);
    m_legend->setIconSize(22, 10);
    m_legend->setRowSpacing(1);
    m_legend->setMargins(QMargins(6, 4, 6, 4));
}

void Figure::styleAxis(QCPAxis* axis) const {
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

void Figure::styleTicks(QCPAxis* axis, bool logarithmic) const {
    const auto scale = logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear;
    if (axis->scaleType() == scale && axis->property("styled").toBool()) return;
    axis->setProperty("styled", true);
    axis->setScaleType(scale);
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

void Figure::setTheme(const PlotTheme& theme) {
    m_theme = theme;
    m_plot.setBackground(theme.background);
    m_plot.setFont(theme.font(0.92));
    const double unit = theme.fontPixels / 13.0;
    const auto margins = [&](double left, double top, double right, double bottom) {
        return QMargins(qRound(left * unit), qRound(top * unit), qRound(right * unit), qRound(bottom * unit));
    };
    for (QCPAxisRect* rect : m_plot.axisRects()) {
        rect->setMargins(margins(64, 4, 22, 48));
        for (QCPAxis* axis : rect->axes()) styleAxis(axis);
    }
    if (m_testLoss) m_testLoss->setMargins(margins(64, 4, 22, 6));
    for (const auto& title : m_titles) {
        title->setFont(theme.font(1.15, true));
        title->setTextColor(theme.text);
        title->setMargins(margins(64, 6, 0, 2));
    }
    for (const auto& hint : {m_lossHint, m_rateHint, m_testHint, m_suggestionText}) {
        if (!hint) continue;
        hint->setFont(theme.font(hint == m_suggestionText ? 0.92 : 1.0));
        hint->setColor(theme.faintText);
    }
    if (m_legend) {
        QColor background = theme.background;
        background.setAlpha(215);
        m_legend->setBrush(background);
        m_legend->setFont(theme.font(0.92));
        m_legend->setTextColor(theme.text);
    }
    for (auto& [id, entry] : m_entries) styleEntry(entry);
}

void Figure::setRuns(const std::vector<RunPointer>& runs) {
    m_order.clear();
    std::map<RunId, RunPointer> wanted;
    for (const RunPointer& run : runs) {
        m_order.push_back(run->id);
        wanted[run->id] = run;
    }
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        const auto still = wanted.find(it->first);
        if (still != wanted.end() && still->second == it->second.run) {
            ++it;
            continue;
        }
        removeEntry(it->second);
        it = m_entries.erase(it);
    }
    for (const RunPointer& run : runs)
        if (!m_entries.contains(run->id)) addEntry(run);
}

void Figure::rebuildChangedKinds() {
    for (const RunId id : m_order) {
        const auto it = m_entries.find(id);
        if (it->second.rangeTest == it->second.run->isRangeTest()) continue;
        const RunPointer run = it->second.run;
        removeEntry(it->second);
        m_entries.erase(it);
        addEntry(run);
    }
}

void Figure::addEntry(const RunPointer& run) {
    Entry& entry = m_entries[run->id];
    entry.run = run;
    entry.rangeTest = run->isRangeTest();
    entry.curves = std::make_unique<RunCurves>(run, m_view.smoothing);
    if (!run->isRangeTest()) {
        if (m_loss) entry.loss = new LossPlottable(m_loss->axis(QCPAxis::atBottom), m_loss->axis(QCPAxis::atLeft), *entry.curves);
        if (m_rate) entry.rate = new RatePlottable(m_rate->axis(QCPAxis::atBottom), m_rate->axis(QCPAxis::atLeft), *entry.curves);
    } else if (m_testLoss) {
        using Curve = RangeTestPlottable::Curve;
        entry.testLoss = new RangeTestPlottable(m_testLoss->axis(QCPAxis::atBottom), m_testLoss->axis(QCPAxis::atLeft), *entry.curves, Curve::Loss);
        entry.testSlope = new RangeTestPlottable(m_testSlope->axis(QCPAxis::atBottom), m_testSlope->axis(QCPAxis::atLeft), *entry.curves, Curve::Slope);
    }
    styleEntry(entry);
}

std::vector<StepPlottable*> Figure::plottablesOf(const Entry& entry) {
    std::vector<StepPlottable*> plottables = {entry.loss, entry.rate, entry.testLoss, entry.testSlope};
    std::erase(plottables, nullptr);
    return plottables;
}

void Figure::removeEntry(Entry& entry) {
    if (m_legend && entry.loss) entry.loss->removeFromLegend(m_legend);
    for (StepPlottable* plottable : plottablesOf(entry)) m_plot.removePlottable(plottable);
}

decltype(Figure::Entry::styled) Figure::styleOf(const RunRecord& run) {
    return {run.config.color, run.config.name, run.dash, run.visible, run.state};
}

void Figure::styleEntry(Entry& entry) {
    const RunRecord& run = entry.curves->run();
    entry.styled = styleOf(run);
    for (StepPlottable* plottable : plottablesOf(entry)) {
        plottable->setLook(m_theme.runColor(QString::fromStdString(run.config.color)), dashOf(run), m_theme.lineWidth, m_theme.background);
        plottable->setName(QString::fromStdString(run.config.name));
        plottable->setVisible(run.visible);
    }
    if (entry.loss) entry.loss->setParts(m_view.band, m_view.validation);
}

void Figure::shareBands() {
    int runs = 0;
    for (const auto& [id, entry] : m_entries) runs += entry.loss && shown(entry);
    for (const auto& [id, entry] : m_entries)
        if (entry.loss) entry.loss->setBandRuns(runs);
}

void Figure::setView(const PlotView& view) {
    m_view = view;
    if (m_loss) {
        styleTicks(m_loss->axis(QCPAxis::atBottom), view.logSteps);
        styleTicks(m_loss->axis(QCPAxis::atLeft), view.logLoss);
    }
    if (m_rate) {
        styleTicks(m_rate->axis(QCPAxis::atBottom), view.logSteps);
        styleTicks(m_rate->axis(QCPAxis::atLeft), view.logRate);
    }
    if (m_testLoss) styleTicks(m_testLoss->axis(QCPAxis::atLeft), view.logLoss);
    if (m_testSlope) styleTicks(m_testSlope->axis(QCPAxis::atLeft), false);
    for (auto& [id, entry] : m_entries)
        if (entry.loss) entry.loss->setParts(view.band, view.validation);
}

void Figure::update() {
    rebuildChangedKinds();
    for (auto& [id, entry] : m_entries) {
        entry.curves->update(m_view.smoothing);
        if (entry.styled != styleOf(entry.curves->run())) styleEntry(entry);
    }
    shareBands();
    updateLegend();
    updateRanges();
    updateHints();
}

void Figure::updateLegend() {
    if (!m_legend) return;
    m_legend->clear();
    m_legend->simplify();
    int count = 0;
    for (const RunId id : m_order) {
        const Entry& entry = m_entries.at(id);
        if (entry.loss && shown(entry) && count++ < mostLegendEntries) entry.loss->addToLegend(m_legend);
    }
    if (count > mostLegendEntries) {
        auto* more = new QCPTextElement(&m_plot, tr("and %1 more").arg(count - mostLegendEntries), m_legend->font());
        more->setTextColor(m_legend->textColor());
        m_legend->addElement(m_legend->rowCount(), 0, more);
    }
    m_legend->setVisible(count > 0);
}

void Figure::updateHints() {
    bool runs = false;
    bool losses = false;
    bool tests = false;
    bool crossEntropies = false;
    bool squares = false;
    QStringList found;
    const bool narrow = m_testLoss && m_testLoss->width() < 18 * m_theme.fontPixels;
    for (const RunId id : m_order) {
        const Entry& entry = m_entries.at(id);
        if (!shown(entry)) continue;
        const RunRecord& run = entry.curves->run();
        if (!run.isRangeTest()) {
            runs = true;
            losses |= run.stepCount() > 0;
            (run.config.loss == Loss::CrossEntropy ? crossEntropies : squares) = true;
            continue;
        }
        tests |= run.stepCount() > 0;
        if (!isOver(run.state)) continue;
        QStringList rules;
        for (const Suggestion& suggestion : entry.curves->suggestions())
            if (suggestion.rate)
                rules << QStringLiteral("%1 %2 %3").arg(suggestion.rule == "steepest" ? QStringLiteral("○") : QStringLiteral("□"),
                                                        QString::fromStdString(suggestion.rule), QString::number(*suggestion.rate, 'g', 2));
        const QString name = QString::fromStdString(run.config.name);
        found << (rules.isEmpty() ? tr("%1: no suggestion").arg(name) : rules.join(narrow ? QStringLiteral("\n") : QStringLiteral("   ")));
    }
    if (m_loss) // two kinds of loss on one axis have only the word in common
        m_loss->axis(QCPAxis::atLeft)->setLabel(!squares ? tr("Cross-entropy loss") : crossEntropies ? tr("Loss") : tr("Mean squared error"));
    const auto hint = [](QCPItemText* item, bool visible, const QString& text) {
        if (!item) return;
        item->setVisible(visible);
        item->setText(text);
    };
    hint(m_lossHint, !losses, runs ? tr("Press Start to train") : tr("No runs to show yet.\nNew run makes one."));
    hint(m_rateHint, !runs, tr("A run's schedule shows here\nbefore it trains"));
    hint(m_testHint, !tests, tr("Range test finds out\nwhich rates can work"));
    hint(m_suggestionText, !found.isEmpty(), found.mid(0, 6).join(QLatin1Char('\n')));
}

void Figure::updateRanges() {
    updateStepRanges();
    updateTestRanges();
    for (QCPAxisRect* rect : m_plot.axisRects())
        for (QCPAxis* axis : {rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)})
            if (axis->scaleType() == QCPAxis::stLogarithmic) labelDecades(axis);
}

void Figure::fitLabels() {
    bool changed = false;
    for (QCPAxisRect* rect : m_plot.axisRects())
        for (QCPAxis* axis : {rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)})
            changed |= axis->scaleType() == QCPAxis::stLogarithmic ? labelDecades(axis) : spaceLabels(axis);
    if (changed) m_plot.replot(QCustomPlot::rpQueuedReplot);
}

/// As many numbers along a linear axis as have room: in a narrow frame fewer than usual.
bool Figure::spaceLabels(const QCPAxis* axis) const {
    constexpr int usual = 4;
    if (axis->orientation() != Qt::Horizontal || axis->axisRect()->width() <= 0) return false;
    const double room = 3.2 * m_theme.fontPixels; // of a number and the gap behind it
    const int count = std::clamp(static_cast<int>(axis->axisRect()->width() / room), 2, usual);
    if (axis->ticker()->tickCount() == count) return false;
    axis->ticker()->setTickCount(count);
    return true;
}

/// Powers of ten where there are several, each or only some of them as there is room; plain numbers on a stretch of one
/// decade.
bool Figure::labelDecades(QCPAxis* axis) const {
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

void Figure::updateStepRanges() {
    std::vector<const RunCurves*> runs;
    for (const auto& [id, entry] : m_entries)
        if (shown(entry) && !entry.curves->run().isRangeTest()) runs.push_back(entry.curves.get());
    const auto set = [](QCPAxis* axis, const PlotView::Range& range) { axis->setRange(range.first, range.second); };
    const PlotView::Range steps = m_view.steps.value_or(fittedSteps(runs, m_view.logSteps));
    if (m_loss) {
        set(m_loss->axis(QCPAxis::atBottom), steps);
        set(m_loss->axis(QCPAxis::atLeft), m_view.loss.value_or(fittedLoss(runs, m_view.logLoss)));
    }
    if (m_rate) {
        set(m_rate->axis(QCPAxis::atBottom), steps);
        set(m_rate->axis(QCPAxis::atLeft), m_view.rate.value_or(fittedRate(runs, m_view.logRate)));
    }
}

void Figure::updateTestRanges() {
    if (!m_testLoss) return;
    std::vector<const RunCurves*> tests;
    for (const auto& [id, entry] : m_entries)
        if (shown(entry) && entry.curves->run().isRangeTest()) tests.push_back(entry.curves.get());
    const auto set = [](QCPAxis* axis, const PlotView::Range& range) { axis->setRange(range.first, range.second); };
    const PlotView::Range rates = m_view.testRate.value_or(fittedTestRate(tests));
    set(m_testLoss->axis(QCPAxis::atBottom), rates);
    set(m_testSlope->axis(QCPAxis::atBottom), rates);
    set(m_testLoss->axis(QCPAxis::atLeft), m_view.testLoss.value_or(fittedTestLoss(tests, m_view.logLoss)));
    set(m_testSlope->axis(QCPAxis::atLeft), m_view.testSlope.value_or(fittedTestSlope(tests)));
}

QCPAxisRect* Figure::axisRectAt(const QPointF& position) const { return m_plot.axisRectAt(position); }

void Figure::adoptRanges(QCPAxisRect* rect, PlotView& view) const {
    if (!rect) return;
    const QCPRange keys = rect->axis(QCPAxis::atBottom)->range();
    const QCPRange values = rect->axis(QCPAxis::atLeft)->range();
    const PlotView::Range x{keys.lower, keys.upper};
    const PlotView::Range y{values.lower, values.upper};
    if (rect == m_loss || rect == m_rate) view.steps = x;
    if (rect == m_testLoss || rect == m_testSlope) view.testRate = x;
    if (rect == m_loss) view.loss = y;
    if (rect == m_rate) view.rate = y;
    if (rect == m_testLoss) view.testLoss = y;
    if (rect == m_testSlope) view.testSlope = y;
}

PlotView Figure::viewWithRanges() const {
    PlotView view = m_view;
    for (QCPAxisRect* rect : m_plot.axisRects()) adoptRanges(rect, view);
    return view;
}

} // namespace ratescope
