// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace simclr {

/// Filter weights are integers in fixed point; this is 1.0.
constexpr int weightOne = 1 << 14;
/// Sums between two passes of a filter have this many units per level.
constexpr int wordsPerLevel = 1 << 6;

/// ITU-R BT.601 weights of red, green and blue in the grey level, as parts of 65536; even, so that their
/// halves fit into words.
constexpr std::array<int, 3> greyWeights{19596, 38470, 7470};

/// Target positions of a four-tap filter along a row, in the layout that the processor prefers.
struct CubicTaps {
    const int *first;           ///< of each target: index of the word at which its four pixels begin
    const std::int16_t *weight; ///< of each target: four weights
    const std::int16_t
        *spread; ///< of each two targets x, x + 1: (w0 w1)x × 4, (w0 w1)x+1 × 4, (w2 w3)x × 4, …
};

/// The time-critical loops over pixels, in one implementation for every processor and in faster ones for
/// some. All implementations give the same bytes: they use integers, or single-precision floats operation by
/// operation. Levels are 8-bit, pixels are red, green, blue; counts are of elements unless stated otherwise,
/// and memory after them is not accessed.
struct PixelKernels {
    const char *name;

    /// target[i] = Σk weights[k] · rows[k][i], in units of 1/wordsPerLevel, rounded. The sum of |weights| is
    /// at most 1.5 · weightOne.
    void (*mixBytes)(const std::uint8_t *const *rows, const std::int16_t *weights, int taps, int count,
                     std::int16_t *target);
    /// The same with symmetric weights: half[0] for the central one of 2 · radius + 1 rows, half[k] for those
    /// k before and after it. No weight is negative.
    void (*smoothBytes)(const std::uint8_t *const *rows, const std::int16_t *half, int radius, int count,
                        std::int16_t *target);
    /// The second pass, from words of at most 255 · wordsPerLevel to levels.
    void (*smoothWords)(const std::int16_t *const *rows, const std::int16_t *half, int radius, int count,
                        std::uint8_t *target);
    /// One row of `width` pixels from words, four neighbouring pixels per target. Two words after each four
    /// pixels are read and must exist.
    void (*mixAcross)(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target);
    /// Mirrors a row of `width` pixels.
    void (*mirror)(const std::uint8_t *row, int width, std::uint8_t *target);

    /// `pixels` pixels into three planes, and back.
    void (*split)(const std::uint8_t *source, std::size_t pixels, std::uint8_t *const *planes);
    void (*join)(const std::uint8_t *const *planes, std::size_t pixels, std::uint8_t *target);
    std::uint64_t (*sum)(const std::uint8_t *levels, std::size_t count);

    /// (scale · level + offset) / 2¹⁶, rounded down and clipped; |scale| < 2²², |offset| < 2³⁰.
    void (*stretch)(std::uint8_t *levels, std::size_t count, int scale, int offset);
    /// Every level of a pixel times scale, plus a grey term of the pixel: Σ grey[c] · level[c]; in
    /// 2⁻¹⁶.
    void (*saturate)(std::uint8_t *const *planes, std::size_t pixels, int scale,
                     const std::array<int, 3> &grey);
    /// The hue rotated by `shift` of 256 in 8-bit HSV.
    void (*turnHue)(std::uint8_t *const *planes, std::size_t pixels, int shift);
    /// All three levels of each pixel become its grey level, rounded.
    void (*dropColor)(std::uint8_t *levels, std::size_t pixels);
};

/// The implementation for every processor.
const PixelKernels &plainKernels();

/// The AVX2 implementation, or nullptr if the processor or the compiler does not support it.
const PixelKernels *avx2Kernels();

/// The fastest implementation that this processor supports.
const PixelKernels &pixelKernels();

} // namespace simclr
