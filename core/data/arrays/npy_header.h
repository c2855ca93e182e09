// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// The header of a NumPy array file, format versions 1 to 3 (NEP 1).
struct NpyHeader {
    char kind = 0;             ///< of the values: 'u' unsigned, 'i' signed, 'b' bool, 'f' floating point
    std::size_t itemBytes = 0; ///< of one value
    bool isBigEndian = false;
    bool isFortranOrder = false; ///< the first index varies fastest
    std::vector<std::uint64_t> shape;
    std::size_t headerBytes = 0; ///< where the values begin

    /// Number of values, and of all their bytes.
    std::uint64_t count() const;
    std::uint64_t byteCount() const { return count() * itemBytes; }
};

/// The longest header that is read; those of plain arrays have 128 bytes.
inline constexpr std::size_t longestNpyHeader = 1 << 16;

/// Reads the header at the start of `bytes`. Nothing in it is run. Throws InvalidInput, worded to follow the
/// array's name: no array file, another version, Python objects, records, text, a size that overflows.
NpyHeader readNpyHeader(std::string_view bytes);

} // namespace simclr
