// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/figure.h"

#include "app/plots/axis_ranges.h"
#include "app/study/run_config_json.h"

#include <QPainter>
#include <QTranslator>
#include <qcustomplot.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <cmath>

namespace ratescope {

namespace {

constexpr int strongestBand = 40; // alpha of the spread of a single run
constexpr int faintestBand = 6;

} // namespace

Figure::Figure(QCustomPlot& plot, PlotPart part, std::shared_ptr<CurveStore> store)
    : QObject(&plot)
    , m_plot(plot)
    , m_part(part)
    , m_axes(plot)
    , m_store(store ? std::move(store) : std::make_shared<CurveStore>()) {
    m_axes.arrange(part, m_view.arrangement, m_view.large);
    m_axes.setTheme(m_theme);
}

void Figure::setTheme(const PlotTheme& theme) {
    m_theme = theme;
    m_axes.setTheme(theme);
}

void Figure::setView(const PlotView& view) {
    if (view.stepUnit != m_view.stepUnit || view.quantity != m_view.quantity || view.logSteps != m_view.logSteps ||
        view.reference != m_view.reference || view.testLower != m_view.testLower)
        m_held = {};
    m_view = view;
    arrange();
    compareRuns();
    updateAxes(); // at once: the next notch of a wheel goes on from here, whether a frame has been drawn or not
}

/// Side by side where there is room for that; a narrow page, or large type, stacks the plots.
void Figure::arrange() {
    const QSize size = m_plot.viewport().size();
    constexpr double narrowest = 13.0; // widths of a letter that a plot needs with its margins
    const bool narrow = m_onScreen && m_view.arrangement == Arrangement::SideBySide &&
                        size.width() < 3.0 * narrowest * m_theme.fontPixels && size.height() > size.width();
    m_axes.arrange(m_part, narrow ? Arrangement::Stacked : m_view.arrangement, m_view.large);
}

void Figure::setTexts(const FigureTexts& texts) { m_texts = texts; }

void Figure::setRuns(const std::vector<RunPointer>& runs) {
    m_runs = runs;
    m_shown.clear();
    m_groups.clear();
    m_rateZones = m_testZones = nullptr;
    std::map<RunId, std::unique_ptr<Entry>> kept;
    for (const RunPointer& run : runs)
        if (const auto it = m_entries.find(run->id); it != m_entries.end() && it->second->curves->pointer() == run)
            kept.insert(m_entries.extract(it));
    m_entries = std::move(kept);
    m_notesStale = true; // they speak of entries that may be gone
    showRuns();
    groupSeeds();
}

/// Looks of the visible runs. What is hidden costs nothing until it is shown.
void Figure::showRuns() {
    m_shown.clear();
    int trained = 0;
    m_live = false;
    for (const RunPointer& run : m_runs) {
        if (!run->visible) continue;
        auto& entry = m_entries[run->id];
        if (!entry) entry = std::make_unique<Entry>(m_store->get(run));
        m_shown.push_back(entry.get());
        trained += !run->isRangeTest();
        m_live |= run->state == RunState::Running;
    }
    const int alpha = std::max(faintestBand, strongestBand / std::max(1, trained));
    for (Entry* entry : m_shown) {
        const RunRecord& run = entry->run();
        entry->drawn = true;
        entry->look = lookOf(run);
        entry->look.bandAlpha = alpha;
    }
    // A fork is drawn as a branch, if there is something that it branches off.
    std::set<std::string_view> names;
    if (std::ranges::any_of(m_shown, [](const Entry* entry) { return entry->run().config.fork.has_value(); }))
        for (const Entry* entry : m_shown) names.insert(entry->run().config.name);
    for (Entry* entry : m_shown) {
        const auto& fork = entry->run().config.fork;
        const bool branch = fork && names.contains(fork->run) && m_view.seeds == SeedDrawing::Single;
        entry->begin = branch && fork->step > 0 ? fork->step - 1 : 0;
        entry->shapes.setBegin(entry->begin);
    }
    compareRuns();
}

const std::string& Figure::Entry::seedGroup() {
    if (m_group.empty() || m_grouped != run().config) {
        m_grouped = run().config;
        m_group = allButSeed(m_grouped);
    }
    return m_group;
}

const Figure::Entry* Figure::entryOf(RunId run) const {
    const auto it = m_entries.find(run);
    return it == m_entries.end() || !it->second->run().visible ? nullptr : it->second.get();
}

void Figure::groupSeeds() {
    m_groups.clear();
    groupTests();
    // Runs of different seeds do not begin alike: of those that are drawn as one no two are compared with one reference.
    if (m_view.seeds == SeedDrawing::Single || m_view.quantity == Quantity::Difference) return;
    std::map<std::string, std::vector<Entry*>> groups;
    std::vector<const std::vector<Entry*>*> order;
    for (Entry* entry : m_shown) {
        if (entry->run().isRangeTest() || entry->run().isImported()) continue;
        auto& members = groups[entry->seedGroup()];
        if (members.empty()) order.push_back(&members);
        members.push_back(entry);
    }
    for (const auto* entries : order) {
        if (entries->size() < 2) continue;
        std::vector<SeedShape::Member> members;
        for (Entry* entry : *entries) {
            members.push_back({entry->curves->pointer(), &entry->shapes});
            entry->drawn = false;
        }
        m_groups.emplace_back(std::move(members), entries->front()->look);
    }
}

bool Figure::takeIn(WorkBudget& budget) {
    bool complete = true;
    const auto take = [&](bool tests) {
        for (const Entry* entry : m_shown) {
            if (entry->run().isRangeTest() != tests) continue;
            complete &= entry->curves->update(m_view.smoothing, budget);
            if (entry->difference) complete &= entry->difference->update(m_view.smoothing, budget);
        }
    };
    take(true);
    for (const auto& group : m_testGroups) group->update(m_view.seeds);
    findZones();
    take(false);
    // With what is left: no curve waits for it.
    for (const Entry* entry : m_shown)
        if (!entry->run().isRangeTest()) complete &= entry->curves->countBeyondEdge(budget);
    return complete;
}

Figure::Change Figure::update(WorkBudget budget, double pixelRatio) {
    Change change;
    arrange();
    showRuns();
    groupSeeds();
    change.complete = takeIn(budget);
    updateAxes();
    change.axes = m_axes.takeChanged();
    change.curves = updateCurves(pixelRatio);
    if (takeTold()) {
        m_notesStale = true;
        constexpr int around = 12;
        for (const FrameView& view : frames())
            change.curves += view.rect.toAlignedRect().adjusted(-around, -around, around, around);
    }
    if (takeEpochs()) {
        m_scoresStale = true;
        m_notesStale |= isScore(m_view.quantity);
        if (const auto view = frame(PlotPlace::Loss)) change.curves += view->rect.toAlignedRect().adjusted(-12, -12, 12, 12);
    }
    // In seconds the places of steps that were made may still move a little.
    m_notesStale |= change.axes || m_view.stepUnit == StepUnit::Seconds;
    return change;
}

FigureDrawing Figure::record(const QSize& size, double scale) {
    m_onScreen = false;
    m_axes.layOut(size);
    showRuns();
    groupSeeds();
    WorkBudget everything;
    takeIn(everything);
    updateAxes();
    m_axes.layOut(size);
    FigureDrawing drawing;
    drawing.size = size;
    drawing.scale = scale;
    drawing.background = m_theme.background;
    QCPPainter axes(&drawing.axes);
    axes.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    axes.setMode(QCPPainter::pmNoCaching);
    axes.setMode(QCPPainter::pmVectorized, scale <= 0.0);
    m_plot.toPainter(&axes, size.width(), size.height());
    axes.end();
    // Lines that are no pixels have no more vertices than this many columns: more would only make the file larger.
    const double mostColumns = m_part == PlotPart::Page ? 330.0 : 640.0;
    for (const PlotPlace place : plotPlaces)
        if (m_axes.has(place))
            drawing.curves.push_back(
                recordCurves(place, scale > 0.0 ? scale : std::min(1.0, mostColumns / std::max(1, m_axes.frame(place).width()))));
    m_notesStale = true;
    bringNotesUpToDate();
    QPainter notes(&drawing.notes);
    notes.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    paintNotes(notes, QRect(QPoint(), size));
    return drawing;
}

void Figure::followFrames(double pixelRatio) { m_notesStale |= !updateCurves(pixelRatio).isEmpty(); }

/// A fitted range that holds still while what it has to show stays inside and fills most of it; else it moves on with some
/// room for what comes, so that axes change now and then rather than with every frame.
AxisRange Figure::held(AxisRange& kept, const AxisRange& fitted, bool logarithmic) const {
    if (!m_live || !m_onScreen) {
        kept = {};
        return fitted;
    }
    const auto length = [&](const AxisRange& range) {
        return logarithmic ? std::log(range.second / range.first) : range.second - range.first;
    };
    const bool valid = kept.first < kept.second && (!logarithmic || kept.first > 0.0);
    if (valid && kept.first <= fitted.first && kept.second >= fitted.second && length(fitted) > 0.8 * length(kept))
        return kept;
    AxisRange next = fitted;
    constexpr double room = 0.07;
    if (valid && fitted.first < kept.first)
        next.first =
            logarithmic ? fitted.first * std::exp(-room * length(fitted)) : fitted.first - room * length(fitted);
    if (valid && fitted.second > kept.second)
        next.second =
            logarithmic ? fitted.second * std::exp(room * length(fitted)) : fitted.second + room * length(fitted);
    if (!logarithmic && fitted.first >= 0.0) next.first = std::max(next.first, 0.0);
    return kept = next;
}

QString Figure::unitLabel() const {
    switch (m_view.stepUnit) {
    case StepUnit::Step: return tr("Step");
    case StepUnit::Epoch: return tr("Epoch");
    case StepUnit::Samples: return tr("Samples");
    case StepUnit::Seconds: return tr("Training time (s)");
    }
    return {};
}

QString Figure::quantityLabel() const {
    if (m_view.quantity == Quantity::Error) return tr("Error (%)");
    if (m_view.quantity == Quantity::Accuracy) return tr("Accuracy (%)");
    if (m_view.quantity == Quantity::Difference) return differenceLabel();
    bool crossEntropies = false;
    bool squares = false;
    for (const Entry* entry : m_shown)
        if (!entry->run().isRangeTest()) (entry->run().config.loss == Loss::CrossEntropy ? crossEntropies : squares) = true;
    // Two kinds of loss on one axis have only the word in common.
    return !squares ? tr("Cross-entropy loss") : crossEntropies ? tr("Loss") : tr("Mean squared error");
}

QString Figure::tr(const char* text, const char* comment, int n) const {
    const QString words = m_translator ? m_translator->translate("ratescope::Figure", text, comment, n) : QString();
    QString result = words.isEmpty() ? QString::fromUtf8(text) : words;
    return n < 0 ? result : result.replace(QLatin1String("%n"), QString::number(n));
}

FigureTexts Figure::usualTexts() const {
    FigureTexts texts;
    const QString loss = m_view.quantity == Quantity::Loss         ? tr("Loss")
                         : m_view.quantity == Quantity::Difference ? tr("Loss difference")
                         : m_view.quantity == Quantity::Error      ? tr("Error")
                                                                   : tr("Accuracy");
    texts.plots = {loss, tr("Learning rate"), tr("Range test")};
    texts.x = {unitLabel(), unitLabel(), QString(), tr("Learning rate")};
    texts.y = {quantityLabel(), tr("Learning rate"), testLossLabel(),
               m_view.testLower == TestLower::Slope ? tr("Slope") : tr("Accuracy (%)")};
    return texts;
}

void Figure::updateAxes() {
    std::vector<const RunCurves*> runs;
    std::vector<const RunCurves*> tests;
    for (const Entry* entry : m_shown) (entry->run().isRangeTest() ? tests : runs).push_back(entry->curves.get());
    const FigureTexts usual = usualTexts();
    const auto chosen = [](const QString& own, const QString& other) { return own.isEmpty() ? other : own; };
    m_axes.setTitles(m_texts.title, chosen(m_texts.plots[0], usual.plots[0]), chosen(m_texts.plots[1], usual.plots[1]),
                     chosen(m_texts.plots[2], usual.plots[2]));
    const auto fit = [&](std::size_t which, const std::optional<AxisRange>& own, const AxisRange& fitted, bool logarithmic) {
        return own ? *own : held(m_held[which], fitted, logarithmic);
    };
    const AxisRange steps = fit(0, m_view.steps, fittedSteps(runs, m_view.stepUnit, m_view.logSteps), m_view.logSteps);
    const bool logLoss = m_view.hasLogarithmicLoss();
    const AxisRange loss = fit(1, m_view.loss, fittedQuantity(runs), logLoss);
    const AxisRange rate = fit(2, m_view.rate, fittedRate(runs, m_view.logRate), m_view.logRate);
    const AxisRange testRate = m_view.testRate.value_or(fittedTestRate(tests));
    const bool raw = m_testGroups.empty(); // of seeds that are drawn as one only the smoothed losses are
    const AxisRange testLoss =
        fit(3, m_view.testLoss, fittedTestLoss(tests, m_view.logLoss, raw), m_view.logLoss);
    const AxisRange testSlope = fit(4, m_view.testSlope, fittedLower(tests), false);
    const auto set = [&](PlotPlace place, const AxisRange& x, bool logX, const AxisRange& y, bool logY) {
        const auto i = static_cast<std::size_t>(place);
        m_axes.setAxes(place, {x, logX, chosen(m_texts.x[i], usual.x[i])}, {y, logY, chosen(m_texts.y[i], usual.y[i])});
    };
    set(PlotPlace::Loss, steps, m_view.logSteps, loss, logLoss);
    set(PlotPlace::Rate, steps, m_view.logSteps, rate, m_view.logRate);
    set(PlotPlace::TestLoss, testRate, true, testLoss, m_view.logLoss);
    set(PlotPlace::TestSlope, testRate, true, testSlope, false);
}

std::vector<Figure::FrameView> Figure::frames() const {
    std::vector<FrameView> views;
    for (const PlotPlace place : plotPlaces)
        if (m_axes.has(place)) views.push_back({place, QRectF(m_axes.frame(place)), m_axes.xMap(place), m_axes.yMap(place)});
    return views;
}

std::optional<Figure::FrameView> Figure::frame(PlotPlace place) const {
    for (const FrameView& view : frames())
        if (view.place == place) return view;
    return std::nullopt;
}

std::optional<Figure::FrameView> Figure::frameAt(const QPointF& position) const {
    for (const FrameView& view : frames())
        if (view.rect.contains(position)) return view;
    return std::nullopt;
}

void Figure::setRanges(PlotView& view, PlotPlace place, std::optional<AxisRange> x, std::optional<AxisRange> y) {
    if (x) (place == PlotPlace::TestLoss || place == PlotPlace::TestSlope ? view.testRate : view.steps) = x;
    if (!y) return;
    switch (place) {
    case PlotPlace::Loss: view.loss = y; break;
    case PlotPlace::Rate: view.rate = y; break;
    case PlotPlace::TestLoss: view.testLoss = y; break;
    case PlotPlace::TestSlope: view.testSlope = y; break;
    }
}

PlotView Figure::viewWithRanges() const {
    PlotView view = m_view;
    for (const FrameView& frame : frames()) setRanges(view, frame.place, frame.x.range(), frame.y.range());
    return view;
}

} // namespace ratescope
