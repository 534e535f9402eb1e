// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/plots/ribbon.h"

#include <QImage>

#include <cstdint>
#include <span>
#include <vector>

namespace ratescope {

/// Draws ribbons into a picture, antialiased, column by column, so that a few columns can be drawn anew while a curve
/// grows. A pen's stroke is the curve dilated by a disc, computed at four places a column: what a stroker with round
/// joins draws, at a cost that depends neither on the pen's width nor on how wildly the curve swings.
class RibbonRaster {
public:
    /// Clears the columns [first, last) of `image` (ARGB32_Premultiplied) and draws the part of the ribbons that lies there,
    /// the first ribbon lowest. Integer arithmetic on 16 bits a channel: the same pixels on every machine.
    void draw(QImage& image, int first, int last, std::span<const Ribbon> ribbons);

    /// How far a ribbon of that pen reaches beyond its points, in columns.
    static int reach(float width);

private:
    static constexpr int samples = 4;      ///< of a column
    static constexpr int tileColumns = 16; ///< a cache line of pixels

    struct Envelope {
        std::size_t offset = 0; ///< of its first sample in m_tops and m_bottoms
        bool empty = true;
        std::vector<std::uint8_t> masks; ///< of a dashed ribbon: for each column the samples that are drawn
    };
    struct Ink {
        std::uint16_t channel[4] = {}; ///< alpha, red, green, blue, premultiplied
    };

    static std::vector<std::uint8_t> penMasks(const Ribbon& ribbon, int first, int last);
    void makeEnvelope(const Ribbon& ribbon, int first, int last);
    void sampleCurve(std::span<const RibbonPoint> points, int first, int count, int margin);
    void drawColumn(int column, const float* tops, const float* bottoms, std::uint32_t mask, const Ink& ink);
    void drawArea(int column, const float* tops, const float* bottoms, const Ink& ink);
    void blend(int column, int row, int rows, const Ink& ink, std::uint32_t coverage);
    void writeTile(QImage& image, int first, int count);

    int m_height = 0;
    int m_touchedTop = 0;    ///< rows of the tile that anything was drawn on
    int m_touchedBottom = 0;
    std::vector<Envelope> m_envelopes;
    std::vector<float> m_tops;
    std::vector<float> m_bottoms;
    std::vector<float> m_curveTops;
    std::vector<float> m_curveBottoms;
    std::vector<std::uint16_t> m_planes[4];
};

} // namespace ratescope
