// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace ratescope {

/// What a layer hands on for each sample: an image of `height` × `width` positions with `channels` values each, the
/// channels of a position side by side. A plain vector is one position with as many channels as it has values.
struct Shape {
    std::int64_t height = 1;
    std::int64_t width = 1;
    std::int64_t channels = 0;
    bool grey = false; ///< an image of one channel as it comes from the data: its pixels lie close together
    bool operator==(const Shape&) const = default;

    std::int64_t positions() const { return height * width; }
    std::int64_t values() const { return positions() * channels; }
    bool isVector() const { return positions() == 1; }

    /// Floats from one position to the next: whole lines of 16, but for grey images.
    std::int64_t channelStride() const { return grey ? 1 : (channels + 15) / 16 * 16; }
    /// Floats of a sample in memory: a whole number of lines.
    std::int64_t stride() const { return (positions() * channelStride() + 15) / 16 * 16; }
};

} // namespace ratescope
