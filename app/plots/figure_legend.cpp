// SPDX-License-Identifier: GPL-3.0-or-later
// The figure's legends: which line is which run, and what range tests have found.
#include "app/plots/figure.h"
#include "app/plots/rule_shape.h"
#include "app/study/palette.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace ratescope {

namespace {

constexpr int mostLegendLines = 12;
constexpr double legendChip = 1.7; // the piece of line and the space around it, by the size of the type
constexpr double legendPad = 0.45;
constexpr std::size_t mostInFull = 2; // tests whose answers may take lines of their own
constexpr double leastName = 5.0;     // widths of a letter that a name keeps beside its answers
const QString answerGap = QStringLiteral("  ");

} // namespace

/// Where the legend of the runs, or of the range tests, stands in this figure.
PlotPlace Figure::legendPlace(bool tests) const {
    if (tests) return PlotPlace::TestLoss;
    return m_axes.has(PlotPlace::Loss) ? PlotPlace::Loss : PlotPlace::Rate;
}

/// Name and answers, each rule by its shape.
Figure::LegendItem Figure::testItem(const Subject& subject) const {
    LegendItem item{subject.group ? subject.group->look() : subject.entry->look, subject.name, {}, {}, {}};
    if (!subject.group) item.runs = {subject.entry->run().id};
    else
        for (const auto& member : subject.group->members()) item.runs.push_back(member->run().id);
    for (const Found& found : foundOf(subject)) item.answers << ruleLetter(found.rule) + QLatin1Char(' ') + found.text;
    if (const auto bounds = boundsOf(subject)) item.answers << QStringLiteral("↔ ") + bounds->text;
    const auto answered = [](const auto& curves) { return curves->isAnswered(); };
    const bool asked = subject.group ? std::ranges::all_of(subject.group->members(), answered)
                                     : answered(subject.entry->curves);
    if (item.answers.isEmpty() && asked) item.answers << tr("no suggestion");
    return item;
}

std::vector<Figure::LegendItem> Figure::legendItems(const FrameView& frame) const {
    std::vector<LegendItem> items;
    std::vector<LegendItem> others; // without a difference: they come last
    const bool tests = frame.place == PlotPlace::TestLoss;
    if (frame.place != legendPlace(tests)) return items;
    if (tests) {
        for (const Subject& subject : subjects()) items.push_back(testItem(subject));
        if (items.empty() || !isAnyTestValidated()) return items;
        const CurveLook look{m_theme.faintText, 0, m_theme.lineWidth, 1.0, 0};
        items.push_back({TestShapes::validationLook(look), tr("validation loss"), {}, {}, {}});
        return items;
    }
    for (const Entry* entry : m_shown) {
        const RunRecord& run = entry->run();
        if (run.isRangeTest() || !entry->drawn) continue;
        if (frame.place == PlotPlace::Loss && m_view.quantity == Quantity::Difference) {
            auto item = differenceItem(*entry, legendRoom(frame));
            if (item) (entry->difference ? items : others).push_back(std::move(*item));
            continue;
        }
        LegendItem item{entry->look, QString::fromStdString(run.config.name), {}, {run.id}, {}};
        const bool losses =
            frame.place == PlotPlace::Loss && m_view.quantity == Quantity::Loss && entry->curves->count() > 0;
        if (losses && entry->curves->lossExtent().low() > frame.y.range().second)
            item.found = QStringLiteral("↑"); // its curve lies above the frame
        items.push_back(std::move(item));
    }
    for (const SeedShape& group : m_groups) {
        const auto& members = group.members();
        LegendItem item{group.look(), groupName(*members.front().run, members.size()), {}, {}, {}};
        for (const SeedShape::Member& member : members) item.runs.push_back(member.run->id);
        items.push_back(std::move(item));
    }
    std::ranges::move(others, std::back_inserter(items));
    return items;
}

/// For the text of one of its lines: a dozen letters even where that covers most of a narrow frame.
double Figure::legendRoom(const FrameView& frame) const {
    const double share = std::max(frame.place == PlotPlace::TestLoss ? 0.9 * frame.rect.width() : 0.62 * frame.rect.width(),
                                  std::min(0.95 * frame.rect.width(), 9.0 * m_theme.fontPixels));
    return share - legendChip * m_theme.fontPixels - 3 * legendPad * m_theme.fontPixels;
}

/// How many rules' answers have room behind the names of all of them.
qsizetype Figure::answersThatFit(const std::vector<LegendItem>& items, double room) const {
    const QFontMetricsF metrics(m_theme.font(0.92));
    qsizetype most = std::numeric_limits<qsizetype>::max();
    for (const LegendItem& item : items) {
        double left = room - std::min(metrics.horizontalAdvance(item.text), leastName * m_theme.fontPixels);
        qsizetype fit = 0;
        for (const QString& answer : item.answers) {
            left -= metrics.horizontalAdvance(answerGap + answer);
            if (left < 0.0) break;
            ++fit;
        }
        if (fit < item.answers.size()) most = std::min(most, fit);
    }
    return most;
}

