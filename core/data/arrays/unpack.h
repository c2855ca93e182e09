// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/arrays/byte_spool.h"

#include <cstdint>
#include <string>

namespace simclr {

enum class Packing {
    Gzip,    ///< RFC 1952, also several members one after the other
    Deflate, ///< RFC 1951, as in ZIP archives
};

/// Packed bytes of a source.
struct PackedBytes {
    const ByteSource &source;
    std::uint64_t begin;
    std::uint64_t size;
    Packing packing;
};

/// The first `count` unpacked bytes, or fewer if there are fewer. Throws InvalidInput, worded to follow a
/// file's name, if the data is corrupt before that.
std::string unpackedStart(const PackedBytes &packed, std::size_t count);

/// All unpacked bytes, in memory or in a temporary file. Throws InvalidInput, worded to follow a file's name,
/// if they are not exactly `expected` bytes, as soon as this is known, or if more than 256 MiB are expected
/// and more than 100 times the packed bytes; IoError.
ByteSourcePtr unpackedBytes(const PackedBytes &packed, std::uint64_t expected, const SpoolPlace &place);

} // namespace simclr
