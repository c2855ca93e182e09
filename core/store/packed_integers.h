// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/byte_reader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace simclr {

// Sequences of 64-bit numbers in few bytes, exactly. All arithmetic is modulo 2^64, so that signed numbers
// and the bit patterns of doubles may be packed as well: those of increasing doubles increase.
//
// One byte names the form:
//   0  run          first, increment: 8 bytes each, little-endian; number i is first + i · increment
//   1  differences  for each number, by how much its difference to the previous one differs from the previous
//                   difference (both begin at 0), as a varint; even ones are 0, 1, 2, …, odd ones −1, −2, …
//   2  raw          8 bytes each, little-endian
// The count is stored elsewhere.

/// Appends the numbers in the shortest form.
void appendPacked(std::string &bytes, std::span<const std::uint64_t> numbers);

/// Reads `count` numbers. Throws DamagedRecord. The caller limits the count: a run of any length has 17
/// bytes.
std::vector<std::uint64_t> readPacked(ByteReader &bytes, std::size_t count);

/// Appends the lowest `width` bytes of a number, the lowest first.
void appendLittleEndian(std::string &bytes, std::uint64_t number, unsigned width);

} // namespace simclr