/// A line of the legend with its answers behind it, or in lines below where they have no room.
void Figure::addAnswers(LegendItem item, const FrameView& frame, LegendBox& box) const {
    const QFontMetricsF metrics(m_theme.font(0.92));
    const auto fits = [&](const QString& text, double width) { return metrics.horizontalAdvance(text) <= width; };
    const QStringList answers = std::exchange(item.answers, {});
    if (!item.found.isEmpty() && !fits(item.text + item.found, 0.8 * frame.rect.width() - 3.0 * m_theme.fontPixels)) {
        const QString found = std::exchange(item.found, QString());
        box.items.push_back(std::move(item));
        box.items.push_back({{}, found, {}, {}, {}});
        return;
    }
    const double room = legendRoom(frame);
    if (!answers.isEmpty()) item.found = answers.join(answerGap);
    const double name = std::min(metrics.horizontalAdvance(item.text), leastName * m_theme.fontPixels);
    if (answers.isEmpty() || fits(answerGap + item.found, room - name)) {
        box.items.push_back(std::move(item));
        return;
    }
    item.found.clear();
    box.items.push_back(std::move(item));
    const double wide = room + legendChip * m_theme.fontPixels; // without a piece of line
    QString line;
    for (const QString& answer : answers) {
        if (!line.isEmpty() && !fits(line + answerGap + answer, wide))
            box.items.push_back({{}, std::exchange(line, QString()), {}, {}, {}});
        line += (line.isEmpty() ? QString() : answerGap) + answer;
    }
    box.items.push_back({{}, line, {}, {}, {}});
}

/// Which shape is which rule, where the curves are too many for names beside them.
QString Figure::shapeKey() const {
    std::vector<std::string> rules;
    for (const Subject& subject : subjects())
        for (const Found& found : foundOf(subject))
            if (std::ranges::find(rules, found.rule) == rules.end()) rules.push_back(found.rule);
    QStringList key;
    for (const std::string& rule : rules) key << ruleLetter(rule) + QLatin1Char(' ') + ruleName(rule);
    return key.join(answerGap);
}

/// With the tests' answers, or without.
Figure::LegendBox Figure::makeLegend(const FrameView& frame, bool withAnswers) const {
    LegendBox box;
    const QFontMetricsF metrics(m_theme.font(0.92));
    std::vector<LegendItem> items = legendItems(frame);
    const bool inFull = withAnswers && items.size() <= mostInFull + (isAnyTestValidated() ? 1 : 0);
    const qsizetype answers = !withAnswers ? 0 : inFull ? 0 : answersThatFit(items, legendRoom(frame));
    for (LegendItem& item : items) {
        if (!inFull) item.answers.resize(std::min(item.answers.size(), answers));
        addAnswers(std::move(item), frame, box);
    }
    const bool unnamed = frame.place == PlotPlace::TestLoss && subjects().size() > mostInFull;
    if (const QString key = unnamed ? shapeKey() : QString(); !key.isEmpty()) box.items.push_back({{}, key, {}, {}, {}});
    if (box.items.empty()) return box;
    box.line = std::round(1.25 * metrics.height());
    const double pad = legendPad * m_theme.fontPixels;
    const auto room = static_cast<std::size_t>(std::max(1.0, (0.62 * frame.rect.height() - 2 * pad) / box.line));
    const std::size_t fits = std::min<std::size_t>(mostLegendLines, room);
    if (box.items.size() > fits) {
        const auto left = std::span(box.items).subspan(fits - 1);
        const auto more = static_cast<int>(std::ranges::count_if(left, &LegendItem::hasLine));
        box.items.resize(fits - 1);
        if (more > 0) box.items.push_back({{}, tr("and %n more", nullptr, more), {}, {}, {}});
    }
    const QSizeF size = fitLegend(legendRoom(frame), box);
    box.rect = QRectF(legendCorner(frame, size), size);
    return box;
}

/// Shortens its texts to what has room; returns the size that it takes.
QSizeF Figure::fitLegend(double room, LegendBox& box) const {
    const QFontMetricsF metrics(m_theme.font(0.92));
    const double chip = legendChip * m_theme.fontPixels;
    const double pad = legendPad * m_theme.fontPixels;
    double width = 0.0;
    for (LegendItem& item : box.items) {
        const QString found = item.found.isEmpty() ? QString() : answerGap + item.found;
        const double left = std::max(4.0 * m_theme.fontPixels, room - metrics.horizontalAdvance(found));
        const double whole = item.hasLine() ? room : room + chip; // without a piece of line it begins at the left
        const QString name = item.hasLine() ? metrics.elidedText(item.text, Qt::ElideMiddle, left) : item.text;
        item.text = metrics.elidedText(name + found, Qt::ElideRight, whole);
        width = std::max(width, metrics.horizontalAdvance(item.text) - (item.hasLine() ? 0.0 : chip));
    }
    return {width + chip + 3.4 * pad, static_cast<double>(box.items.size()) * box.line + 2 * pad};
}

