// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/ribbon_raster.h"

#include "app/study/palette.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ratescope {

namespace {

constexpr float emptyTop = 1e9F; // a sample without curve: its interval is upside down
constexpr std::uint32_t one = 65535;
constexpr std::uint8_t everything = 0x0F; // all samples of a column

/// a·b of numbers that stand for 0 … 1.
std::uint16_t product(std::uint32_t a, std::uint32_t b) { return static_cast<std::uint16_t>((a * b + one / 2) / one); }

void blendPlane(std::uint16_t* plane, int count, std::uint16_t keep, std::uint16_t add) {
    for (int i = 0; i < count; ++i) plane[i] = static_cast<std::uint16_t>(((std::uint32_t(plane[i]) * keep) >> 16) + add);
}

/// Whether the pen is down after so many pixels of the curve.
bool isDown(std::span<const float> pattern, float unit, float period, double along) {
    const double turns = along / (static_cast<double>(unit) * period);
    auto rest = static_cast<float>((turns - std::floor(turns)) * period);
    std::size_t piece = 0;
    while (piece + 1 < pattern.size() && rest >= pattern[piece]) rest -= pattern[piece++];
    return piece % 2 == 0;
}

} // namespace

int RibbonRaster::reach(float width) { return static_cast<int>(std::ceil(0.5F * width)) + 2; }

void RibbonRaster::draw(QImage& image, int first, int last, std::span<const Ribbon> ribbons) {
    first = std::max(first, 0);
    last = std::min(last, image.width());
    if (first >= last || image.height() == 0) return;
    m_height = image.height();
    m_envelopes.clear();
    m_tops.clear();
    m_bottoms.clear();
    for (const Ribbon& ribbon : ribbons) makeEnvelope(ribbon, first, last);
    for (auto& plane : m_planes) plane.resize(static_cast<std::size_t>(tileColumns) * static_cast<std::size_t>(m_height));

    for (int tile = first; tile < last; tile += tileColumns) {
        const int count = std::min(tileColumns, last - tile);
        m_touchedTop = m_height;
        m_touchedBottom = 0;
        for (auto& plane : m_planes)
            std::memset(plane.data(), 0,
                        static_cast<std::size_t>(count) * static_cast<std::size_t>(m_height) * sizeof(std::uint16_t));
        for (std::size_t r = 0; r < ribbons.size(); ++r) {
            if (m_envelopes[r].empty) continue;
            const RibbonStyle& style = ribbons[r].style;
            const auto alpha = static_cast<std::uint32_t>(style.color.alpha()) * 257U;
            const Ink ink = {{static_cast<std::uint16_t>(alpha),
                              product(alpha, static_cast<std::uint32_t>(style.color.red()) * 257U),
                              product(alpha, static_cast<std::uint32_t>(style.color.green()) * 257U),
                              product(alpha, static_cast<std::uint32_t>(style.color.blue()) * 257U)}};
            const std::size_t offset = m_envelopes[r].offset + static_cast<std::size_t>((tile - first) * samples);
            for (int c = 0; c < count; ++c) {
                const std::size_t at = offset + static_cast<std::size_t>(c * samples);
                if (style.width > 0.0F)
                    drawColumn(c, &m_tops[at], &m_bottoms[at],
                               m_envelopes[r].masks.empty()
                                   ? everything
                                   : m_envelopes[r].masks[static_cast<std::size_t>(tile - first + c)],
                               ink);
                else drawArea(c, &m_tops[at], &m_bottoms[at], ink);
            }
        }
        writeTile(image, tile, count);
    }
}

/// The curve's intervals at samples −margin … count + margin of the columns from `first` on.
void RibbonRaster::sampleCurve(std::span<const RibbonPoint> points, int first, int count, int margin) {
    const int total = count + 2 * margin;
    m_curveTops.assign(static_cast<std::size_t>(total), emptyTop);
    m_curveBottoms.assign(static_cast<std::size_t>(total), -emptyTop);
    const auto set = [&](int i, float top, float bottom) {
        auto& t = m_curveTops[static_cast<std::size_t>(i)];
        auto& b = m_curveBottoms[static_cast<std::size_t>(i)];
        t = std::min(t, top);
        b = std::max(b, bottom);
    };
    // In double, where nothing is rounded: so a column looks the same whichever column the drawing begins with.
    const auto sampleOf = [&](float x) { return (static_cast<double>(x) - first) * samples - 0.5 + margin; };
    const float left = static_cast<float>(first) - static_cast<float>(margin + 1) / samples;
    auto it = std::ranges::lower_bound(points, left, {}, &RibbonPoint::x);
    if (it != points.begin()) --it;
    for (; it != points.end(); ++it) {
        if (std::isnan(it->top) || std::isnan(it->bottom)) continue;
        const double at = sampleOf(it->x);
        if (at > total) break;
        // The point itself, so that a single one is a dot and no peak falls between samples.
        const int nearest = static_cast<int>(std::floor(at + 0.5));
        if (nearest >= 0 && nearest < total) set(nearest, it->top, it->bottom);
        const auto next = it + 1;
        if (next == points.end() || std::isnan(next->top) || std::isnan(next->bottom)) continue;
        const double end = sampleOf(next->x);
        const auto perSample = static_cast<float>(1.0 / (end - at));
        const int from = std::max(0, static_cast<int>(std::ceil(at)));
        const int to = std::min(total - 1, static_cast<int>(std::floor(end)));
        for (int i = from; i <= to; ++i) {
            const float share = static_cast<float>(i - at) * perSample;
            set(i, it->top + share * (next->top - it->top), it->bottom + share * (next->bottom - it->bottom));
        }
    }
}

