// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules make of range tests: shapes on their curves, a bar for the bounds, and their names where there is room.
#include "app/plots/figure.h"
#include "app/plots/rule_shape.h"
#include "app/plots/sprite.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ratescope {

namespace {

constexpr std::size_t fewPoints = 40;   // of a test: each has a dot
constexpr std::size_t mostNamed = 2;    // tests whose rules have their names beside them
constexpr std::size_t mostBars = 6;     // of bounds, one above the other
constexpr double barSpacing = 0.55;     // by the size of the type

double radiusOfRules(double lineWidth) { return 2.2 * std::max(2.0, lineWidth); }
double radiusOfPoints(double lineWidth) { return 1.25 * std::max(1.6, lineWidth); }

QString rateOf(double rate, int digits) { return QLocale::c().toString(rate, 'g', digits); }

QRectF around(const QPointF& at, double radius) { return {at.x() - radius, at.y() - radius, 2 * radius, 2 * radius}; }

} // namespace

double Figure::Mark::distanceTo(const QPointF& position) const {
    const double beside = std::max(0.0, std::abs(position.x() - at.x()) - halfWidth);
    return std::hypot(beside, position.y() - at.y());
}

QString Figure::inWords(const std::string& reason) const {
    const QString english = QString::fromStdString(reason);
    return m_coreWords ? m_coreWords(english) : english;
}

QString Figure::ruleName(const std::string& rule) const {
    if (rule == "steepest") return tr("steepest");
    if (rule == "minimum") return tr("minimum");
    if (rule == "valley") return tr("valley");
    if (rule == "slide") return tr("slide");
    if (rule == "halving") return tr("halving");
    if (rule == "best") return tr("best");
    return QString::fromStdString(rule);
}

/// In the order of the rules; those without an answer are left out.
std::vector<Figure::Found> Figure::foundOf(const Subject& subject) const {
    std::vector<Found> found;
    if (!subject.group) {
        if (!isOver(subject.entry->run().state)) return found;
        for (const auto& [rule, rate, reason] : subject.entry->curves->answers().rules)
            if (rate) found.push_back({rule, *rate, *rate, *rate, rateOf(*rate, 2), inWords(reason)});
        return found;
    }
    for (const RuleSpread& rule : subject.group->rules()) {
        if (!rule.rates || rule.rule.starts_with("bounds")) continue;
        const auto& [low, middle, high] = *rule.rates;
        const QString text =
            tr("%1 (%2–%3)", "median, lowest, highest rate").arg(rateOf(middle, 2), rateOf(low, 2), rateOf(high, 2));
        QString reason = tr("Found for %1 of %2 seeds.").arg(rule.found).arg(rule.seeds);
        if (rule.found < rule.seeds && !rule.reason.empty()) reason += QLatin1Char(' ') + inWords(rule.reason);
        found.push_back({rule.rule, middle, low, high, text, reason});
    }
    return found;
}

std::optional<Figure::Found> Figure::boundsOf(const Subject& subject) const {
    std::optional<std::pair<double, double>> rates;
    QString reason;
    if (!subject.group) {
        const BoundsSuggestion& bounds = subject.entry->curves->answers().bounds;
        rates = bounds.rates;
        reason = inWords(bounds.reason);
    } else {
        const auto& rules = subject.group->rules();
        const auto low = std::ranges::find(rules, "bounds.low", &RuleSpread::rule);
        const auto high = std::ranges::find(rules, "bounds.high", &RuleSpread::rule);
        if (low != rules.end() && high != rules.end() && low->rates && high->rates)
            rates = {low->rates->middle, high->rates->middle};
        if (rates) reason = tr("Found for %1 of %2 seeds.").arg(low->found).arg(low->seeds);
    }
    if (!rates) return std::nullopt;
    return Found{"bounds", rates->first, rates->first, rates->second,
                 QStringLiteral("%1–%2").arg(rateOf(rates->first, 2), rateOf(rates->second, 2)), reason};
}

std::vector<double> Figure::ruleRates(RunId test) const {
    std::vector<double> rates;
    for (const Subject& subject : subjects()) {
        const auto isTest = [&](const auto& member) { return member->run().id == test; };
        const bool own = subject.group ? std::ranges::any_of(subject.group->members(), isTest)
                                       : subject.entry->run().id == test;
        if (!own) continue;
        for (const Found& one : foundOf(subject)) rates.push_back(one.rate);
        if (const auto bounds = boundsOf(subject)) rates.insert(rates.end(), {bounds->low, bounds->high});
    }
    return rates;
}

