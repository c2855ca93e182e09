// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/inflate.h"

#include "core/util/error.h"

#include <limits>
#include <zlib.h>

namespace simclr {

namespace {

/// Ends the stream of zlib in every case.
struct Inflater {
    Inflater() {
        constexpr int rawDeflate = -15; // negative: without header; 2^15 bytes of window
        if (inflateInit2(&stream, rawDeflate) != Z_OK)
            throw ComputationError("zlib cannot be started: not enough memory");
    }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    z_stream stream{};
};

} // namespace

std::string inflated(std::string_view packed, std::size_t bytes) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    if (packed.size() > most || bytes >= most)
        throw InvalidInput("is too large to be unpacked");
    Inflater inflater;
    std::string result(bytes + 1, '\0'); // one more shows that there are too many
    z_stream &stream = inflater.stream;
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    if (inflate(&stream, Z_FINISH) != Z_STREAM_END || stream.total_out != bytes)
        throw InvalidInput("is damaged: its compressed data cannot be unpacked");
    result.resize(bytes);
    return result;
}

std::uint32_t checksumOf(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

} // namespace simclr
