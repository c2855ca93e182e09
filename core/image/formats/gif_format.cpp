// SPDX-License-Identifier: GPL-3.0-or-later
// GIF by giflib: the first frame, transparent pixels in the colour of their index.
#include "core/image/formats/header_bytes.h"
#include "core/image/formats/image_format.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <gif_lib.h>

namespace simclr {

namespace {

using namespace std::string_view_literals;

bool recognises(std::string_view bytes) {
    return bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv);
}

std::size_t colorBytes(unsigned flags) {
    return (flags & 0x80) != 0 ? std::size_t{3} << ((flags & 7) + 1) : 0;
}

/// Skips the data blocks that begin at `at`.
std::size_t afterBlocks(std::string_view bytes, std::size_t at) {
    while (at < bytes.size() && bytes[at] != 0)
        at += 1 + byteAt(bytes, at);
    return at + 1;
}

/// Position of the first frame's descriptor; nothing if there is none.
std::optional<std::size_t> firstFrame(std::string_view bytes) {
    std::size_t at = 13 + colorBytes(byteAt(bytes, 10));
    while (at + 10 <= bytes.size() && bytes[at] == '!')
        at = afterBlocks(bytes, at + 2);
    return at + 10 <= bytes.size() && bytes[at] == ',' ? std::optional(at) : std::nullopt;
}

/// The image is as large as the screen, or as the first frame if that is larger.
std::optional<ImageHeader> header(std::string_view bytes) {
    if (bytes.size() < 13)
        return std::nullopt;
    unsigned width = littleEndian(bytes, 6, 2);
    unsigned height = littleEndian(bytes, 8, 2);
    if (const auto frame = firstFrame(bytes)) {
        width = std::max(width, littleEndian(bytes, *frame + 1, 2) + littleEndian(bytes, *frame + 5, 2));
        height = std::max(height, littleEndian(bytes, *frame + 3, 2) + littleEndian(bytes, *frame + 7, 2));
    }
    const auto size = sizeOf(width, height);
    return size ? std::optional(ImageHeader{*size}) : std::nullopt;
}

void check(std::string_view) {}

int feed(GifFileType *gif, GifByteType *target, int count) {
    auto &rest = *static_cast<std::string_view *>(gif->UserData);
    const auto given = std::min(static_cast<std::size_t>(std::max(count, 0)), rest.size());
    std::memcpy(target, rest.data(), given);
    rest.remove_prefix(given);
    return static_cast<int>(given);
}

class GifReader {
  public:
    explicit GifReader(std::string_view bytes) : m_rest(bytes), m_gif(DGifOpen(&m_rest, feed, nullptr)) {
        if (!m_gif)
            throw FormatError("is damaged: its header cannot be read");
    }
    ~GifReader() { DGifCloseFile(m_gif, nullptr); }
    GifReader(const GifReader &) = delete;
    GifReader &operator=(const GifReader &) = delete;

    Image read(const ImageSize &size) {
        findFrame();
        const GifImageDesc &frame = m_gif->Image;
        if (frame.Left < 0 || frame.Top < 0 || frame.Width < 1 || frame.Height < 1 ||
            frame.Width > size.width - frame.Left || frame.Height > size.height - frame.Top)
            throw FormatError("is damaged: its first frame is outside the image");
        Image image(size.width, size.height);
        fillBackground(image);
        drawFrame(image);
        return image;
    }

  private:
    static void require(int status) {
        if (status != GIF_OK)
            throw FormatError("is damaged: its data end too early or are inconsistent");
    }

    void findFrame() {
        GifRecordType type = UNDEFINED_RECORD_TYPE;
        while (true) {
            require(DGifGetRecordType(m_gif, &type));
            if (type == IMAGE_DESC_RECORD_TYPE)
                return require(DGifGetImageDesc(m_gif));
            if (type == TERMINATE_RECORD_TYPE)
                throw FormatError("contains no frame");
            skipExtension();
        }
    }

    void skipExtension() {
        int code = 0;
        GifByteType *block = nullptr;
        require(DGifGetExtension(m_gif, &code, &block));
        while (block)
            require(DGifGetExtensionNext(m_gif, &block));
    }

    static std::array<std::uint8_t, 3> colorOf(const ColorMapObject *map, int index) {
        if (!map || index >= map->ColorCount)
            return {0, 0, 0};
        const GifColorType &color = map->Colors[index];
        return {color.Red, color.Green, color.Blue};
    }

    void fillBackground(Image &image) const {
        const auto color = colorOf(m_gif->SColorMap, m_gif->SBackGroundColor);
        for (std::size_t i = 0; i < image.byteCount(); ++i)
            image.data()[i] = color[i % 3];
    }

    void drawFrame(Image &image) {
        const GifImageDesc &frame = m_gif->Image;
        if (!frame.Interlace)
            return drawRows(image, 0, 1);
        for (const auto [first, step] :
             {std::array{0, 8}, std::array{4, 8}, std::array{2, 4}, std::array{1, 2}})
            drawRows(image, first, step);
    }

    void drawRows(Image &image, int first, int step) {
        const GifImageDesc &frame = m_gif->Image;
        const ColorMapObject *map = frame.ColorMap ? frame.ColorMap : m_gif->SColorMap;
        std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
        for (int y = first; y < frame.Height; y += step) {
            require(DGifGetLine(m_gif, line.data(), frame.Width));
            std::uint8_t *target = image.row(frame.Top + y) + frame.Left * Image::channels;
            for (const GifPixelType index : line)
                target = std::ranges::copy(colorOf(map, index), target).out;
        }
    }

    std::string_view m_rest;
    GifFileType *m_gif;
};

StoredPixels decode(std::string_view bytes, const ImageSize &size) {
    StoredPixels pixels;
    pixels.image = GifReader(bytes).read(size);
    return pixels;
}

constexpr std::string_view extensions[]{".gif"};

} // namespace

const ImageFormat gifFormat{"GIF", extensions, recognises, header, check, decode};

} // namespace simclr