/// How many of the rules' shapes it would hide there.
std::ptrdiff_t Figure::hiddenBy(const QRectF& legend) const {
    return std::ranges::count_if(m_notes.rules, [&](const RuleMark& mark) {
        return legend.adjusted(-4, -4, 4, 4).contains(mark.at);
    });
}

void Figure::placeLegend(const FrameView& frame) {
    LegendBox box = makeLegend(frame, true);
    if (box.items.empty()) return;
    // In a small frame the shapes on the curve say more than a text that covers them.
    if (frame.place == PlotPlace::TestLoss && hiddenBy(box.rect) > 0) box = makeLegend(frame, false);
    const double pad = legendPad * m_theme.fontPixels;
    for (std::size_t i = 0; i < box.items.size(); ++i)
        if (!box.items[i].runs.empty())
            m_legend.push_back({frame.place,
                                QRectF(box.rect.left(), box.rect.top() + pad + static_cast<double>(i) * box.line,
                                       box.rect.width(), box.line),
                                box.items[i].runs});
    m_notes.legends.push_back(std::move(box));
}

/// Where the curves of the usual shape are not: losses fall, range tests begin high on the left and end so on the right.
QPointF Figure::legendCorner(const FrameView& frame, const QSizeF& size) const {
    const double pad = legendPad * m_theme.fontPixels;
    const QRectF inside = frame.rect.adjusted(pad, pad, -pad - size.width(), -pad - size.height());
    if (frame.place != PlotPlace::TestLoss) {
        // Differences come back to 0 on the right, from above or from below.
        const bool low = frame.place == PlotPlace::Loss && m_comparing && frame.y.toPixel(0.0) < frame.rect.center().y();
        return low ? inside.bottomRight() : inside.topRight();
    }
    // Under what the rules have found it would hide that. Nothing moves while a test goes on.
    const auto goesOn = [](const Entry* entry) { return entry->run().isRangeTest() && !isOver(entry->run().state); };
    if (m_notes.rules.empty() || std::ranges::any_of(m_shown, goesOn)) return inside.topLeft();
    const double bars = m_notes.bounds.empty() ? 0.0 : frame.rect.bottom() - m_notes.bounds.back().y + pad;
    QPointF best = inside.topLeft();
    std::ptrdiff_t least = std::numeric_limits<std::ptrdiff_t>::max();
    for (const QPointF& corner : {inside.topLeft(), inside.topRight(), inside.bottomLeft() - QPointF(0.0, bars)}) {
        const std::ptrdiff_t hidden = hiddenBy({corner, size});
        if (hidden >= least) continue;
        least = hidden;
        best = corner;
    }
    return best;
}

void Figure::paintLegend(QPainter& painter, const LegendBox& box) const {
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        drawLegend(painter, box);
        return;
    }
    const double ratio = painter.deviceTransform().m11();
    const QRectF place(std::floor(box.rect.left() * ratio) / ratio, std::floor(box.rect.top() * ratio) / ratio,
                       box.rect.width() + 1, box.rect.height() + 1);
    if (box.image.isNull()) {
        box.image = QImage((place.size() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
        box.image.fill(Qt::transparent);
        QPainter drawn(&box.image);
        drawn.setRenderHint(QPainter::Antialiasing);
        drawn.scale(ratio, ratio);
        drawn.translate(-place.topLeft());
        drawLegend(drawn, box);
    }
    painter.drawImage(QRectF(place.topLeft(), QSizeF(box.image.size()) / ratio), box.image);
}

void Figure::drawLegend(QPainter& painter, const LegendBox& box) const {
    const double chip = legendChip * m_theme.fontPixels;
    const double pad = legendPad * m_theme.fontPixels;
    QColor background = m_theme.background;
    background.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(box.rect, 3, 3);
    painter.setFont(m_theme.font(0.92));
    double top = box.rect.top() + pad;
    for (const LegendItem& item : box.items) {
        const double left = box.rect.left() + pad;
        if (item.hasLine()) {
            QPen pen(item.look.color, item.look.lineWidth, Qt::SolidLine, Qt::FlatCap);
            const std::span<const float> pattern = dashPattern(item.look.dash);
            if (!pattern.empty()) pen.setDashPattern(QList<qreal>(pattern.begin(), pattern.end()));
            painter.setPen(pen);
            const double y = std::round(top + 0.5 * box.line);
            painter.drawLine(QPointF(left, y), QPointF(left + chip, y));
        }
        painter.setPen(item.runs.empty() ? m_theme.faintText : m_theme.text);
        painter.drawText(QRectF(item.hasLine() ? left + chip + pad : left, top, box.rect.width(), box.line),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, item.text);
        top += box.line;
    }
}

} // namespace ratescope
