// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// Numbers as they are stored: four bytes each, the lowest first.
std::string toBytes(const std::vector<std::int32_t> &numbers);

/// Throws DamagedRecord where the length is no multiple of four.
std::vector<std::int32_t> fromBytes(const std::string &bytes);

} // namespace simclr