void RibbonRaster::makeEnvelope(const Ribbon& ribbon, int first, int last) {
    Envelope envelope;
    envelope.offset = m_tops.size();
    const float radius = 0.5F * ribbon.style.width;
    const int margin = static_cast<int>(radius * samples);
    const auto count = static_cast<std::size_t>((last - first) * samples);
    const float reachLeft = static_cast<float>(first) - radius - 1.0F;
    const std::span<const RibbonPoint> drawn = ribbon.drawn();
    envelope.empty =
        drawn.empty() || drawn.back().x < reachLeft || drawn.front().x > static_cast<float>(last) + radius + 1.0F;
    if (!envelope.empty && !dashPattern(ribbon.style.dash).empty()) envelope.masks = penMasks(ribbon, first, last);
    m_envelopes.push_back(std::move(envelope));
    if (m_envelopes.back().empty) return;
    const std::size_t offset = m_envelopes.back().offset;
    sampleCurve(drawn, first, static_cast<int>(count), margin);
    m_tops.resize(offset + count, emptyTop);
    m_bottoms.resize(offset + count, -emptyTop);
    float* tops = &m_tops[offset];
    float* bottoms = &m_bottoms[offset];
    for (int j = -margin; j <= margin; ++j) {
        const float along = static_cast<float>(j) / samples;
        const float half = std::sqrt(std::max(0.0F, radius * radius - along * along));
        const float* curveTops = m_curveTops.data() + j + margin;
        const float* curveBottoms = m_curveBottoms.data() + j + margin;
        for (std::size_t i = 0; i < count; ++i) tops[i] = std::min(tops[i], curveTops[i] - half);
        for (std::size_t i = 0; i < count; ++i) bottoms[i] = std::max(bottoms[i], curveBottoms[i] + half);
    }
}

/// For each column which of its samples the pen is down at: dashes are measured along the curve from its first point.
std::vector<std::uint8_t> RibbonRaster::penMasks(const Ribbon& ribbon, int first, int last) {
    const std::span<const float> pattern = dashPattern(ribbon.style.dash);
    float period = 0.0F;
    for (const float length : pattern) period += length;
    const float unit = std::max(ribbon.style.width, 1.0F);
    std::vector<std::uint8_t> masks(static_cast<std::size_t>(last - first), everything);
    double along = 0.0;
    for (std::size_t i = 0; i + 1 < ribbon.points.size(); ++i) {
        const RibbonPoint& a = ribbon.points[i];
        const RibbonPoint& b = ribbon.points[i + 1];
        const double step = std::sqrt(double(b.x - a.x) * (b.x - a.x) + double(b.top - a.top) * (b.top - a.top));
        if (std::isnan(step)) continue;
        const int from = std::max(first * samples, static_cast<int>(std::ceil(a.x * samples - 0.5F)));
        const int to = std::min(last * samples - 1, static_cast<int>(std::floor(b.x * samples - 0.5F)));
        for (int sample = from; sample <= to; ++sample) {
            const double share = ((static_cast<double>(sample) + 0.5) / samples - a.x) / (b.x - a.x);
            if (!isDown(pattern, unit, period, along + share * step))
                masks[static_cast<std::size_t>(sample / samples - first)] &=
                    static_cast<std::uint8_t>(~(1U << (sample % samples)));
        }
        along += step;
    }
    return masks;
}

