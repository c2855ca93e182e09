// SPDX-License-Identifier: GPL-3.0-or-later
// TIFF by libtiff, the first page: grey and RGB of 8 and 16 bits unchanged, everything else through libtiff's
// conversion to RGB (palettes, black and white, JPEG, CMYK).
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"
#include "core/image/orientation.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include <tiffio.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("II+\0"sv) ||
           bytes.starts_with("MM\0+"sv);
}

constexpr tmsize_t mostBytesAtOnce = tmsize_t{2}
                                     << 30; ///< that a field of the file may cause to be allocated
constexpr std::uint64_t mostTileBytes = 256 << 20;
constexpr int mostChannels = 8;

/// The file in memory as libtiff reads it, and the first error of the library.
struct Source {
    std::string_view bytes;
    std::uint64_t at = 0;
    std::string problem;

    static Source &of(thandle_t handle) { return *static_cast<Source *>(handle); }
};

tmsize_t readSome(thandle_t handle, void *target, tmsize_t count) {
    Source &source = Source::of(handle);
    const std::uint64_t left = source.at < source.bytes.size() ? source.bytes.size() - source.at : 0;
    const std::uint64_t given = std::min<std::uint64_t>(static_cast<std::uint64_t>(count), left);
    std::memcpy(target, source.bytes.data() + (left > 0 ? source.at : 0), given);
    source.at += given;
    return static_cast<tmsize_t>(given);
}

tmsize_t writeNothing(thandle_t, void *, tmsize_t) {
    return -1;
}

toff_t seekTo(thandle_t handle, toff_t offset, int whence) {
    Source &source = Source::of(handle);
    const std::uint64_t base = whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.bytes.size() : 0;
    source.at = base + offset;
    return source.at;
}

int closeNothing(thandle_t) {
    return 0;
}

toff_t sizeOfSource(thandle_t handle) {
    return Source::of(handle).bytes.size();
}

int mapWhole(thandle_t handle, void **base, toff_t *size) {
    const Source &source = Source::of(handle);
    *base = const_cast<char *>(source.bytes.data());
    *size = source.bytes.size();
    return 1;
}

void unmapNothing(thandle_t, void *, toff_t) {}

/// Handlers of this file only: the library's global handlers are shared by all its users.
int noteProblem(TIFF *, void *source, const char *, const char *format, std::va_list values) {
    std::string &problem = static_cast<Source *>(source)->problem;
    char text[256];
    std::vsnprintf(text, sizeof text, format, values);
    if (problem.empty())
        problem = text;
    return 1;
}

/// Damage found by libjpeg is reported as warnings; other warnings are about unusual tags.
int noteWarning(TIFF *tiff, void *source, const char *module, const char *format, std::va_list values) {
    return module && std::string_view(module).starts_with("JPEG")
               ? noteProblem(tiff, source, module, format, values)
               : 1;
}

struct FreeOptions {
    void operator()(TIFFOpenOptions *options) const { TIFFOpenOptionsFree(options); }
};

