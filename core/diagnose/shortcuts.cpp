// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnose/shortcuts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

constexpr int boxes = 8; ///< of each colour
constexpr int areas = 8; ///< of each side

/// Position of a level between the centres of two neighbouring bins.
struct Place {
    int lower;
    float share; ///< weight of the upper bin
};

Place placeOf(int level) {
    const float place =
        std::clamp((static_cast<float>(level) + 0.5F) * boxes / 256 - 0.5F, 0.0F, boxes - 1.0F);
    const int lower = std::min(static_cast<int>(place), boxes - 2);
    return {lower, place - static_cast<float>(lower)};
}

const std::array<Place, 256> &places() {
    static const std::array<Place, 256> all = [] {
        std::array<Place, 256> made{};
        for (int level = 0; level < 256; ++level)
            made[static_cast<std::size_t>(level)] = placeOf(level);
        return made;
    }();
    return all;
}

void shareOut(const std::uint8_t *pixel, Signature &histogram) {
    const Place &red = places()[pixel[0]];
    const Place &green = places()[pixel[1]];
    const Place &blue = places()[pixel[2]];
    for (const int r : {0, 1})
        for (const int g : {0, 1})
            for (const int b : {0, 1}) {
                const float weight = (r == 1 ? red.share : 1 - red.share) *
                                     (g == 1 ? green.share : 1 - green.share) *
                                     (b == 1 ? blue.share : 1 - blue.share);
                const int box = ((red.lower + r) * boxes + green.lower + g) * boxes + blue.lower + b;
                histogram[static_cast<std::size_t>(box)] += weight;
            }
}

float distance(const Signature &a, const Signature &b) {
    float sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += std::abs(a[i] - b[i]);
    return sum;
}

float greyOf(const std::uint8_t *pixel) {
    return 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
}

/// Mean grey of the area (column, row); at least one pixel of it.
float meanGrey(const Image &image, int column, int row) {
    const int left = column * image.width() / areas;
    const int right = std::max(left + 1, (column + 1) * image.width() / areas);
    const int top = row * image.height() / areas;
    const int bottom = std::max(top + 1, (row + 1) * image.height() / areas);
    float sum = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            sum += greyOf(image.row(y) + x * Image::channels);
    return sum / static_cast<float>((right - left) * (bottom - top));
}

} // namespace

Signature colorHistogram(const Image &image) {
    Signature histogram(boxes * boxes * boxes, 0);
    for (std::size_t i = 0; i < image.byteCount(); i += Image::channels)
        shareOut(image.data() + i, histogram);
    const float pixels = static_cast<float>(image.byteCount()) / Image::channels;
    for (float &share : histogram)
        share /= pixels;
    return histogram;
}

Signature greyThumbnail(const Image &image) {
    Signature grey;
    for (int row = 0; row < areas; ++row)
        for (int column = 0; column < areas; ++column)
            grey.push_back(meanGrey(image, column, row));
    float mean = 0;
    for (const float level : grey)
        mean += level / static_cast<float>(grey.size());
    float squares = 0;
    for (float &level : grey) {
        level -= mean;
        squares += level * level;
    }
    constexpr float oneGrey = 1e-2F; // levels; rounding error of a uniform grey
    const float length = std::sqrt(squares);
    for (float &level : grey)
        level = length > oneGrey ? level / length : 0;
    return grey;
}

double pairsFound(std::span<const Signature> first, std::span<const Signature> second) {
    if (first.empty())
        return 0;
    double found = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        float nearest = std::numeric_limits<float>::infinity();
        int count = 0;
        bool isOwn = false;
        for (std::size_t j = 0; j < second.size(); ++j) {
            const float away = distance(first[i], second[j]);
            if (away > nearest)
                continue;
            const bool isNearer = away < nearest;
            nearest = away;
            count = isNearer ? 1 : count + 1;
            isOwn = i == j || (isOwn && !isNearer);
        }
        found += isOwn ? 1.0 / count : 0;
    }
    return found / static_cast<double>(first.size());
}

} // namespace simclr
