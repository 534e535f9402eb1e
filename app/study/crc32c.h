// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace ratescope {

/// The CRC-32C (Castagnoli) of the bytes; `before`: of those that came before them, 0 for none.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

/// As TFRecord files keep it: turned and shifted, so that sums of data that holds sums stay good.
std::uint32_t maskedCrc32c(std::uint32_t crc);

} // namespace ratescope
