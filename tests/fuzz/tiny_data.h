// SPDX-License-Identifier: GPL-3.0-or-later
// A dataset of four tiny files, for experiments to speak of.
#pragma once

#include "tests/fuzz/fuzz_target.h"

namespace fuzz {

/// An IDX file of so many images of 4 × 5 pixels, or of their labels.
inline std::string tinyIdx(bool images, std::uint32_t count) {
    std::string bytes;
    const auto word = [&](std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    };
    word(images ? 0x803 : 0x801);
    word(count);
    if (images) {
        word(4);
        word(5);
    }
    for (std::uint32_t i = 0; i < count * (images ? 20 : 1); ++i) bytes += static_cast<char>(images ? i * 7 : i % 10);
    return bytes;
}

/// Under resources/mnist, where a catalog looks for MNIST. Returns the resources.
inline std::filesystem::path writeTinyData(const Scratch& scratch) {
    std::filesystem::create_directories(scratch / "resources/mnist");
    scratch.write("resources/mnist/train-images-idx3-ubyte", tinyIdx(true, 200));
    scratch.write("resources/mnist/train-labels-idx1-ubyte", tinyIdx(false, 200));
    scratch.write("resources/mnist/t10k-images-idx3-ubyte", tinyIdx(true, 40));
    scratch.write("resources/mnist/t10k-labels-idx1-ubyte", tinyIdx(false, 40));
    return scratch / "resources";
}

} // namespace fuzz
