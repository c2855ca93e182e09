// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"
#include "core/image/image.h"
#include "tests/support/test_support.h"

#include <array>
#include <cstring>

namespace simclr::test {

using Rgb = std::array<int, 3>;

inline Rgb pixel(const Image &image, int x, int y) {
    const std::uint8_t *at = image.row(y) + x * Image::channels;
    return {at[0], at[1], at[2]};
}

inline void setPixel(Image &image, int x, int y, const Rgb &color) {
    for (int channel = 0; channel < Image::channels; ++channel)
        image.row(y)[x * Image::channels + channel] =
            static_cast<std::uint8_t>(color[static_cast<std::size_t>(channel)]);
}

inline Image filledImage(int width, int height, const Rgb &color) {
    Image image(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            setPixel(image, x, y, color);
    return image;
}

/// Random bytes, the same for the same seed.
inline Image noiseImage(int width, int height, std::uint32_t seed) {
    Image image(width, height);
    std::uint32_t state = seed * 2654435761u + 1;
    for (std::size_t i = 0; i < image.byteCount(); ++i) {
        state = state * 1664525u + 1013904223u;
        image.data()[i] = static_cast<std::uint8_t>(state >> 24);
    }
    return image;
}

/// Red grows with x, green with y, by `step` per pixel: the content of a crop shows its position.
inline Image coordinateImage(int width, int height, int step) {
    Image image(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            setPixel(image, x, y, {x * step, y * step, 128});
    return image;
}

inline std::array<double, 3> meanColor(const Image &image) {
    std::array<double, 3> sum{};
    for (std::size_t i = 0; i < image.byteCount(); ++i)
        sum[i % 3] += image.data()[i];
    for (double &channel : sum)
        channel /= static_cast<double>(image.byteCount()) / 3;
    return sum;
}

/// Largest difference of any byte; 256 if the sizes differ.
inline int largestDifference(const Image &a, const Image &b) {
    if (a.width() != b.width() || a.height() != b.height())
        return 256;
    int largest = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        largest = std::max(largest, std::abs(a.data()[i] - b.data()[i]));
    return largest;
}

/// Writes `count` noise images named 000.png, 001.png, … into a folder.
inline void writeNoiseFolder(const std::filesystem::path &folder, int count, int side, std::uint32_t seed) {
    std::filesystem::create_directories(folder);
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        const std::string name =
            std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number + ".png";
        writePng(noiseImage(side, side, seed + static_cast<std::uint32_t>(i)), folder / name);
    }
}

/// The records of a CIFAR-10 file: a label byte, then 32 × 32 bytes each of red, green and blue. Record i has
/// the label i % 10 and noise of the seed `firstSeed` + i.
inline std::string cifarRecords(int count, std::uint32_t firstSeed) {
    std::string bytes;
    for (int i = 0; i < count; ++i) {
        const Image image = noiseImage(32, 32, firstSeed + static_cast<std::uint32_t>(i));
        bytes += static_cast<char>(i % 10);
        for (std::size_t channel = 0; channel < 3; ++channel)
            for (std::size_t at = channel; at < image.byteCount(); at += 3)
                bytes += static_cast<char>(image.data()[at]);
    }
    return bytes;
}

} // namespace simclr::test
