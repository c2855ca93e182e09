// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/picture_sketch.h"

#include "core/image/resample.h"
#include "core/inspect/picture_similarity.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace simclr {

namespace {

constexpr int greySide = 32;
constexpr int frequencies = 9; ///< per direction; the first of 9 × 9 without the constant term, by rows

using Grey = std::array<float, std::size_t{greySide} * greySide>;

/// ITU-R BT.601.
Grey greyOf(const Image &image) {
    Grey grey{};
    for (std::size_t i = 0; i < grey.size(); ++i) {
        const std::uint8_t *pixel = image.data() + i * Image::channels;
        grey[i] = 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
    }
    return grey;
}

using Cosines = std::array<std::array<float, greySide>, frequencies>;

/// cos(π (2x + 1) u / 2n), the DCT-II without its scale, which the comparison with the median ignores within
/// a row and column.
Cosines makeCosines() {
    Cosines cosines{};
    for (int u = 0; u < frequencies; ++u)
        for (int x = 0; x < greySide; ++x)
            cosines[std::size_t(u)][std::size_t(x)] =
                static_cast<float>(std::cos(std::numbers::pi * (2 * x + 1) * u / (2.0 * greySide)));
    return cosines;
}

using Row = std::array<float, frequencies>;

/// The lowest frequencies along x of each row.
std::array<Row, greySide> transformRows(const Grey &grey, const Cosines &cosines) {
    std::array<Row, greySide> rows{};
    for (std::size_t y = 0; y < greySide; ++y)
        for (std::size_t u = 0; u < frequencies; ++u)
            for (std::size_t x = 0; x < greySide; ++x)
                rows[y][u] += grey[y * greySide + x] * cosines[u][x];
    return rows;
}

/// The 64 coefficients of lowest frequency u + v, without u = v = 0.
std::array<float, 64> lowFrequencies(const Grey &grey) {
    static const Cosines cosines = makeCosines();
    const std::array<Row, greySide> rows = transformRows(grey, cosines);
    std::array<float, 64> low{};
    std::size_t count = 0;
    for (std::size_t sum = 1; sum < 2 * frequencies && count < low.size(); ++sum)
        for (std::size_t v = 0; v < frequencies && count < low.size(); ++v) {
            if (v > sum || sum - v >= frequencies)
                continue;
            for (std::size_t y = 0; y < greySide; ++y)
                low[count] += rows[y][sum - v] * cosines[v][y];
            ++count;
        }
    return low;
}

std::uint64_t bitsAboveMedian(const std::array<float, 64> &values) {
    std::array<float, 64> sorted = values;
    std::ranges::nth_element(sorted, sorted.begin() + 32);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        bits |= std::uint64_t{values[i] > sorted[32]} << i;
    return bits;
}

/// Each eight bytes are multiplied into the state, as in FNV-1a, and its upper bits folded into the lower.
std::uint64_t pixelHash(const Image &image) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 32;
    };
    mix(std::uint64_t(image.width()) << 32 | std::uint64_t(image.height()));
    for (std::size_t at = 0; at < image.byteCount(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, image.data() + at, std::min(sizeof word, image.byteCount() - at));
        mix(word);
    }
    return hash;
}

} // namespace

PictureSketch sketchOf(const Image &image) {
    PictureSketch sketch;
    const Image medium = squeezed(image, greySide);
    sketch.hash = bitsAboveMedian(lowFrequencies(greyOf(medium)));
    sketch.pixels = pixelHash(image);
    const Image small = squeezed(medium, PictureSketch::side);
    std::copy_n(small.data(), sketch.colors.size(), sketch.colors.begin());
    return sketch;
}

double sketchSimilarity(const PictureSketch &one, const PictureSketch &other) {
    return correlation(one.colors, other.colors);
}

} // namespace simclr