/// Reads the first page.
class TiffReader {
  public:
    explicit TiffReader(std::string_view bytes) : m_source{bytes, 0, {}} {
        const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
        TIFFOpenOptionsSetErrorHandlerExtR(options.get(), noteProblem, &m_source);
        TIFFOpenOptionsSetWarningHandlerExtR(options.get(), noteWarning, &m_source);
        TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), mostBytesAtOnce);
        m_tiff = TIFFClientOpenExt("", "r", &m_source, readSome, writeNothing, seekTo, closeNothing,
                                   sizeOfSource, mapWhole, unmapNothing, options.get());
        if (!m_tiff)
            throw FormatError("is damaged: " + problem());
    }
    ~TiffReader() { TIFFClose(m_tiff); }
    TiffReader(const TiffReader &) = delete;
    TiffReader &operator=(const TiffReader &) = delete;

    std::optional<ImageHeader> header() const {
        const auto size =
            sizeOf(field<std::uint32_t>(TIFFTAG_IMAGEWIDTH), field<std::uint32_t>(TIFFTAG_IMAGELENGTH));
        if (!size)
            return std::nullopt;
        return ImageHeader{*size, bits() > 8 ? 16 : 8};
    }

    StoredPixels read() {
        check();
        const auto found = header();
        StoredPixels pixels;
        if (isPlain() && bits() == 16) {
            pixels.deepSize = found->size;
            pixels.deep = plainSamples<std::uint16_t>(found->size);
            pixels.isInverted = isInverted();
        } else if (isPlain() && bits() == 8) {
            const std::vector<std::uint8_t> samples = plainSamples<std::uint8_t>(found->size);
            pixels.image = Image(found->size.width, found->size.height);
            std::ranges::transform(samples, pixels.image.data(),
                                   [flip = isInverted() ? 255 : 0](std::uint8_t value) {
                                       return static_cast<std::uint8_t>(value ^ flip);
                                   });
        } else {
            pixels.image = convertedByLibrary(found->size);
        }
        require(m_source.problem.empty());
        pixels.orientation = orientation();
        return pixels;
    }

    /// Checks that need no decoding: unsupported value types, buffers of absurd size, missing data.
    void check() const {
        if (!header())
            throw FormatError("is damaged: its header is inconsistent");
        requireKnownValues();
        const bool isTiled = TIFFIsTiled(m_tiff) != 0;
        const std::uint64_t tile = isTiled ? TIFFTileSize64(m_tiff) : TIFFScanlineSize64(m_tiff);
        if (samplesPerPixel() > mostChannels || tile == 0 || tile > mostTileBytes)
            throw FormatError("is damaged: its header asks for " + std::to_string(samplesPerPixel()) +
                              " channels in pieces of " + std::to_string(tile) + " bytes");
        const std::uint32_t pieces = isTiled ? TIFFNumberOfTiles(m_tiff) : TIFFNumberOfStrips(m_tiff);
        for (std::uint32_t piece = 0; piece < pieces; ++piece)
            requireWithin(TIFFGetStrileOffset(m_tiff, piece), TIFFGetStrileByteCount(m_tiff, piece));
    }

  private:
    template <typename T>
    T field(std::uint32_t tag) const {
        T value{};
        return TIFFGetFieldDefaulted(m_tiff, tag, &value) == 1 ? value : T{};
    }

    int bits() const { return field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE); }
    int samplesPerPixel() const { return field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL); }
    int meaning() const { return field<std::uint16_t>(TIFFTAG_PHOTOMETRIC); }
    bool isInverted() const { return meaning() == PHOTOMETRIC_MINISWHITE; }

    std::string problem() const {
        return m_source.problem.empty() ? "it cannot be decoded" : m_source.problem;
    }

    void require(bool sound) const {
        if (!sound)
            throw FormatError("is damaged: " + problem());
    }

    int orientation() const {
        std::uint16_t tag = 0;
        if (TIFFGetField(m_tiff, TIFFTAG_ORIENTATION, &tag) == 1)
            return tag >= 1 && tag <= 8 ? tag : 1;
        std::uint32_t count = 0;
        const char *xmp = nullptr;
        const bool hasXmp = TIFFGetField(m_tiff, TIFFTAG_XMLPACKET, &count, &xmp) == 1;
        return orientationFrom({}, hasXmp ? std::string_view(xmp, count) : std::string_view());
    }

    void requireWithin(std::uint64_t offset, std::uint64_t count) const {
        const std::uint64_t size = m_source.bytes.size();
        if (count == 0 || offset > size || count > size - offset)
            throw FormatError("is truncated: a part of the pixels is missing");
    }

    void requireKnownValues() const {
        const int kind = field<std::uint16_t>(TIFFTAG_SAMPLEFORMAT);
        if (kind == SAMPLEFORMAT_INT || kind == SAMPLEFORMAT_IEEEFP || kind == SAMPLEFORMAT_COMPLEXINT ||
            kind == SAMPLEFORMAT_COMPLEXIEEEFP)
            throw FormatError("contains signed or floating-point values, which are not supported");
        if (bits() > 16 || (bits() > 8 && bits() < 16))
            throw FormatError("has " + std::to_string(bits()) +
                              " bits per channel; 1 to 8 and 16 are supported");
    }

    /// Grey or RGB without a colour conversion.
    bool isPlain() const {
        const bool isGrey = (isInverted() || meaning() == PHOTOMETRIC_MINISBLACK) && samplesPerPixel() >= 1;
        return isGrey || (meaning() == PHOTOMETRIC_RGB && samplesPerPixel() >= 3);
    }

    /// height × width × 3.
    template <typename T>
    std::vector<T> plainSamples(const ImageSize &size) {
        std::vector<T> samples(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                               3);
        const bool isSeparate = field<std::uint16_t>(TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE;
        const int planes = isSeparate ? (meaning() == PHOTOMETRIC_RGB ? 3 : 1) : 1;
        for (int plane = 0; plane < planes; ++plane) {
            const Layout layout{isSeparate ? 1 : samplesPerPixel(), isSeparate ? plane : -1, size};
            if (TIFFIsTiled(m_tiff) != 0)
                readTiles(layout, samples);
            else
                readRows(layout, samples);
        }
        return samples;
    }

    /// How samples are arranged in a row of the file.
    struct Layout {
        int step;  ///< samples per pixel
        int plane; ///< the channel that they belong to, or -1 for all of them
        ImageSize size;
    };

    template <typename T>
    void place(const T *from, int count, const Layout &layout, T *target) const {
        const bool isGrey = meaning() != PHOTOMETRIC_RGB;
        for (int x = 0; x < count; ++x, from += layout.step, target += 3)
            for (int channel = 0; channel < 3; ++channel) {
                if (layout.plane >= 0 && !isGrey && channel != layout.plane)
                    continue;
                const T value = from[isGrey || layout.plane >= 0 ? 0 : channel];
                target[channel] = value;
            }
    }

    template <typename T>
    void readRows(const Layout &layout, std::vector<T> &samples) {
        const auto rowBytes = static_cast<std::size_t>(TIFFScanlineSize(m_tiff));
        const auto width = static_cast<std::size_t>(layout.size.width);
        require(rowBytes >= width * static_cast<std::size_t>(layout.step) * sizeof(T));
        std::vector<T> row(rowBytes / sizeof(T) + 1);
        for (int y = 0; y < layout.size.height; ++y) {
            require(TIFFReadScanline(m_tiff, row.data(), static_cast<std::uint32_t>(y),
                                     static_cast<std::uint16_t>(std::max(layout.plane, 0))) == 1);
            place(row.data(), layout.size.width, layout,
                  samples.data() + 3 * width * static_cast<std::size_t>(y));
        }
    }

    template <typename T>
    void readTiles(const Layout &layout, std::vector<T> &samples) {
        const int tileWidth = static_cast<int>(field<std::uint32_t>(TIFFTAG_TILEWIDTH));
        const int tileHeight = static_cast<int>(field<std::uint32_t>(TIFFTAG_TILELENGTH));
        const auto rowSamples = static_cast<std::size_t>(TIFFTileRowSize(m_tiff)) / sizeof(T);
        require(tileWidth > 0 && tileHeight > 0 &&
                rowSamples >= static_cast<std::size_t>(tileWidth) * static_cast<std::size_t>(layout.step));
        std::vector<T> tile(static_cast<std::size_t>(TIFFTileSize(m_tiff)) / sizeof(T) + 1);
        for (int top = 0; top < layout.size.height; top += tileHeight)
            for (int left = 0; left < layout.size.width; left += tileWidth) {
                require(TIFFReadTile(m_tiff, tile.data(), static_cast<std::uint32_t>(left),
                                     static_cast<std::uint32_t>(top), 0,
                                     static_cast<std::uint16_t>(std::max(layout.plane, 0))) >= 0);
                const int columns = std::min(tileWidth, layout.size.width - left);
                for (int y = 0; y < std::min(tileHeight, layout.size.height - top); ++y)
                    place(tile.data() + rowSamples * static_cast<std::size_t>(y), columns, layout,
                          samples.data() + 3 * (static_cast<std::size_t>(layout.size.width) *
                                                    static_cast<std::size_t>(top + y) +
                                                static_cast<std::size_t>(left)));
            }
    }

    Image convertedByLibrary(const ImageSize &size) {
        std::vector<std::uint32_t> raster(static_cast<std::size_t>(size.width) *
                                          static_cast<std::size_t>(size.height));
        TIFFRGBAImage converter;
        char message[1024] = "";
        if (TIFFRGBAImageBegin(&converter, m_tiff, 1, message) == 0)
            throw FormatError(std::string("cannot be decoded: ") + message);
        converter.orientation = converter.req_orientation = ORIENTATION_TOPLEFT; // rotated afterwards
        const int done = TIFFRGBAImageGet(&converter, raster.data(), static_cast<std::uint32_t>(size.width),
                                          static_cast<std::uint32_t>(size.height));
        TIFFRGBAImageEnd(&converter);
        require(done == 1);
        Image image(size.width, size.height);
        for (std::size_t i = 0; i < raster.size(); ++i) {
            image.data()[3 * i] = static_cast<std::uint8_t>(TIFFGetR(raster[i]));
            image.data()[3 * i + 1] = static_cast<std::uint8_t>(TIFFGetG(raster[i]));
            image.data()[3 * i + 2] = static_cast<std::uint8_t>(TIFFGetB(raster[i]));
        }
        return image;
    }

    Source m_source;
    TIFF *m_tiff;
};

std::optional<ImageHeader> header(std::string_view bytes) {
    try {
        return TiffReader(bytes).header();
    } catch (const FormatError &) {
        return std::nullopt;
    }
}

void check(std::string_view bytes) {
    TiffReader(bytes).check();
}

StoredPixels decode(std::string_view bytes, const ImageSize &) {
    return TiffReader(bytes).read();
}

constexpr std::string_view extensions[]{".tif", ".tiff"};

} // namespace

const ImageFormat tiffFormat{"TIFF", extensions, recognises, header, check, decode};

} // namespace simclr
