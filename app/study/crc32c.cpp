// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

namespace ratescope {

namespace {

constexpr std::size_t stride = 8;
using Table = std::array<std::array<std::uint32_t, 256>, stride>;

/// tables[n][b]: what a byte b does that n more bytes follow, so that eight are taken at once.
constexpr Table tables = [] {
    Table made{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
        made[0][byte] = crc;
    }
    for (std::size_t n = 1; n < stride; ++n)
        for (std::size_t byte = 0; byte < 256; ++byte)
            made[n][byte] = (made[n - 1][byte] >> 8) ^ made[0][made[n - 1][byte] & 0xFF];
    return made;
}();

} // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before) {
    static_assert(std::endian::native == std::endian::little);
    std::uint32_t crc = ~before;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= stride; left -= stride, at += stride) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at, stride);
        eight ^= crc;
        crc = 0;
        for (std::size_t i = 0; i < stride; ++i) crc ^= tables[stride - 1 - i][(eight >> (8 * i)) & 0xFF];
    }
    for (; left > 0; --left, ++at) crc = (crc >> 8) ^ tables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
    return ~crc;
}

std::uint32_t maskedCrc32c(std::uint32_t crc) {
    return std::rotr(crc, 15) + 0xA282EAD8U;
}

} // namespace ratescope
