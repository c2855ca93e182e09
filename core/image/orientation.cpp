// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/orientation.h"

#include "core/image/kernels/pixel_kernels.h"
#include "core/image/turn.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

using namespace std::string_view_literals;

constexpr int upright = 1;
constexpr unsigned orientationTag = 0x0112;

/// Numbers in the TIFF block of EXIF data, whose first letters give their byte order.
struct TiffBlock {
    std::string_view bytes;

    bool isSound() const {
        return bytes.size() >= 8 && (bytes.starts_with("II"sv) || bytes.starts_with("MM"sv));
    }

    /// 0 beyond the end.
    unsigned number(std::size_t at, std::size_t size) const {
        if (at > bytes.size() || size > bytes.size() - at)
            return 0;
        unsigned value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + (bytes[0] == 'I' ? size - 1 - i : i)]);
        return value;
    }

    /// The value of an entry of a directory that holds one byte, short or long.
    unsigned value(std::size_t entry) const {
        constexpr std::array<std::size_t, 5> sizes{0, 1, 0, 2, 4};
        const unsigned type = number(entry + 2, 2);
        return type < sizes.size() ? number(entry + 8, sizes[type]) : 0;
    }
};

int known(unsigned orientation) {
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : upright;
}

void mirror(Image &image) {
    Image mirrored(image.width(), image.height());
    for (int y = 0; y < image.height(); ++y)
        pixelKernels().mirror(image.row(y), image.width(), mirrored.row(y));
    image = std::move(mirrored);
}

void turn(Image &image, int quarters) {
    Image target;
    turned(image, quarters, target);
    image = std::move(target);
}

} // namespace

std::optional<int> exifOrientation(std::string_view exif) {
    constexpr auto start = "Exif\0\0"sv;
    const TiffBlock tiff{exif.starts_with(start) ? exif.substr(start.size()) : exif};
    if (!tiff.isSound())
        return std::nullopt;
    const std::size_t directory = tiff.number(4, 4);
    const std::size_t entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i)
        if (const std::size_t entry = directory + 2 + 12 * i;
            entry + 12 <= tiff.bytes.size() && tiff.number(entry, 2) == orientationTag)
            return known(tiff.value(entry));
    return std::nullopt;
}

std::optional<int> xmpOrientation(std::string_view xmp) {
    constexpr auto name = "tiff:Orientation"sv;
    const std::size_t at = xmp.find(name);
    if (at == std::string_view::npos)
        return std::nullopt;
    std::string_view rest = xmp.substr(at + name.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n=\"'>"sv), rest.size()));
    if (rest.empty() || rest.front() < '0' || rest.front() > '9')
        return std::nullopt;
    return known(static_cast<unsigned>(rest.front() - '0'));
}

int orientationFrom(std::string_view exif, std::string_view xmp) {
    if (const auto orientation = exifOrientation(exif))
        return *orientation;
    return xmpOrientation(xmp).value_or(upright);
}

void makeUpright(Image &image, int orientation) {
    const bool isMirrored = orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
    constexpr std::array quartersOf{0, 0, 0, 2, 2, 1, 3, 3, 1}; // counterclockwise
    const int quarters = quartersOf.at(static_cast<std::size_t>(orientation));
    if (isMirrored)
        mirror(image);
    if (quarters != 0)
        turn(image, quarters);
}

} // namespace simclr
