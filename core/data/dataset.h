// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/sparse_pixels.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace ratescope {

/// Images with their labels. Pixels stay bytes (0–255, row-major, one sample after the other); a batch turns them
/// into x/255 as it is gathered, which keeps MNIST at 55 MB instead of 220.
struct SampleSet {
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> labels;
    SparsePixels sparse; ///< the same pixels as a list, where that is shorter; may be empty

    std::uint32_t size() const { return static_cast<std::uint32_t>(labels.size()); }
    std::uint32_t features() const { return rows * columns; }
    std::span<const std::uint8_t> image(std::uint32_t index) const {
        return std::span(pixels).subspan(std::size_t(index) * features(), features());
    }
};

/// A training and a test set whose images are of one size. Never changed once loaded, so that all runs share it.
struct Dataset {
    SampleSet train;
    SampleSet test;
};

/// How large a dataset is, as its files' headers say: enough to check a configuration without reading the rest.
struct DatasetInfo {
    std::uint32_t trainCount = 0;
    std::uint32_t testCount = 0;
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
};

/// Reads the four IDX files of a folder (`train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`,
/// `t10k-labels-idx1-ubyte`, each raw or with .gz). Blocks: about a third of a second for MNIST.
/// Throws ratescope::Error naming the file and what is wrong with it.
Dataset loadDataset(const std::filesystem::path& folder);

/// Reads the four headers and checks them against each other. Throws as loadDataset does.
DatasetInfo readDatasetInfo(const std::filesystem::path& folder);

/// out = pixels/255, correctly rounded. Both of the same length.
void scalePixels(std::span<const std::uint8_t> pixels, std::span<float> out);

} // namespace ratescope