void RibbonRaster::drawColumn(int column, const float* tops, const float* bottoms, std::uint32_t mask, const Ink& ink) {
    const auto height = static_cast<float>(m_height);
    float low = height;
    float high = 0.0F;
    float solidLow = 0.0F;
    float solidHigh = height;
    float top[samples];
    float bottom[samples];
    for (int k = 0; k < samples; ++k) {
        const bool drawn = (mask >> k & 1U) != 0 && bottoms[k] > tops[k];
        top[k] = drawn ? std::clamp(tops[k], 0.0F, height) : height;
        bottom[k] = drawn ? std::clamp(bottoms[k], 0.0F, height) : 0.0F;
        low = std::min(low, top[k]);
        high = std::max(high, bottom[k]);
        solidLow = std::max(solidLow, top[k]);
        solidHigh = std::min(solidHigh, bottom[k]);
    }
    if (low >= high) return;
    const int firstRow = static_cast<int>(low);
    const int lastRow = std::min(m_height, static_cast<int>(std::ceil(high)));
    m_touchedTop = std::min(m_touchedTop, firstRow);
    m_touchedBottom = std::max(m_touchedBottom, lastRow);
    const int solidFirst = std::clamp(static_cast<int>(std::ceil(solidLow)), firstRow, lastRow);
    const int solidLast = std::clamp(static_cast<int>(solidHigh), solidFirst, lastRow);
    const auto edge = [&](int row) {
        const auto y = static_cast<float>(row);
        float covered = 0.0F;
        for (int k = 0; k < samples; ++k) covered += std::max(0.0F, std::min(bottom[k], y + 1.0F) - std::max(top[k], y));
        blend(column, row, 1, ink, static_cast<std::uint32_t>(covered * (65535.0F / samples) + 0.5F));
    };
    for (int row = firstRow; row < solidFirst; ++row) edge(row);
    if (solidLast > solidFirst) blend(column, solidFirst, solidLast - solidFirst, ink, one);
    for (int row = solidLast; row < lastRow; ++row) edge(row);
}

/// The area between two edges, each at its mean height in the column: nobody sees more of a translucent band.
void RibbonRaster::drawArea(int column, const float* tops, const float* bottoms, const Ink& ink) {
    const auto height = static_cast<float>(m_height);
    float top = 0.0F;
    float bottom = 0.0F;
    int count = 0;
    for (int k = 0; k < samples; ++k) {
        if (bottoms[k] < tops[k]) continue;
        top += std::clamp(tops[k], 0.0F, height);
        bottom += std::clamp(bottoms[k], 0.0F, height);
        ++count;
    }
    if (count == 0) return;
    top /= static_cast<float>(count);
    bottom /= static_cast<float>(count);
    const int firstRow = std::min(m_height - 1, static_cast<int>(top));
    const int lastRow = std::min(m_height, static_cast<int>(std::ceil(bottom)));
    if (firstRow >= lastRow) return;
    m_touchedTop = std::min(m_touchedTop, firstRow);
    m_touchedBottom = std::max(m_touchedBottom, lastRow);
    const auto edge = [&](int row) {
        const auto y = static_cast<float>(row);
        const float covered = std::min(bottom, y + 1.0F) - std::max(top, y);
        blend(column, row, 1, ink,
              static_cast<std::uint32_t>(std::max(0.0F, covered) * (65535.0F * static_cast<float>(count) / samples) +
                                         0.5F));
    };
    edge(firstRow);
    if (lastRow - firstRow > 2)
        blend(column, firstRow + 1, lastRow - firstRow - 2, ink, one * static_cast<std::uint32_t>(count) / samples);
    if (lastRow - firstRow > 1) edge(lastRow - 1);
}

void RibbonRaster::blend(int column, int row, int rows, const Ink& ink, std::uint32_t coverage) {
    if (coverage == 0) return;
    const std::size_t at =
        static_cast<std::size_t>(column) * static_cast<std::size_t>(m_height) + static_cast<std::size_t>(row);
    const auto keep = static_cast<std::uint16_t>(one - product(ink.channel[0], coverage));
    for (int i = 0; i < 4; ++i) blendPlane(&m_planes[i][at], rows, keep, product(ink.channel[i], coverage));
}

void RibbonRaster::writeTile(QImage& image, int first, int count) {
    const auto height = static_cast<std::size_t>(m_height);
    const auto eight = [](std::uint32_t value) { return (value * 255U + 32768U) >> 16; };
    std::uint32_t rowOfPixels[tileColumns];
    unsigned char* const pixels = image.bits();
    const qsizetype stride = image.bytesPerLine();
    for (int y = 0; y < m_height; ++y) {
        auto* target = reinterpret_cast<std::uint32_t*>(pixels + y * stride) + first;
        if (y < m_touchedTop || y >= m_touchedBottom) {
            std::memset(target, 0, static_cast<std::size_t>(count) * sizeof(std::uint32_t));
            continue;
        }
        for (int c = 0; c < count; ++c) {
            const std::size_t at = static_cast<std::size_t>(c) * height + static_cast<std::size_t>(y);
            rowOfPixels[c] = eight(m_planes[0][at]) << 24 | eight(m_planes[1][at]) << 16 | eight(m_planes[2][at]) << 8 |
                             eight(m_planes[3][at]);
        }
        std::memcpy(target, rowOfPixels, static_cast<std::size_t>(count) * sizeof(std::uint32_t));
    }
}

} // namespace ratescope
