// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_source.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// The unsigned bytes at `begin`, `begin` + `step`, …: `count` labels. Throws IoError, and InvalidInput if
/// the source has fewer.
std::vector<std::int32_t> labelBytes(const ByteSource &source, std::uint64_t begin, std::uint64_t step,
                                     std::uint32_t count);

} // namespace simclr