/// The line that is drawn of a test, at a rate within it; beyond its ends their values.
std::optional<double> Figure::testLossAt(const Subject& subject, double rate) const {
    if (subject.group) return subject.group->lossAt(rate);
    const std::vector<double>& values = subject.entry->curves->range().smoothed;
    if (values.empty()) return std::nullopt;
    const double step = std::clamp(StepScale(subject.entry->run(), StepUnit::Step).stepOf(rate), 0.0,
                                   static_cast<double>(values.size() - 1));
    const auto before = static_cast<std::size_t>(step);
    const std::size_t after = std::min(before + 1, values.size() - 1);
    return std::lerp(values[before], values[after], step - static_cast<double>(before));
}

void Figure::placePoints(const FrameView& frame) {
    const auto place = [&](const CurveLook& look, const std::vector<double>& rates, std::size_t count, auto at) {
        if (rates.size() >= fewPoints) return;
        QList<QPointF> points;
        for (std::size_t i = 0; i < std::min(count, rates.size()); ++i) {
            const QPointF point(frame.x.toPixel(rates[i]), frame.y.toPixel(at(i)));
            if (frame.rect.adjusted(-2, 0, 2, 0).contains(point)) points << point;
        }
        if (!points.isEmpty()) m_notes.points.emplace_back(look, points);
    };
    const bool upper = frame.place == PlotPlace::TestLoss;
    for (const Subject& subject : subjects()) {
        if (const SeedTest* group = subject.group) {
            const auto& values = upper ? group->range().smoothed : group->lower(m_view.testLower);
            place(group->look(), group->range().rates, values.size(), [&](std::size_t i) { return values[i].middle; });
            continue;
        }
        const RangeCurve& curve = subject.entry->curves->range();
        if (!upper && m_view.testLower == TestLower::Accuracy) {
            const auto& scores = subject.entry->run().validations;
            place(subject.entry->look, curve.rates, subject.entry->curves->validated(),
                  [&](std::size_t i) { return scoreValue(scores[i], Quantity::Accuracy); });
            continue;
        }
        const std::vector<double>& values = upper ? curve.smoothed : curve.slopes;
        place(subject.entry->look, curve.rates, values.size(), [&](std::size_t i) { return values[i]; });
    }
}

void Figure::placeSuggestions(const FrameView& frame) {
    for (const Subject& subject : subjects()) {
        const CurveLook look = subject.group ? subject.group->look() : subject.entry->look;
        for (const Found& found : foundOf(subject)) {
            const auto value = testLossAt(subject, found.rate);
            if (!value) continue;
            const QPointF at(frame.x.toPixel(found.rate), frame.y.toPixel(*value));
            if (!frame.rect.contains(at)) continue;
            m_notes.rules.push_back({look, found.rule, at, at, frame.x.toPixel(found.low), frame.x.toPixel(found.high)});
            const QString rate = subject.group ? found.text : rateOf(found.rate, 3);
            const QString text = tr("%1, %2: rate %3").arg(subject.name, ruleName(found.rule), rate);
            m_notes.marks.push_back(
                {Mark::Kind::Rule, subject.entry, frame.place, at, text + QLatin1Char('\n') + found.reason});
        }
        placeBounds(frame, subject);
    }
    spreadRules(frame);
}

void Figure::placeBounds(const FrameView& frame, const Subject& subject) {
    const auto bounds = boundsOf(subject);
    if (!bounds || m_notes.bounds.size() >= mostBars) return;
    const double low = std::max(frame.x.toPixel(bounds->low), frame.rect.left());
    const double high = std::min(frame.x.toPixel(bounds->high), frame.rect.right());
    if (low >= high) return;
    const auto bar = static_cast<double>(m_notes.bounds.size());
    const double y = std::round(frame.rect.bottom() - (0.6 + barSpacing * bar) * m_theme.fontPixels);
    m_notes.bounds.push_back({subject.group ? subject.group->look() : subject.entry->look, low, high, y});
    const QString text = tr("%1, bounds: rates %2").arg(subject.name, bounds->text);
    m_notes.marks.push_back({Mark::Kind::Bounds, subject.entry, frame.place, {0.5 * (low + high), y},
                             text + QLatin1Char('\n') + bounds->reason, 0.5 * (high - low)});
}

