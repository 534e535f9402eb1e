// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/random.h"
#include "core/network/network.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

/// Random images with random labels: `percent` of the pixels are not 0, every fourth image row is blank, and of seven images
/// one is. `sparse` is left empty.
inline ratescope::SampleSet makeImages(std::uint32_t count, std::uint32_t rows, std::uint32_t columns, std::uint64_t seed,
                                       std::uint32_t percent = 85) {
    ratescope::SampleSet set{rows, columns, {}, {}, {}};
    ratescope::RandomStream stream(seed, "test images");
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t blank = stream.below(4);
        for (std::uint32_t y = 0; y < rows; ++y)
            for (std::uint32_t x = 0; x < columns; ++x) {
                const bool zero = y % 4 == blank || i % 7 == 6 || stream.below(100) >= percent;
                set.pixels.push_back(zero ? std::uint8_t(0) : static_cast<std::uint8_t>(1 + stream.below(255)));
            }
        set.labels.push_back(static_cast<std::uint8_t>(stream.below(10)));
    }
    return set;
}

/// The same set with the list of its pixels.
inline ratescope::SampleSet withSparsePixels(ratescope::SampleSet set) {
    set.sparse = ratescope::SparsePixels(set.pixels, set.rows, set.columns);
    return set;
}

/// 0 … count − 1, backwards, so that a batch's row is not its sample's number.
inline std::vector<std::uint32_t> backwards(std::uint32_t count) {
    std::vector<std::uint32_t> samples(count);
    std::iota(samples.rbegin(), samples.rend(), 0U);
    return samples;
}

/// Every weight and bias uniform in ±√(3/fan in), biases in ±0.5.
inline void fillRandomly(ratescope::Network& network, std::uint64_t seed) {
    std::uint64_t index = 0;
    for (const ratescope::ParameterView& view : network.parameters()) {
        ratescope::RandomStream stream(seed, "test weights", index++);
        const float limit = view.shape.size() < 2 ? 0.5F : static_cast<float>(std::sqrt(3.0 / view.fanIn()));
        std::vector<float> values(static_cast<std::size_t>(view.count()));
        for (float& value : values) value = stream.uniform(-limit, limit);
        assign(view, values);
    }
    network.weightsChanged();
}

inline ratescope::Network makeNetwork(const std::string& layers, std::uint32_t rows, std::uint32_t columns,
                                      ratescope::NetworkUse use, std::uint64_t weightSeed = 1) {
    ratescope::Network network(ratescope::parseLayerList(layers), ratescope::imageShape(rows, columns), std::move(use));
    fillRandomly(network, weightSeed);
    return network;
}

/// A use for batches of that size with up to three workers.
inline ratescope::NetworkUse useFor(std::size_t batch, ratescope::Loss loss = ratescope::Loss::CrossEntropy) {
    const auto samples = static_cast<std::uint32_t>(batch);
    return {.trainingBatch = samples, .evaluationBatch = samples, .loss = loss, .workers = 3};
}

/// Every float of every gradient, padding too, as bits: NaN equals itself and −0 is not 0.
inline std::vector<std::uint32_t> gradientBits(const ratescope::Network& network) {
    std::vector<std::uint32_t> bits;
    for (const ratescope::ParameterView& view : network.parameters())
        for (const float value : view.gradients) bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

inline std::vector<std::uint32_t> weightBits(const ratescope::Network& network) {
    std::vector<std::uint32_t> bits;
    for (const float value : network.weights()) bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

/// Which floats of a tensor are padding.
inline std::vector<bool> paddingOf(const ratescope::ParameterView& view) {
    std::vector<bool> padding(view.values.size(), true);
    view.forEach([&](std::size_t place) { padding[place] = false; });
    return padding;
}
