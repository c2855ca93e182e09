// SPDX-License-Identifier: GPL-3.0-or-later
// BMP of 1 to 32 bits, with palettes, masks and run-length coded rows.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"

#include <algorithm>
#include <array>
#include <bit>

namespace simclr {

namespace {

using namespace std::string_view_literals;

enum Compression : unsigned { None = 0, Runs8 = 1, Runs4 = 2, Masks = 3, MasksWithAlpha = 6 };

constexpr std::size_t fileHeaderBytes = 14;

/// The headers before the pixels.
struct BmpHeader {
    ImageSize size;
    bool isTopDown = false;
    unsigned headerBytes = 0;
    unsigned pixelsAt = 0;
    unsigned bits = 0;
    unsigned compression = None;
    unsigned colors = 0; ///< in the palette

    bool isOld() const { return headerBytes == 12; }
    bool isCoded() const { return compression == Runs8 || compression == Runs4; }
    std::size_t colorBytes() const { return isOld() ? 3 : 4; }
    std::uint64_t paletteAt() const { return fileHeaderBytes + headerBytes; }
    std::uint64_t rowBytes() const { return (static_cast<std::uint64_t>(size.width) * bits + 31) / 32 * 4; }
};

bool recognises(std::string_view bytes) {
    return bytes.starts_with("BM"sv);
}

std::optional<BmpHeader> readHeader(std::string_view bytes) {
    if (bytes.size() < 54 && (bytes.size() < 26 || littleEndian(bytes, 14, 4) != 12))
        return std::nullopt;
    BmpHeader header;
    header.headerBytes = littleEndian(bytes, 14, 4);
    header.pixelsAt = littleEndian(bytes, 10, 4);
    unsigned width = littleEndian(bytes, 18, header.isOld() ? 2 : 4);
    unsigned height = littleEndian(bytes, header.isOld() ? 20 : 22, header.isOld() ? 2 : 4);
    header.isTopDown = height > 0x7FFFFFFF;
    const auto size = sizeOf(width, header.isTopDown ? 0u - height : height);
    if (!size || (!header.isOld() && header.headerBytes < 40))
        return std::nullopt;
    header.size = *size;
    header.bits = littleEndian(bytes, header.isOld() ? 24 : 28, 2);
    header.compression = header.isOld() ? None : littleEndian(bytes, 30, 4);
    header.colors = header.isOld() ? 0 : littleEndian(bytes, 46, 4);
    if (header.bits <= 8 && header.colors == 0)
        header.colors = 1u << header.bits;
    return header;
}

std::optional<ImageHeader> header(std::string_view bytes) {
    const auto found = readHeader(bytes);
    return found ? std::optional(ImageHeader{found->size}) : std::nullopt;
}

bool isKnownKind(const BmpHeader &header) {
    switch (header.compression) {
    case None:
        return header.bits == 1 || header.bits == 4 || header.bits == 8 || header.bits == 16 ||
               header.bits == 24 || header.bits == 32;
    case Runs8:
        return header.bits == 8;
    case Runs4:
        return header.bits == 4;
    case Masks:
    case MasksWithAlpha:
        return header.bits == 16 || header.bits == 32;
    default:
        return false;
    }
}

/// Finds a file that is shorter than its header states. For run-length coded rows, only decoding finds this.
void check(std::string_view bytes) {
    const BmpHeader header = *readHeader(bytes);
    if (!isKnownKind(header) || (header.bits <= 8 && header.colors > 256))
        throw FormatError("is a BMP of an unsupported kind");
    const std::uint64_t palette = header.bits <= 8 ? header.colors * header.colorBytes() : 0;
    const std::uint64_t pixels =
        header.isCoded() ? 0 : header.rowBytes() * static_cast<std::uint64_t>(header.size.height);
    if (header.paletteAt() + palette > bytes.size() || header.pixelsAt + pixels > bytes.size())
        throw FormatError("is truncated: the end of the image is missing");
}

using Color = std::array<std::uint8_t, 3>;

std::vector<Color> paletteOf(std::string_view bytes, const BmpHeader &header) {
    std::vector<Color> colors(256); // black for an index beyond the palette
    for (std::size_t i = 0; i < header.colors; ++i) {
        const std::size_t at = header.paletteAt() + i * header.colorBytes(); // blue, green, red
        for (std::size_t channel = 0; channel < 3; ++channel)
            colors[i][channel] = static_cast<std::uint8_t>(bytes[at + 2 - channel]);
    }
    return colors;
}

/// One channel of a pixel in a word.
struct ChannelMask {
    unsigned mask = 0;

    std::uint8_t level(unsigned word) const {
        const unsigned shift = mask == 0 ? 0 : static_cast<unsigned>(std::countr_zero(mask));
        const std::uint64_t largest = mask >> shift;
        return largest == 0 ? std::uint8_t{0}
                            : static_cast<std::uint8_t>(((word & mask) >> shift) * 255ull / largest);
    }
};

std::array<ChannelMask, 3> masksOf(std::string_view bytes, const BmpHeader &header) {
    constexpr std::size_t masksAt = 54;
    if (header.compression == None)
        return header.bits == 16 ? std::array<ChannelMask, 3>{{{0x7C00}, {0x03E0}, {0x001F}}}
                                 : std::array<ChannelMask, 3>{{{0xFF0000}, {0xFF00}, {0xFF}}};
    if (bytes.size() < masksAt + 12)
        throw FormatError("is truncated: the end of the image is missing");
    return {{{littleEndian(bytes, masksAt, 4)},
             {littleEndian(bytes, masksAt + 4, 4)},
             {littleEndian(bytes, masksAt + 8, 4)}}};
}

class Decoder {
  public:
    Decoder(std::string_view bytes, const BmpHeader &header)
        : m_bytes(bytes), m_header(header), m_image(header.size.width, header.size.height) {}

