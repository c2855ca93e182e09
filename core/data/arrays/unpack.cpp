// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/unpack.h"

#include "core/util/error.h"

#include <algorithm>
#include <vector>
#include <zlib.h>

namespace simclr {

namespace {

constexpr std::size_t pieceBytes = 256 << 10;
constexpr std::uint64_t harmlessBytes = 256 << 20;
constexpr std::uint64_t mostExpansion = 100;

/// zlib's state for one stream of packed bytes, unpacked piece by piece.
class Inflater {
  public:
    explicit Inflater(const PackedBytes &packed) : m_packed(packed), m_in(pieceBytes), m_out(pieceBytes) {
        constexpr int gzipWindow = 15 + 16;
        constexpr int rawWindow = -15;
        if (inflateInit2(&m_stream, packed.packing == Packing::Gzip ? gzipWindow : rawWindow) != Z_OK)
            throw std::bad_alloc();
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// The next unpacked bytes; empty at the end.
    std::string_view next() {
        m_stream.next_out = reinterpret_cast<Bytef *>(m_out.data());
        m_stream.avail_out = static_cast<uInt>(m_out.size());
        while (m_stream.avail_out == m_out.size() && !m_isAtEnd)
            step();
        return {m_out.data(), m_out.size() - m_stream.avail_out};
    }

  private:
    void step() {
        if (m_stream.avail_in == 0)
            fill();
        if (m_stream.avail_in == 0)
            throw InvalidInput("is truncated: its packed data ends early");
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END)
            return endMember();
        if (result != Z_OK && result != Z_BUF_ERROR)
            throw InvalidInput("has corrupt packed data");
    }

    void fill() {
        const std::size_t count = std::min<std::uint64_t>(m_in.size(), m_packed.size - m_done);
        m_packed.source.read(m_packed.begin + m_done, m_in.data(), count);
        m_done += count;
        m_stream.next_in = reinterpret_cast<Bytef *>(m_in.data());
        m_stream.avail_in = static_cast<uInt>(count);
    }

    /// Another gzip member may follow; anything else after the last one is padding.
    void endMember() {
        if (m_stream.avail_in == 0)
            fill();
        constexpr unsigned char gzipMagic = 0x1F;
        m_isAtEnd =
            m_packed.packing == Packing::Deflate || m_stream.avail_in == 0 || *m_stream.next_in != gzipMagic;
        if (!m_isAtEnd)
            inflateReset(&m_stream);
    }

    PackedBytes m_packed;
    std::vector<char> m_in;
    std::vector<char> m_out;
    z_stream m_stream{};
    std::uint64_t m_done = 0;
    bool m_isAtEnd = false;
};

} // namespace

std::string unpackedStart(const PackedBytes &packed, std::size_t count) {
    Inflater inflater(packed);
    std::string start;
    while (start.size() < count) {
        const std::string_view bytes = inflater.next();
        if (bytes.empty())
            break;
        start += bytes.substr(0, count - start.size());
    }
    return start;
}

ByteSourcePtr unpackedBytes(const PackedBytes &packed, std::uint64_t expected, const SpoolPlace &place) {
    if (expected > harmlessBytes && expected / mostExpansion > packed.size)
        throw InvalidInput("expands to more than 100 times its size, as a decompression bomb does");
    Inflater inflater(packed);
    ByteSpool spool(place, expected);
    for (std::string_view bytes = inflater.next(); !bytes.empty(); bytes = inflater.next()) {
        spool.append(bytes);
        if (spool.size() > expected)
            throw InvalidInput("unpacks to more than the expected " + std::to_string(expected) + " bytes");
    }
    if (spool.size() < expected)
        throw InvalidInput("is truncated: it unpacks to " + std::to_string(spool.size()) + " instead of " +
                           std::to_string(expected) + " bytes");
    return spool.finish();
}

} // namespace simclr
