// SPDX-License-Identifier: GPL-3.0-or-later
// Bicubic resampling in integer arithmetic: columns first, one target row at a time, then along that row.
#include "core/image/bicubic.h"

#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

/// The four source positions of each target position: the first of them, before edge handling, and their
/// weights, which sum to weightOne.
struct Axis {
    int in = 0;
    int out = 0;
    std::vector<int> first;
    std::vector<std::int16_t> weights;
};

std::int16_t toWeight(float share) {
    return static_cast<std::int16_t>(std::lrint(share * weightOne));
}

/// Keys's cubic convolution (1981) with a = −0.75 at the fraction `t` between the second and the third
/// position.
void writeWeights(float t, std::int16_t *weights) {
    constexpr float a = -0.75f;
    const auto far = [](float d) { return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a; };
    const auto near = [](float d) { return ((a + 2) * d - (a + 3)) * d * d + 1; };
    weights[0] = toWeight(far(1 + t));
    weights[1] = toWeight(near(t));
    weights[2] = toWeight(near(1 - t));
    weights[3] = static_cast<std::int16_t>(weightOne - weights[0] - weights[1] - weights[2]);
}

/// The pixel centres of `out` positions over `in` ones.
void fill(Axis &axis, int in, int out) {
    axis.in = in;
    axis.out = out;
    axis.first.resize(static_cast<std::size_t>(out));
    axis.weights.resize(static_cast<std::size_t>(out) * 4);
    for (int i = 0; i < out; ++i) {
        // The centre is at position / (2 out) − ½; the added `in` pixels keep the dividend positive.
        const std::int64_t position = (2 * std::int64_t{i} + 1) * in - out + 2 * std::int64_t{out};
        const auto left = static_cast<int>(position / (2 * out));
        const auto rest = static_cast<float>(position % (2 * out));
        axis.first[static_cast<std::size_t>(i)] = left - 2;
        writeWeights(rest / static_cast<float>(2 * out), axis.weights.data() + 4 * i);
    }
}

/// Padding pixels of a row of words on the left and on the right, which repeat its ends.
constexpr int margin = 2;

/// An axis in the form of CubicTaps.
struct RowAxis : Axis {
    std::vector<int> word;
    std::vector<std::int16_t> spread;

    CubicTaps taps() const { return {word.data(), weights.data(), spread.data()}; }
};

void spreadWeights(RowAxis &row) {
    const auto out = static_cast<std::size_t>(row.out);
    row.spread.resize((out + 1) / 2 * 32);
    for (std::size_t x = 0; x < out; ++x)
        for (std::size_t i = 0; i < 16; ++i)
            row.spread[x / 2 * 32 + i / 8 * 16 + x % 2 * 8 + i % 8] = row.weights[4 * x + i / 8 * 2 + i % 2];
}

void fill(RowAxis &row, int in, int out) {
    fill(static_cast<Axis &>(row), in, out);
    row.word.resize(static_cast<std::size_t>(out));
    for (std::size_t x = 0; x < row.word.size(); ++x)
        row.word[x] = (row.first[x] + margin) * Image::channels;
    spreadWeights(row);
}

/// The axes of small views are cached: the same few lengths recur, and computing one takes as long as using
/// it.
template <typename T>
const T &axisFor(int in, int out) {
    constexpr int largestKept = 128;
    thread_local std::vector<T> kept(largestKept + 1);
    thread_local T other;
    T &axis = in <= largestKept && out <= largestKept ? kept[static_cast<std::size_t>(in)] : other;
    if (axis.in != in || axis.out != out)
        fill(axis, in, out);
    return axis;
}

void repeatEnds(std::int16_t *row, int width) {
    constexpr int channels = Image::channels;
    std::int16_t *end = row + (width + margin) * channels;
    for (int i = 0; i < margin * channels; ++i) {
        row[i] = row[margin * channels + i % channels];
        end[i] = end[i % channels - channels];
    }
}

/// Prefetches the rows of `rect` up to `last`: a large image that was not used recently is not in the cache,
/// and its rows are too far apart for the hardware prefetcher.
class RowsAhead {
  public:
    RowsAhead(const Image &source, const PixelRect &rect) : m_source(source), m_rect(rect) {}

    void askFor(int last) {
        for (last = std::min(last, m_rect.height - 1); m_next <= last; ++m_next) {
            const std::uint8_t *row = m_source.row(m_rect.y + m_next) + m_rect.x * Image::channels;
            for (int at = 0; at < m_rect.width * Image::channels; at += cacheLine)
                __builtin_prefetch(row + at);
        }
    }

  private:
    static constexpr int cacheLine = 64;
    const Image &m_source;
    const PixelRect &m_rect;
    int m_next = 0;
};

} // namespace

void bicubic(const Image &source, const PixelRect &rect, int width, int height, Image &target) {
    const PixelKernels &kernels = pixelKernels();
    const Axis &down = axisFor<Axis>(rect.height, height);
    const RowAxis &across = axisFor<RowAxis>(rect.width, width);
    constexpr int slack = 4; // words after the last pixel that mixAcross() may read
    thread_local std::vector<std::int16_t> words;
    words.resize(static_cast<std::size_t>((rect.width + 2 * margin) * Image::channels + slack));
    target.resize(width, height);
    RowsAhead ahead(source, rect);
    for (int y = 0; y < height; ++y) {
        ahead.askFor(down.first[static_cast<std::size_t>(std::min(y + 2, height - 1))] + 3);
        std::array<const std::uint8_t *, 4> rows;
        for (int k = 0; k < 4; ++k)
            rows[static_cast<std::size_t>(k)] =
                source.row(rect.y +
                           std::clamp(down.first[static_cast<std::size_t>(y)] + k, 0, rect.height - 1)) +
                rect.x * Image::channels;
        kernels.mixBytes(rows.data(), down.weights.data() + 4 * y, 4, rect.width * Image::channels,
                         words.data() + margin * Image::channels);
        repeatEnds(words.data(), rect.width);
        kernels.mixAcross(words.data(), across.taps(), width, target.row(y));
    }
}

} // namespace simclr
