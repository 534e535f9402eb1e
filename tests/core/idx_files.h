// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zlib.h>

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

inline Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// Big-endian, as IDX has it.
inline Bytes words(std::initializer_list<std::uint32_t> values) {
    Bytes bytes;
    for (const std::uint32_t value : values)
        for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    return bytes;
}

/// Pixels without a pattern that would hide a shift.
inline Bytes somePixels(std::size_t count) {
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * i * 31 + i * 7 + (i >> 8));
    return bytes;
}

inline Bytes someLabels(std::size_t count) {
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>((i * 7 + i / 10) % 10);
    return bytes;
}

inline Bytes idxImages(std::uint32_t count, std::uint32_t rows, std::uint32_t columns) {
    return joined({words({0x803, count, rows, columns}), somePixels(std::size_t(count) * rows * columns)});
}

inline Bytes idxLabels(std::uint32_t count) {
    return joined({words({0x801, count}), someLabels(count)});
}

/// `bytes` as a .gz file holds them.
inline Bytes gzipped(const Bytes& bytes) {
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY);
    Bytes out(deflateBound(&stream, static_cast<uLong>(bytes.size())));
    stream.next_in = const_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// A folder that goes away with the test.
class TestFolder {
public:
    std::filesystem::path path(const std::string& name = {}) const {
        const std::filesystem::path folder = m_folder.path().toStdString();
        return name.empty() ? folder : folder / name;
    }

    std::filesystem::path write(const std::string& name, const Bytes& bytes) const {
        std::ofstream file(path(name), std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return path(name);
    }

    /// The four files of a dataset. `gzip`: bit i compresses file i (training images, their labels, test images,
    /// labels).
    void writeDataset(std::uint32_t train, std::uint32_t test, std::uint32_t rows, std::uint32_t columns,
                      int gzip = 0) const {
        const std::string names[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                     "t10k-labels-idx1-ubyte"};
        const Bytes contents[] = {idxImages(train, rows, columns), idxLabels(train), idxImages(test, rows, columns),
                                  idxLabels(test)};
        for (int i = 0; i < 4; ++i) {
            if ((gzip >> i & 1) != 0)
                write(names[i] + ".gz", gzipped(contents[i]));
            else
                write(names[i], contents[i]);
        }
    }

private:
    QTemporaryDir m_folder;
};