/// Where shapes would cover each other the later one is put above or below, with a line to its place on the curve.
void Figure::spreadRules(const FrameView& frame) {
    const double radius = radiusOfRules(m_theme.lineWidth);
    const double apart = 2.9 * radius;
    for (std::size_t i = 0; i < m_notes.rules.size(); ++i) {
        RuleMark& mark = m_notes.rules[i];
        const auto isFree = [&](const QPointF& at) {
            for (std::size_t other = 0; other < i; ++other)
                if (QLineF(m_notes.rules[other].at, at).length() < apart) return false;
            return true;
        };
        for (int k = 1; k < 16 && !isFree(mark.at); ++k) {
            const double away = (k % 2 == 1 ? -1.0 : 1.0) * 0.5 * (k + 1) * apart;
            const QPointF at = mark.place + QPointF(0.0, away);
            if (frame.rect.adjusted(0, radius, 0, -radius).contains(at) && isFree(at)) mark.at = at;
        }
    }
    std::size_t next = 0;
    for (Mark& mark : m_notes.marks)
        if (mark.kind == Mark::Kind::Rule) mark.at = m_notes.rules[next++].at;
}

/// Beside the area that hangs from the top, how many seeds it is about: under the legend, if that stands there.
void Figure::placeDivergence(const FrameView& frame) {
    const QFontMetricsF metrics(m_theme.font(0.85));
    double top = frame.rect.top() + SeedTest::divergenceHeight * frame.rect.height();
    for (const Subject& subject : subjects()) {
        if (!subject.group || subject.group->diverged() == 0) continue;
        const QString text =
            tr("%1 of %2 seeds diverged").arg(subject.group->diverged()).arg(subject.group->members().size());
        const QSizeF size(metrics.horizontalAdvance(text) + 4.0, metrics.height());
        QRectF rect({frame.rect.right() - size.width() - 0.3 * m_theme.fontPixels, top}, size);
        for (const LegendBox& box : m_notes.legends)
            if (box.rect.intersects(rect)) rect.moveTop(box.rect.bottom() + 2.0);
        if (rect.bottom() > frame.rect.center().y()) return;
        m_notes.labels.push_back({rect, text, m_theme.text, true});
        top = rect.bottom();
    }
}

/// How much of the tests' lines a text there would cover.
double Figure::coverOf(const FrameView& frame, const QRectF& rect) const {
    constexpr int looks = 8;
    double cover = 0.0;
    for (const Subject& subject : subjects())
        for (int i = 0; i <= looks; ++i) {
            const double x = rect.left() + rect.width() * i / looks;
            const auto value = testLossAt(subject, frame.x.toValue(x));
            if (!value) continue;
            const double y = frame.y.toPixel(*value);
            cover += y > rect.top() - 2.0 && y < rect.bottom() + 2.0;
        }
    return cover;
}

bool Figure::hitsRule(const QRectF& rect) const {
    const double radius = 1.5 * radiusOfRules(m_theme.lineWidth);
    return std::ranges::any_of(m_notes.rules,
                               [&](const RuleMark& mark) { return around(mark.at, radius).intersects(rect); });
}

/// Beside that place, where a text covers nothing else and as little of the curves as can be.
std::optional<QRectF> Figure::freePlace(const FrameView& frame, const QPointF& at, const QSizeF& size) const {
    const double radius = radiusOfRules(m_theme.lineWidth);
    const double gap = 1.7 * radius;
    const double w = size.width();
    const double h = size.height();
    const QPointF corners[] = {{gap, -0.5 * h}, {-gap - w, -0.5 * h}, {-0.5 * w, -gap - h}, {-0.5 * w, gap},
                               {0.7 * gap, -0.7 * gap - h}, {-0.7 * gap - w, -0.7 * gap - h}, {0.7 * gap, 0.7 * gap},
                               {-0.7 * gap - w, 0.7 * gap}};
    std::optional<QRectF> best;
    double least = 1e9;
    for (const QPointF& corner : corners) {
        const QRectF rect(at + corner, size);
        if (!frame.rect.adjusted(3, 3, -3, -3).contains(rect)) continue;
        const auto hits = [&](const QRectF& other) { return other.intersects(rect); };
        if (std::ranges::any_of(m_notes.legends, hits, &LegendBox::rect)) continue;
        if (std::ranges::any_of(m_notes.labels, hits, &Label::rect)) continue;
        if (hitsRule(rect)) continue;
        if (const double cover = coverOf(frame, rect); cover < least) {
            least = cover;
            best = rect;
        }
    }
    return best;
}

