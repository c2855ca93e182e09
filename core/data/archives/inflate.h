// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace simclr {

/// Unpacks raw deflate data (RFC 1951) that has exactly `bytes` unpacked bytes. Throws InvalidInput ("is
/// damaged: …") if it does not.
std::string inflated(std::string_view packed, std::size_t bytes);

/// CRC-32 as in ZIP.
std::uint32_t checksumOf(std::string_view bytes);

} // namespace simclr
