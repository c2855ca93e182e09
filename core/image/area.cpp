// SPDX-License-Identifier: GPL-3.0-or-later
// Area averaging in integer arithmetic: columns first, one target row at a time, then along that row.
#include "core/image/bicubic.h"
#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>
#include <vector>

namespace simclr {

namespace {

/// The source positions covered by one target position: the first one and the position of their weights.
struct Span {
    int first = 0;
    int count = 0;
    std::size_t weight = 0;
};

struct Axis {
    std::vector<Span> spans;
    std::vector<std::int16_t> weights; ///< those of a span sum to weightOne
};

/// Target i covers the source from i · in / out to (i + 1) · in / out; all lengths here are multiplied by
/// out.
void fill(Axis &axis, int in, int out) {
    axis.spans.clear();
    axis.weights.clear();
    for (std::int64_t i = 0; i < out; ++i) {
        const std::int64_t begin = i * in;
        const std::int64_t end = begin + in;
        const auto first = static_cast<int>(begin / out);
        axis.spans.push_back({first, static_cast<int>((end + out - 1) / out) - first, axis.weights.size()});
        // Weights are rounded as a running sum, so that they sum to one.
        std::int64_t given = 0;
        for (std::int64_t at = first; at * out < end; ++at) {
            const std::int64_t covered = std::min((at + 1) * out, end) - begin;
            const std::int64_t sum = (covered * weightOne + in / 2) / in;
            axis.weights.push_back(static_cast<std::int16_t>(sum - given));
            given = sum;
        }
    }
}

std::uint8_t toLevel(int sum) {
    constexpr int unit = weightOne * wordsPerLevel;
    return static_cast<std::uint8_t>((sum + unit / 2) / unit);
}

void averageAcross(const std::int16_t *row, const Axis &axis, std::uint8_t *target) {
    for (const Span &span : axis.spans) {
        int red = 0;
        int green = 0;
        int blue = 0;
        const std::int16_t *weights = axis.weights.data() + span.weight;
        const std::int16_t *pixel = row + span.first * Image::channels;
        for (int k = 0; k < span.count; ++k, pixel += Image::channels) {
            red += weights[k] * pixel[0];
            green += weights[k] * pixel[1];
            blue += weights[k] * pixel[2];
        }
        *target++ = toLevel(red);
        *target++ = toLevel(green);
        *target++ = toLevel(blue);
    }
}

} // namespace

void averageAreas(const Image &source, const PixelRect &rect, int width, int height, Image &target) {
    thread_local Axis down;
    thread_local Axis across;
    thread_local std::vector<const std::uint8_t *> rows;
    thread_local std::vector<std::int16_t> words;
    fill(down, rect.height, height);
    fill(across, rect.width, width);
    words.resize(static_cast<std::size_t>(rect.width * Image::channels));
    target.resize(width, height);
    for (int y = 0; y < height; ++y) {
        const Span &span = down.spans[static_cast<std::size_t>(y)];
        rows.clear();
        for (int k = 0; k < span.count; ++k)
            rows.push_back(source.row(rect.y + span.first + k) + rect.x * Image::channels);
        pixelKernels().mixBytes(rows.data(), down.weights.data() + span.weight, span.count,
                                rect.width * Image::channels, words.data());
        averageAcross(words.data(), across, target.row(y));
    }
}

} // namespace simclr
