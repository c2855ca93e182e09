// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace simclr {

/// CRC-32 as in ZIP, PNG and gzip.
std::uint32_t crc32(std::string_view bytes);

} // namespace simclr
