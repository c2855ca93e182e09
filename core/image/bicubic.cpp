// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/cv_bridge.h"
#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
// AVX2 where the processor has it; without fused multiply-add, so that both give the same bytes.
#define SIMCLR_VECTOR_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define SIMCLR_VECTOR_CLONES
#endif

namespace simclr {

namespace {

/// Red, green, blue and nothing.
using Pixel = float __attribute__((vector_size(16)));
using WholePixel = int __attribute__((vector_size(16)));

/// The four source positions that one target position is mixed from.
struct Taps {
    std::array<int, 4> at;
    std::array<float, 4> weight;
};

/// Keys's cubic convolution (1981) at the pixel centres of `out` positions over `in` ones.
void computeTaps(int in, int out, std::vector<Taps> &taps) {
    constexpr float a = -0.75f;
    const auto far = [](float t) { return ((a * t - 5 * a) * t + 8 * a) * t - 4 * a; };
    const auto near = [](float t) { return ((a + 2) * t - (a + 3)) * t * t + 1; };
    taps.resize(static_cast<std::size_t>(out));
    for (int i = 0; i < out; ++i) {
        const double centre = (i + 0.5) * in / out - 0.5;
        const int left = static_cast<int>(std::floor(centre));
        const auto t = static_cast<float>(centre - left);
        Taps &tap = taps[static_cast<std::size_t>(i)];
        for (int k = 0; k < 4; ++k)
            tap.at[static_cast<std::size_t>(k)] = std::clamp(left - 1 + k, 0, in - 1);
        tap.weight = {far(1 + t), near(t), near(1 - t), 0};
        tap.weight[3] = 1 - tap.weight[0] - tap.weight[1] - tap.weight[2];
    }
}

/// One source row to `width` mixed pixels.
SIMCLR_VECTOR_CLONES
void mixRow(const std::uint8_t *source, int sourceWidth, const Taps *taps, int width, Pixel *wide,
            Pixel *mixed) {
    for (int x = 0; x < sourceWidth; ++x)
        wide[x] = Pixel{static_cast<float>(source[3 * x]), static_cast<float>(source[3 * x + 1]),
                        static_cast<float>(source[3 * x + 2]), 0};
    for (int x = 0; x < width; ++x) {
        const Taps &tap = taps[x];
        mixed[x] = wide[tap.at[0]] * tap.weight[0] + wide[tap.at[1]] * tap.weight[1] +
                   wide[tap.at[2]] * tap.weight[2] + wide[tap.at[3]] * tap.weight[3];
    }
}

/// Four rows of mixed pixels to one target row, rounded and clipped to 0…255.
SIMCLR_VECTOR_CLONES
void mixRows(const std::array<const Pixel *, 4> &rows, const std::array<float, 4> &weight, int width,
             std::uint8_t *target) {
    const Pixel lowest{0, 0, 0, 0};
    const Pixel highest{255, 255, 255, 255};
    for (int x = 0; x < width; ++x) {
        Pixel value = rows[0][x] * weight[0] + rows[1][x] * weight[1] + rows[2][x] * weight[2] +
                      rows[3][x] * weight[3] + 0.5f;
        value = value < lowest ? lowest : value;
        value = value > highest ? highest : value;
        const WholePixel whole = __builtin_convertvector(value, WholePixel);
        target[3 * x] = static_cast<std::uint8_t>(whole[0]);
        target[3 * x + 1] = static_cast<std::uint8_t>(whole[1]);
        target[3 * x + 2] = static_cast<std::uint8_t>(whole[2]);
    }
}

void bicubic(const Image &source, const PixelRect &rect, int width, int height, Image &target) {
    thread_local std::vector<Taps> across;
    thread_local std::vector<Taps> down;
    thread_local std::vector<Pixel> wide;
    thread_local std::vector<Pixel> mixed;
    computeTaps(rect.width, width, across);
    computeTaps(rect.height, height, down);
    wide.resize(static_cast<std::size_t>(rect.width));
    mixed.resize(static_cast<std::size_t>(rect.height) * static_cast<std::size_t>(width));
    const auto mixedRow = [&](int y) {
        return mixed.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    };
    for (int y = 0; y < rect.height; ++y)
        mixRow(source.row(rect.y + y) + rect.x * Image::channels, rect.width, across.data(), width,
               wide.data(), mixedRow(y));
    target.resize(width, height);
    for (int y = 0; y < height; ++y) {
        const Taps &tap = down[static_cast<std::size_t>(y)];
        mixRows({mixedRow(tap.at[0]), mixedRow(tap.at[1]), mixedRow(tap.at[2]), mixedRow(tap.at[3])},
                tap.weight, width, target.row(y));
    }
}

/// Four taps see too little of what they stand for beyond this factor: fine patterns would turn into coarse
/// ones.
constexpr int largestBicubicFactor = 2;

} // namespace

void cropResized(const Image &source, const PixelRect &rect, int width, int height, Image &target) {
    if (rect.width <= largestBicubicFactor * width && rect.height <= largestBicubicFactor * height)
        return bicubic(source, rect, width, height, target);
    target.resize(width, height);
    cv::Mat pixels = matrixOf(target);
    cv::resize(matrixOf(source)(cv::Rect(rect.x, rect.y, rect.width, rect.height)), pixels, pixels.size(), 0,
               0, cv::INTER_AREA);
}

} // namespace simclr
