// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/npz_arrays.h"

#include "core/util/error.h"

#include <algorithm>
#include <limits>

namespace simclr {

namespace {

constexpr std::uint64_t largestSide = 65'535;
constexpr std::int64_t largestLabel = 65'535;

std::string shapeText(const NpyHeader &header) {
    std::string text;
    for (const std::uint64_t extent : header.shape)
        text += (text.empty() ? "" : " × ") + std::to_string(extent);
    return text.empty() ? "of one number" : text;
}

[[noreturn]] void refuse(const std::string &name, const std::string &cause) {
    throw InvalidInput("contains " + name + ", which " + cause);
}

int channelsOf(const NpyHeader &header, const std::string &name) {
    const std::size_t dimensions = header.shape.size();
    const std::uint64_t channels = dimensions == 4 ? header.shape[3] : 1;
    const bool isUsual = channels == 1 || channels == 3 || channels == 4;
    if ((dimensions != 3 && dimensions != 4) || !isUsual)
        refuse(name, "has the shape " + shapeText(header) +
                         " instead of images × height × width or images × height × width × 3");
    return static_cast<int>(channels);
}

void requireImages(const NpyHeader &header, const std::string &name) {
    if (header.kind != 'u' || header.itemBytes != 1)
        refuse(name, "has values of another type than 8-bit whole numbers from 0 (uint8)");
    channelsOf(header, name);
    for (const std::size_t dimension : {1, 2})
        if (header.shape[dimension] == 0 || header.shape[dimension] > largestSide)
            refuse(name, "has images of " + std::to_string(header.shape[2]) + " × " +
                             std::to_string(header.shape[1]) + " pixels");
    if (header.shape[0] > std::numeric_limits<std::uint32_t>::max())
        refuse(name, "has more than 4 billion images");
}

/// Where value `index` of an image in C order, whose last index is the fastest, is in Fortran order, where
/// the first one is: in units of the number of images.
std::uint64_t placeInImage(std::uint64_t index, const std::vector<std::uint64_t> &shape) {
    std::uint64_t step = 1;
    for (std::size_t dimension = 1; dimension < shape.size(); ++dimension)
        step *= shape[dimension];
    std::uint64_t place = 0;
    for (std::size_t dimension = shape.size(); dimension-- > 1; index /= shape[dimension]) {
        step /= shape[dimension];
        place += index % shape[dimension] * step;
    }
    return place;
}

/// Images `first` to `first` + `count`, whose values are far apart, in C order.
std::string rearranged(const NpyArray &array, std::uint64_t imageBytes, std::uint64_t first,
                       std::uint64_t count) {
    const std::vector<std::uint64_t> &shape = array.header.shape;
    std::string block(count * imageBytes, '\0');
    std::string values(count, '\0');
    for (std::uint64_t index = 0; index < imageBytes; ++index) {
        const std::uint64_t place = placeInImage(index, shape) * shape[0] + first;
        array.bytes->read(array.begin + place, values.data(), count);
        for (std::uint64_t image = 0; image < count; ++image)
            block[image * imageBytes + index] = values[image];
    }
    return block;
}

/// Rearranges some images at a time, so that memory for all is not needed.
ByteSourcePtr inImageOrder(const NpyArray &array, std::uint64_t imageBytes, const SpoolPlace &place) {
    constexpr std::uint64_t blockBytes = 64 << 20;
    const std::uint64_t images = array.header.shape[0];
    const std::uint64_t together = std::max<std::uint64_t>(1, blockBytes / imageBytes);
    ByteSpool spool(place, array.header.byteCount());
    for (std::uint64_t first = 0; first < images; first += together)
        spool.append(rearranged(array, imageBytes, first, std::min(together, images - first)));
    return spool.finish();
}

std::int64_t wholeNumber(const std::string &bytes, std::size_t at, const NpyHeader &header) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < header.itemBytes; ++i) {
        const std::size_t place = header.isBigEndian ? i : header.itemBytes - 1 - i;
        value = value << 8 | static_cast<unsigned char>(bytes[at + place]);
    }
    const unsigned unusedBits = static_cast<unsigned>(64 - 8 * header.itemBytes);
    if (header.kind == 'i')
        return static_cast<std::int64_t>(value << unusedBits) >> unusedBits; // repeats the sign
    return value > std::uint64_t{1} << 62 ? std::numeric_limits<std::int64_t>::max()
                                          : static_cast<std::int64_t>(value);
}

void requireLabels(const NpyHeader &header, const std::string &name, std::uint32_t images) {
    const bool isWhole = (header.kind == 'u' || header.kind == 'i') && header.itemBytes <= 8;
    if (!isWhole)
        refuse(name, "has values of another type than whole numbers, which classes are");
    if (header.shape.empty() || header.count() != header.shape[0])
        refuse(name, "has the shape " + shapeText(header) + " instead of one number for each image");
    if (header.count() != images)
        refuse(name, "has " + std::to_string(header.count()) + " labels, but there are " +
                         std::to_string(images) + " images");
}

} // namespace

ImageArray imagesIn(const NpyArray &array, const std::string &name, const SpoolPlace &place) {
    const NpyHeader &header = array.header;
    requireImages(header, name);
    ImageArray images;
    images.name = name;
    images.layout = interleavedLayout(static_cast<int>(header.shape[2]), static_cast<int>(header.shape[1]),
                                      channelsOf(header, name));
    images.count = static_cast<std::uint32_t>(header.shape[0]);
    images.step = images.layout.byteCount();
    images.bytes = array.bytes;
    images.begin = array.begin;
    if (header.isFortranOrder && images.count > 0) {
        images.bytes = inImageOrder(array, images.step, place);
        images.begin = 0;
    }
    return images;
}

std::vector<std::int32_t> labelsIn(const NpyArray &array, const std::string &name, std::uint32_t images) {
    requireLabels(array.header, name, images);
    const std::string bytes = bytesAt(*array.bytes, array.begin, array.header.byteCount());
    std::vector<std::int32_t> labels;
    labels.reserve(images);
    for (std::size_t at = 0; at < bytes.size(); at += array.header.itemBytes) {
        const std::int64_t label = wholeNumber(bytes, at, array.header);
        if (label < -1 || label > largestLabel)
            refuse(name, "has the label " + std::to_string(label) +
                             "; classes are numbered from 0 to 65535, and −1 is no class");
        labels.push_back(static_cast<std::int32_t>(label));
    }
    return labels;
}

} // namespace simclr
