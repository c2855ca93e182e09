// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace simclr {

/// CRC-32C (Castagnoli) of these bytes, as in RFC 3720, appendix B.4.
std::uint32_t crc32c(std::string_view bytes);

/// The same rotated and offset, as TFRecord files store it, so that a checksum over data that contains
/// checksums is still a good one.
std::uint32_t maskedCrc32c(std::string_view bytes);

} // namespace simclr
