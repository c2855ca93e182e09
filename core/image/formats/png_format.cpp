// SPDX-License-Identifier: GPL-3.0-or-later
// PNG by libpng: palettes and grey become RGB, transparency is dropped, 16 bits are kept.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"
#include "core/image/orientation.h"

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <string>

#include <png.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("\x89PNG\r\n\x1a\n"sv);
}

std::optional<ImageHeader> header(std::string_view bytes) {
    if (bytes.size() < 26 || bytes.substr(12, 4) != "IHDR"sv)
        return std::nullopt;
    const auto size = sizeOf(bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4));
    if (!size)
        return std::nullopt;
    return ImageHeader{*size, byteAt(bytes, 24) == 16 ? 16 : 8};
}

void check(std::string_view bytes) {
    if (bytes.rfind("IEND"sv) == std::string_view::npos)
        throw FormatError("is truncated: the end of the image is missing");
}

/// ImageMagick keeps EXIF as text: a line break, "exif", the length, then hexadecimal digits.
std::string bytesOfRawProfile(std::string_view text) {
    std::size_t lines = 0;
    std::size_t at = 0;
    while (at < text.size() && lines < 3)
        lines += text[at++] == '\n' ? 1 : 0;
    std::string bytes;
    unsigned high = 16;
    for (const char digit : text.substr(at)) {
        const auto place =
            "0123456789abcdef"sv.find(static_cast<char>(digit >= 'A' && digit <= 'F' ? digit + 32 : digit));
        if (place == std::string_view::npos)
            continue;
        if (high == 16) {
            high = static_cast<unsigned>(place);
        } else {
            bytes += static_cast<char>(high << 4 | place);
            high = 16;
        }
    }
    return bytes;
}

/// Reads one image. On an error libpng jumps to read(); objects that need a destructor are members.
class PngReader {
  public:
    explicit PngReader(std::string_view bytes) : m_rest(bytes) {
        m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, giveUp, ignoreWarning);
        m_info = m_png ? png_create_info_struct(m_png) : nullptr;
        if (!m_info) {
            png_destroy_read_struct(&m_png, nullptr, nullptr);
            throw std::bad_alloc();
        }
    }
    ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }
    PngReader(const PngReader &) = delete;
    PngReader &operator=(const PngReader &) = delete;

    StoredPixels read(const ImageSize &size) {
        if (setjmp(png_jmpbuf(m_png)) != 0)
            throw FormatError("is damaged: " + m_problem);
        readAll(size);
        return std::move(m_pixels);
    }

  private:
    static void giveUp(png_structp png, png_const_charp message) {
        static_cast<PngReader *>(png_get_error_ptr(png))->m_problem = message;
        png_longjmp(png, 1);
    }
    static void ignoreWarning(png_structp, png_const_charp) {}

    static void feed(png_structp png, png_bytep target, png_size_t count) {
        auto &rest = static_cast<PngReader *>(png_get_io_ptr(png))->m_rest;
        if (count > rest.size())
            png_error(png, "the file ends too early");
        std::memcpy(target, rest.data(), count);
        rest.remove_prefix(count);
    }

    void readAll(const ImageSize &size) {
        png_set_read_fn(m_png, this, feed);
        png_set_user_limits(m_png, 0x7FFFFFFF, 0x7FFFFFFF);
        png_read_info(m_png, m_info);
        const bool isDeep = png_get_bit_depth(m_png, m_info) == 16;
        askForRgb();
        if (png_get_rowbytes(m_png, m_info) != static_cast<std::size_t>(size.width) * (isDeep ? 6 : 3))
            png_error(m_png, "its header is inconsistent");
        makeRoom(size, isDeep);
        png_read_image(m_png, m_rows.data());
        png_read_end(m_png, m_info);
        m_pixels.orientation = orientationFrom(exif(), xmp());
    }

    void askForRgb() {
        png_set_expand(m_png);
        png_set_strip_alpha(m_png);
        png_set_gray_to_rgb(m_png);
        png_set_swap(m_png);
        png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
    }

    void makeRoom(const ImageSize &size, bool isDeep) {
        const auto samples = static_cast<std::size_t>(size.width) * 3;
        if (isDeep) {
            m_pixels.deep.resize(samples * static_cast<std::size_t>(size.height));
            m_pixels.deepSize = size;
        } else {
            m_pixels.image.resize(size.width, size.height);
        }
        for (int y = 0; y < size.height; ++y)
            m_rows.push_back(isDeep ? reinterpret_cast<png_bytep>(m_pixels.deep.data() +
                                                                  samples * static_cast<std::size_t>(y))
                                    : m_pixels.image.row(y));
    }

    std::string_view exif() {
        png_uint_32 count = 0;
        png_bytep data = nullptr;
        if (png_get_eXIf_1(m_png, m_info, &count, &data) != 0)
            return {reinterpret_cast<const char *>(data), count};
        m_profile = bytesOfRawProfile(text("Raw profile type exif"sv));
        return m_profile;
    }

    std::string_view xmp() const { return text("XML:com.adobe.xmp"sv); }

    std::string_view text(std::string_view key) const {
        png_textp texts = nullptr;
        int count = 0;
        png_get_text(m_png, m_info, &texts, &count);
        for (int i = 0; i < count; ++i)
            if (texts[i].key && texts[i].key == key && texts[i].text)
                return {texts[i].text, std::max(texts[i].text_length, texts[i].itxt_length)};
        return {};
    }

    std::string_view m_rest;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    std::string m_problem;
    std::string m_profile;
    std::vector<png_bytep> m_rows;
    StoredPixels m_pixels;
};

StoredPixels decode(std::string_view bytes, const ImageSize &size) {
    return PngReader(bytes).read(size);
}

constexpr std::string_view extensions[]{".png", ".apng"};

} // namespace

const ImageFormat pngFormat{"PNG", extensions, recognises, header, check, decode};

} // namespace simclr
