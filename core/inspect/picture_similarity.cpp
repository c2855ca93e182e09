// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/picture_similarity.h"

#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace simclr {

namespace {

constexpr double uniformVariance = 4; ///< below, in levels², a picture has no content to compare
constexpr double sameLevel = 4;       ///< levels

/// Sums over the bytes of two pictures: of each channel, and of squares and products over all channels.
struct Sums {
    std::array<std::int64_t, 3> one{};
    std::array<std::int64_t, 3> other{};
    std::int64_t oneSquared = 0;
    std::int64_t otherSquared = 0;
    std::int64_t product = 0;
};

/// Over a part of at most 10,000 pixels, whose sums fit into 32 bits.
void addPart(Sums &sums, const std::uint8_t *one, const std::uint8_t *other, int pixels) {
    std::int32_t oneSquared = 0;
    std::int32_t otherSquared = 0;
    std::int32_t product = 0;
    for (int i = 0; i < 3 * pixels; ++i) {
        oneSquared += one[i] * one[i];
        otherSquared += other[i] * other[i];
        product += one[i] * other[i];
    }
    for (int i = 0; i < 3 * pixels; i += 3)
        for (std::size_t channel = 0; channel < 3; ++channel) {
            sums.one[channel] += one[i + static_cast<int>(channel)];
            sums.other[channel] += other[i + static_cast<int>(channel)];
        }
    sums.oneSquared += oneSquared;
    sums.otherSquared += otherSquared;
    sums.product += product;
}

bool haveSameMeans(const Sums &sums, double pixels) {
    for (std::size_t channel = 0; channel < 3; ++channel)
        if (std::abs(static_cast<double>(sums.one[channel] - sums.other[channel])) > sameLevel * pixels)
            return false;
    return true;
}

double correlationOf(const Sums &sums, double pixels) {
    auto oneVariance = static_cast<double>(sums.oneSquared);
    auto otherVariance = static_cast<double>(sums.otherSquared);
    auto covariance = static_cast<double>(sums.product);
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto one = static_cast<double>(sums.one[channel]);
        const auto other = static_cast<double>(sums.other[channel]);
        oneVariance -= one * one / pixels;
        otherVariance -= other * other / pixels;
        covariance -= one * other / pixels;
    }
    const double least = uniformVariance * 3 * pixels;
    if (oneVariance < least && otherVariance < least)
        return haveSameMeans(sums, pixels) ? 1 : 0;
    if (oneVariance < least || otherVariance < least)
        return 0;
    return covariance / std::sqrt(oneVariance * otherVariance);
}

/// `other` moved by (dx, dy) over `one`.
double correlationAt(const Image &one, const Image &other, int dx, int dy) {
    const int width = one.width() - std::abs(dx);
    const int height = one.height() - std::abs(dy);
    Sums sums;
    for (int y = 0; y < height; ++y)
        addPart(sums, one.row(y + std::max(dy, 0)) + 3 * std::max(dx, 0),
                other.row(y + std::max(-dy, 0)) + 3 * std::max(-dx, 0), width);
    return correlationOf(sums, static_cast<double>(width) * height);
}

} // namespace

Image squeezed(const Image &image, int side) {
    if (image.width() == side && image.height() == side)
        return image;
    Image result;
    cropResized(image, {0, 0, image.width(), image.height()}, side, side, result);
    return result;
}

double correlation(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other) {
    const auto pixels = static_cast<int>(one.size() / 3);
    Sums sums;
    addPart(sums, one.data(), other.data(), pixels);
    return correlationOf(sums, pixels);
}

namespace {

/// The largest correlation over the shifts.
double shiftedCorrelation(const Image &one, const Image &other) {
    double best = -1;
    for (int dy = -ComparedPicture::mostShift; dy <= ComparedPicture::mostShift; ++dy)
        for (int dx = -ComparedPicture::mostShift; dx <= ComparedPicture::mostShift; ++dx)
            best = std::max(best, correlationAt(one, other, dx, dy));
    return best;
}

/// The mean of one channel in a window of 5 × 5 pixels around a place, of the part within the image.
int windowMean(const Image &image, int x, int y, int channel) {
    constexpr int reach = 2;
    int sum = 0;
    int count = 0;
    for (int v = std::max(0, y - reach); v <= std::min(image.height() - 1, y + reach); ++v)
        for (int u = std::max(0, x - reach); u <= std::min(image.width() - 1, x + reach); ++u, ++count)
            sum += image.row(v)[Image::channels * u + channel];
    return sum / count;
}

/// The image minus its window means, around the level 128.
Image detailOf(const Image &image) {
    Image detail(image.width(), image.height());
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            for (int channel = 0; channel < Image::channels; ++channel) {
                const int level = image.row(y)[Image::channels * x + channel];
                detail.row(y)[Image::channels * x + channel] = static_cast<std::uint8_t>(
                    std::clamp(128 + level - windowMean(image, x, y, channel), 0, 255));
            }
    return detail;
}

} // namespace

ComparedPicture::ComparedPicture(const Image &source)
    : image(squeezed(source, side)), detail(detailOf(image)) {}

double similarityOf(const ComparedPicture &one, const ComparedPicture &other) {
    constexpr double leastOfLayout = 0.75; // below it, no detail makes up for it
    const double layout = shiftedCorrelation(one.image, other.image);
    return layout < leastOfLayout ? 0 : (layout + shiftedCorrelation(one.detail, other.detail)) / 2;
}

} // namespace simclr
