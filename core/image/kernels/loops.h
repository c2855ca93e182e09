// SPDX-License-Identifier: GPL-3.0-or-later
// The plain loops, compiled for several processors: each implementation inlines them into its own functions.
#pragma once

#include "core/image/kernels/pixel_kernels.h"

#if defined(__GNUC__)
#define SIMCLR_INLINE [[gnu::always_inline]] inline
#else
#define SIMCLR_INLINE inline
#endif

namespace simclr::loops {

SIMCLR_INLINE int clipped(int value, int lowest, int highest) {
    return value < lowest ? lowest : value > highest ? highest : value;
}

SIMCLR_INLINE std::uint8_t toLevel(int value) {
    return static_cast<std::uint8_t>(clipped(value, 0, 255));
}

constexpr int byteShift = 8;  // weightOne to wordsPerLevel
constexpr int wordShift = 20; // weightOne · wordsPerLevel to levels

SIMCLR_INLINE void mixBytes(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
                            std::int16_t *target) {
    for (int i = 0; i < count; ++i) {
        int sum = 1 << (byteShift - 1);
        for (int k = 0; k < taps; ++k)
            sum += weights[k] * rows[k][i];
        target[i] = static_cast<std::int16_t>(clipped(sum >> byteShift, -32768, 32767));
    }
}

template <typename T>
SIMCLR_INLINE int smoothed(const T *const *rows, const std::int16_t *half, int radius, int i) {
    int sum = half[0] * rows[radius][i];
    for (int k = 1; k <= radius; ++k)
        sum += half[k] * (rows[radius - k][i] + rows[radius + k][i]);
    return sum;
}

SIMCLR_INLINE void smoothBytes(const std::uint8_t *const *rows, const std::int16_t *half, int radius,
                               int count, std::int16_t *target) {
    for (int i = 0; i < count; ++i)
        target[i] = static_cast<std::int16_t>((smoothed(rows, half, radius, i) + (1 << (byteShift - 1))) >>
                                              byteShift);
}

SIMCLR_INLINE void smoothWords(const std::int16_t *const *rows, const std::int16_t *half, int radius,
                               int count, std::uint8_t *target) {
    for (int i = 0; i < count; ++i)
        target[i] = toLevel((smoothed(rows, half, radius, i) + (1 << (wordShift - 1))) >> wordShift);
}

SIMCLR_INLINE void mixAcross(const std::int16_t *row, const CubicTaps &taps, int from, int width,
                             std::uint8_t *target) {
    for (int x = from; x < width; ++x) {
        const std::int16_t *words = row + taps.first[x];
        const std::int16_t *weight = taps.weight + 4 * x;
        for (int channel = 0; channel < 3; ++channel)
            target[3 * x + channel] = toLevel((weight[0] * words[channel] + weight[1] * words[channel + 3] +
                                               weight[2] * words[channel + 6] +
                                               weight[3] * words[channel + 9] + (1 << (wordShift - 1))) >>
                                              wordShift);
    }
}

SIMCLR_INLINE void mirror(const std::uint8_t *row, int from, int width, std::uint8_t *target) {
    for (int x = from; x < width; ++x)
        for (int channel = 0; channel < 3; ++channel)
            target[3 * x + channel] = row[3 * (width - 1 - x) + channel];
}

SIMCLR_INLINE void split(const std::uint8_t *__restrict source, std::size_t from, std::size_t pixels,
                         std::uint8_t *const *planes) {
    std::uint8_t *__restrict red = planes[0];
    std::uint8_t *__restrict green = planes[1];
    std::uint8_t *__restrict blue = planes[2];
    for (std::size_t i = from; i < pixels; ++i) {
        red[i] = source[3 * i];
        green[i] = source[3 * i + 1];
        blue[i] = source[3 * i + 2];
    }
}

SIMCLR_INLINE void join(const std::uint8_t *const *planes, std::size_t from, std::size_t pixels,
                        std::uint8_t *__restrict target) {
    const std::uint8_t *__restrict red = planes[0];
    const std::uint8_t *__restrict green = planes[1];
    const std::uint8_t *__restrict blue = planes[2];
    for (std::size_t i = from; i < pixels; ++i) {
        target[3 * i] = red[i];
        target[3 * i + 1] = green[i];
        target[3 * i + 2] = blue[i];
    }
}

SIMCLR_INLINE std::uint64_t sum(const std::uint8_t *levels, std::size_t count) {
    std::uint64_t total = 0;
    constexpr std::size_t block = 1 << 16; // a block's sum fits into 32 bits
    for (std::size_t first = 0; first < count; first += block) {
        const std::size_t last = first + block < count ? first + block : count;
        std::uint32_t part = 0;
        for (std::size_t i = first; i < last; ++i)
            part += levels[i];
        total += part;
    }
    return total;
}

SIMCLR_INLINE void stretch(std::uint8_t *levels, std::size_t from, std::size_t count, int scale, int offset) {
    for (std::size_t i = from; i < count; ++i)
        levels[i] = toLevel((scale * levels[i] + offset) >> 16);
}

SIMCLR_INLINE void saturate(std::uint8_t *const *planes, std::size_t pixels, int scale,
                            const std::array<int, 3> &grey) {
    std::uint8_t *__restrict red = planes[0];
    std::uint8_t *__restrict green = planes[1];
    std::uint8_t *__restrict blue = planes[2];
    for (std::size_t i = 0; i < pixels; ++i) {
        const int r = red[i];
        const int g = green[i];
        const int b = blue[i];
        const int own = grey[0] * r + grey[1] * g + grey[2] * b + (1 << 15);
        red[i] = toLevel((own + scale * r) >> 16);
        green[i] = toLevel((own + scale * g) >> 16);
        blue[i] = toLevel((own + scale * b) >> 16);
    }
}

/// One channel of Smith's HSV: the value minus the part of the chroma removed by the hue, which is in 1536
/// parts of the circle from the start of this channel; both in word units.
SIMCLR_INLINE std::uint8_t hueChannel(int value, int chroma, int place) {
    place = place >= 1536 ? place - 1536 : place;
    const int share = clipped(place < 1024 - place ? place : 1024 - place, 0, 256);
    const int taken = (chroma * (share << 6) + (1 << 14)) >> 15;
    return static_cast<std::uint8_t>((value * wordsPerLevel + wordsPerLevel / 2 - taken) / wordsPerLevel);
}

/// A hue is never exactly halfway between two integers; a saturation may be, and is otherwise at least 1/510
/// away from it, which is more than the error of its division.
constexpr float hueRounding = 256.5f; // plus one full circle, for negative hues
constexpr float saturationRounding = 0.5f + 1.0f / 2048;

SIMCLR_INLINE void turnHue(std::uint8_t *const *planes, std::size_t from, std::size_t pixels, int shift) {
    std::uint8_t *__restrict red = planes[0];
    std::uint8_t *__restrict green = planes[1];
    std::uint8_t *__restrict blue = planes[2];
    for (std::size_t i = from; i < pixels; ++i) {
        const int r = red[i];
        const int g = green[i];
        const int b = blue[i];
        const int most = r > g ? r : g;
        const int value = most > b ? most : b;
        const int least = r < g ? r : g;
        const int chroma = value - (least < b ? least : b);
        // Sixths of the circle, times the chroma.
        const int sixths = value == r ? g - b : value == g ? b - r + 2 * chroma : r - g + 4 * chroma;
        const int divisor = chroma > 1 ? chroma : 1;
        const int whole = value > 1 ? value : 1;
        const float inverse = 1.0f / static_cast<float>(divisor * whole);
        const int hue = static_cast<int>(
            static_cast<float>(sixths) * (inverse * static_cast<float>(whole)) * (256 / 6.0f) + hueRounding);
        const int saturation = static_cast<int>(
            static_cast<float>(255 * chroma) * (inverse * static_cast<float>(divisor)) + saturationRounding);
        const int turned = ((hue + shift) & 255) * 6;
        const int taken = static_cast<int>((static_cast<unsigned>(value * saturation) * 32897u) >>
                                           16); // value · saturation / 255 in 1/128 level
        red[i] = hueChannel(value, taken, 5 * 256 + turned);
        green[i] = hueChannel(value, taken, 3 * 256 + turned);
        blue[i] = hueChannel(value, taken, 1 * 256 + turned);
    }
}

SIMCLR_INLINE void dropColor(std::uint8_t *levels, std::size_t from, std::size_t pixels) {
    for (std::size_t i = from; i < pixels; ++i) {
        std::uint8_t *pixel = levels + 3 * i;
        const int grey =
            greyWeights[0] * pixel[0] + greyWeights[1] * pixel[1] + greyWeights[2] * pixel[2] + (1 << 15);
        pixel[0] = pixel[1] = pixel[2] = static_cast<std::uint8_t>(grey >> 16);
    }
}

} // namespace simclr::loops
