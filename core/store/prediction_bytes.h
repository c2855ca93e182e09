// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// Numbers as they are stored: four bytes each, little-endian.
std::string toBytes(const std::vector<std::int32_t> &numbers);

/// Throws DamagedRecord if the length is not a multiple of four.
std::vector<std::int32_t> fromBytes(const std::string &bytes);

} // namespace simclr
