// SPDX-License-Identifier: GPL-3.0-or-later
// Images and labels, raw and compressed.
#include "core/data/dataset.h"
#include "core/data/idx_reader.h"
#include "tests/fuzz/fuzz_gzip.h"
#include "tests/fuzz/fuzz_target.h"

#include <cstring>

using namespace ratescope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fuzz::Scratch scratch;
    const std::filesystem::path path = scratch.write("train-images-idx3-ubyte", fuzz::textOf(data, size));
    IdxHeader header;
    IdxImages images;
    const bool isHeader = fuzz::takes(path.string(), [&] { header = readIdxImageHeader(path); });
    if (fuzz::takes(path.string(), [&] { images = readIdxImages(path); })) {
        fuzz::expect(isHeader && header.count == images.count && header.rows == images.rows && header.columns == images.columns,
                     "images are not as many or as large as their header says");
        fuzz::expect(images.count >= 1 && images.pixels.size() == std::size_t(images.count) * images.rows * images.columns,
                     "pixels and sizes do not match");
        SparsePixels sparse(images.pixels, images.rows, images.columns);
    }
    std::vector<std::uint8_t> labels;
    const bool isLabelHeader = fuzz::takes(path.string(), [&] { header = readIdxLabelHeader(path); });
    if (fuzz::takes(path.string(), [&] { labels = readIdxLabels(path); })) {
        fuzz::expect(isLabelHeader && header.count == labels.size(), "labels are not as many as their header says");
        for (const std::uint8_t label : labels) fuzz::expect(label <= 9, "a label is no digit");
    }
    return 0;
}

/// Half of what is compressed is changed inside.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    constexpr std::size_t mostInside = 1 << 16;
    const auto inside = seed % 2 == 0 ? fuzz::inflated(fuzz::textOf(data, size), fuzz::gzipWindow, mostInside) : std::nullopt;
    if (!inside) return LLVMFuzzerMutate(data, size, most);
    std::string bytes = *inside;
    bytes.resize(inside->size() + 64);
    bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), inside->size(), bytes.size()));
    const std::string packed = fuzz::deflated(bytes, fuzz::gzipWindow);
    if (packed.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, packed.data(), packed.size());
    return packed.size();
}
