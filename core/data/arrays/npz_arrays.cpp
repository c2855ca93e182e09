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

/// The values with the last index fastest; in Fortran order the first one is.
std::string rearranged(const NpyArray &array) {
    const std::vector<std::uint64_t> &shape = array.header.shape;
    const std::string from = bytesAt(*array.bytes, array.begin, array.header.byteCount());
    std::vector<std::uint64_t> steps(shape.size(), 1);
    for (std::size_t i = 1; i < shape.size(); ++i)
        steps[i] = steps[i - 1] * shape[i - 1];
    std::string to(from.size(), '\0');
    std::vector<std::uint64_t> index(shape.size());
    std::uint64_t at = 0;
    for (char &value : to) {
        value = from[at];
        for (std::size_t i = shape.size(); i-- > 0;) { // the next index, as an odometer counts
            at += steps[i];
            if (++index[i] < shape[i])
                break;
            at -= steps[i] * shape[i];
            index[i] = 0;
        }
    }
    return to;
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

ImageArray imagesIn(const NpyArray &array, const std::string &name, std::uintmax_t memoryLimit) {
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
    if (!header.isFortranOrder)
        return images;
    if (header.byteCount() > memoryLimit)
        refuse(name, "is in Fortran order and too large to be rearranged in memory; save it with "
                     "numpy.ascontiguousarray()");
    images.bytes = bytesInMemory(rearranged(array));
    images.begin = 0;
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