    Image decode() {
        if (m_header.bits <= 8)
            m_palette = paletteOf(m_bytes, m_header);
        if (m_header.isCoded())
            decodeRuns();
        else if (m_header.bits <= 8)
            decodeIndices();
        else
            decodeWords();
        return std::move(m_image);
    }

  private:
    std::uint8_t *rowAt(int line) {
        return m_image.row(m_header.isTopDown ? line : m_image.height() - 1 - line);
    }
    std::string_view storedRow(int line) const {
        return m_bytes.substr(m_header.pixelsAt + m_header.rowBytes() * static_cast<std::uint64_t>(line),
                              m_header.rowBytes());
    }
    void put(int x, int line, std::size_t index) {
        std::ranges::copy(m_palette[index], rowAt(line) + x * Image::channels);
    }

    void decodeIndices() {
        const unsigned perByte = 8 / m_header.bits;
        const unsigned mask = (1u << m_header.bits) - 1;
        for (int line = 0; line < m_image.height(); ++line) {
            const std::string_view row = storedRow(line);
            for (int x = 0; x < m_image.width(); ++x) {
                const auto at = static_cast<unsigned>(x);
                const unsigned shift = 8 - m_header.bits * (at % perByte + 1);
                put(x, line, (byteAt(row, at / perByte) >> shift) & mask);
            }
        }
    }

    void decodeWords() {
        const std::size_t step = m_header.bits / 8;
        const auto masks = masksOf(m_bytes, m_header);
        for (int line = 0; line < m_image.height(); ++line) {
            const std::string_view row = storedRow(line);
            std::uint8_t *target = rowAt(line);
            for (std::size_t x = 0; x < static_cast<std::size_t>(m_image.width()); ++x) {
                const unsigned word = littleEndian(row, x * step, static_cast<int>(step));
                for (const ChannelMask &mask : masks)
                    *target++ = mask.level(word);
            }
        }
    }

    unsigned next() {
        if (m_at >= m_bytes.size())
            throw FormatError("is truncated: the end of the image is missing");
        return byteAt(m_bytes, m_at++);
    }

    /// Pairs of a count and a value; a count of 0 begins a command.
    void decodeRuns() {
        for (std::size_t i = 0; i < m_image.byteCount(); i += 3) // pixels that no run reaches
            std::ranges::copy(m_palette[0], m_image.data() + i);
        m_at = m_header.pixelsAt;
        while (m_line < m_image.height()) {
            const unsigned count = next();
            const unsigned value = next();
            if (count > 0)
                putRun(count, value);
            else if (!obey(value))
                return;
        }
    }

    void putRun(unsigned count, unsigned value) {
        const bool isHalves = m_header.bits == 4;
        for (unsigned i = 0; i < count && m_x < m_image.width(); ++i)
            putNext(!isHalves ? value : (i % 2 == 0 ? value >> 4 : value & 15));
    }

    void putNext(unsigned index) {
        if (m_x < m_image.width() && m_line < m_image.height())
            put(m_x++, m_line, index);
    }

    /// False at the end of the image.
    bool obey(unsigned command) {
        constexpr unsigned endOfLine = 0;
        constexpr unsigned endOfImage = 1;
        constexpr unsigned move = 2;
        if (command == endOfImage)
            return false;
        if (command == endOfLine) {
            m_x = 0;
            ++m_line;
        } else if (command == move) {
            m_x = std::min(m_x + static_cast<int>(next()), m_image.width());
            m_line += static_cast<int>(next());
        } else {
            putLiterals(command);
        }
        return true;
    }

    /// Single pixels, padded to 16 bits.
    void putLiterals(unsigned count) {
        const std::size_t begin = m_at;
        unsigned pair = 0;
        for (unsigned i = 0; i < count; ++i) {
            if (m_header.bits == 8) {
                putNext(next());
                continue;
            }
            pair = i % 2 == 0 ? next() : pair;
            putNext(i % 2 == 0 ? pair >> 4 : pair & 15);
        }
        m_at += (m_at - begin) % 2;
    }

    std::string_view m_bytes;
    const BmpHeader &m_header;
    Image m_image;
    std::vector<Color> m_palette;
    std::size_t m_at = 0; ///< of runs
    int m_x = 0;
    int m_line = 0;
};

StoredPixels decode(std::string_view bytes, const ImageSize &) {
    const BmpHeader header = *readHeader(bytes);
    StoredPixels pixels;
    pixels.image = Decoder(bytes, header).decode();
    return pixels;
}

constexpr std::string_view extensions[]{".bmp", ".dib"};

} // namespace

const ImageFormat bmpFormat{"BMP", extensions, recognises, header, check, decode};

} // namespace simclr