/// Of one or two tests; of more the shapes speak for themselves, and the crosshair for them.
void Figure::nameRules(const FrameView& frame) {
    if (subjects().size() > mostNamed) return;
    const QFontMetricsF metrics(m_theme.font(0.85));
    const auto sizeOf = [&](const QString& name) { return QSizeF(metrics.horizontalAdvance(name) + 4.0, metrics.height()); };
    for (const BoundsMark& mark : m_notes.bounds) {
        const QString name = tr("bounds");
        const QSizeF size = sizeOf(name);
        for (const double x : {mark.high + 0.4 * m_theme.fontPixels, mark.low - 0.4 * m_theme.fontPixels - size.width()}) {
            const QRectF rect({x, std::min(mark.y - 0.5 * size.height(), frame.rect.bottom() - size.height())}, size);
            const auto hits = [&](const auto& other) { return other.rect.intersects(rect); };
            if (rect.left() < frame.rect.left() || rect.right() > frame.rect.right()) continue;
            if (std::ranges::any_of(m_notes.legends, hits) || std::ranges::any_of(m_notes.labels, hits)) continue;
            m_notes.labels.push_back({rect, name, m_theme.text, true});
            break;
        }
    }
    for (const RuleMark& mark : m_notes.rules) {
        const QString name = ruleName(mark.rule);
        if (const auto rect = freePlace(frame, mark.at, sizeOf(name)))
            m_notes.labels.push_back({*rect, name, m_theme.text, true});
    }
}

void Figure::paintPoints(QPainter& painter, const QRect& clip) const {
    const double radius = radiusOfPoints(m_theme.lineWidth);
    const QRectF near = QRectF(clip).adjusted(-radius - 1, -radius - 1, radius + 1, radius + 1);
    for (const auto& [look, points] : m_notes.points) {
        if (std::ranges::none_of(points, [&](const QPointF& at) { return near.contains(at); })) continue;
        const Sprite dot(painter, radius + 1.0, [&, color = look.color](QPainter& one) {
            one.setPen(Qt::NoPen);
            one.setBrush(color);
            one.drawEllipse(QPointF(), radius, radius);
        });
        for (const QPointF& at : points)
            if (near.contains(at)) dot.draw(at);
    }
}

void Figure::paintRules(QPainter& painter, const QRect& clip) const {
    const double radius = radiusOfRules(m_theme.lineWidth);
    const double width = 0.9 * std::max(2.0, m_theme.lineWidth);
    const QRectF near = QRectF(clip).adjusted(-3 * radius, -3 * radius, 3 * radius, 3 * radius);
    for (const BoundsMark& mark : m_notes.bounds) {
        const double tick = 0.32 * m_theme.fontPixels;
        if (!near.intersects(QRectF(mark.low, mark.y - tick, mark.high - mark.low, 2 * tick))) continue;
        painter.setPen(QPen(mark.look.color, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({{mark.low, mark.y - tick}, {mark.low, mark.y}, {mark.high, mark.y},
                                        {mark.high, mark.y - tick}}));
    }
    for (const RuleMark& mark : m_notes.rules) { // under the shapes
        if (!near.intersects(QRectF(mark.place, mark.at).normalized().united(
                {mark.low, mark.place.y() - radius, mark.high - mark.low, 2 * radius})))
            continue;
        painter.setPen(QPen(mark.look.color, 1.0));
        if (mark.at != mark.place) painter.drawLine(mark.place, mark.at);
        if (mark.high - mark.low < 2.0) continue;
        painter.setPen(QPen(mark.look.color, 0.6 * width, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(mark.low, mark.at.y()), QPointF(mark.high, mark.at.y()));
        for (const double x : {mark.low, mark.high})
            painter.drawLine(QPointF(x, mark.at.y() - 0.6 * radius), QPointF(x, mark.at.y() + 0.6 * radius));
    }
    for (const RuleMark& mark : m_notes.rules) {
        if (!near.contains(mark.at)) continue;
        painter.setBrush(m_theme.background);
        painter.setPen(QPen(mark.look.color, width, Qt::SolidLine, Qt::RoundCap,
                            mark.rule == "best" ? Qt::RoundJoin : Qt::MiterJoin));
        painter.drawPath(ruleShape(mark.rule, mark.at, radius));
    }
}

void Figure::paintLabels(QPainter& painter, const QRect& clip) const {
    painter.setFont(m_theme.font(0.85));
    for (const Label& label : m_notes.labels) {
        if (!label.rect.adjusted(-2, -2, 2, 2).intersects(clip)) continue;
        if (label.plate) {
            QColor ground = m_theme.background;
            ground.setAlpha(190);
            painter.setPen(Qt::NoPen);
            painter.setBrush(ground);
            painter.drawRoundedRect(label.rect.adjusted(-1, 0, 1, 0), 2, 2);
        }
        painter.setPen(label.color);
        painter.drawText(label.rect, Qt::AlignCenter | Qt::TextDontClip, label.text);
    }
}

} // namespace ratescope
