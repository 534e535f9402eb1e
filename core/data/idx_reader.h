// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace ratescope {

/// Grey images of unsigned bytes, row-major, one after the other: count × rows × columns.
struct IdxImages {
    std::uint32_t count = 0;
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::vector<std::uint8_t> pixels;
};

/// The first words of an IDX file.
struct IdxHeader {
    std::uint32_t count = 0;
    std::uint32_t rows = 0;    ///< 0 in a file of labels
    std::uint32_t columns = 0; ///< 0 in a file of labels
};

/// Largest count and image side that the reader accepts: far beyond any set of MNIST's kind, small enough for memory.
inline constexpr std::uint32_t idxMaximumCount = 1'000'000;
inline constexpr std::uint32_t idxMaximumSide = 256;
inline constexpr std::uint64_t idxMaximumBytes = std::uint64_t(1) << 30;

/// Readers of the IDX format (LeCun's MNIST page): big-endian magic 0x00000803 (images) or 0x00000801 (labels), sizes,
/// unsigned bytes. `path` may be raw or gzip, told by content, not by name. Magic, dimensions and counts are checked
/// before memory is taken; inflation is bounded by the size that the header promises. They block for the time of the
/// read and throw ratescope::Error naming the file and the fault.
IdxImages readIdxImages(const std::filesystem::path& path);

/// Labels, one byte a sample, each 0–9.
std::vector<std::uint8_t> readIdxLabels(const std::filesystem::path& path);

/// The header alone of a file of images or of labels, which has to be an ordinary one: the first look at a dataset does not
/// wait for a pipe.
IdxHeader readIdxImageHeader(const std::filesystem::path& path);
IdxHeader readIdxLabelHeader(const std::filesystem::path& path);

} // namespace ratescope
