// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/pixel_kernels.h"

#include "core/image/kernels/loops.h"

namespace simclr {

const PixelKernels &plainKernels() {
    static constexpr PixelKernels kernels{
        .name = "plain",
        .mixBytes = [](auto rows, auto weights, int taps, int count,
                       auto target) { loops::mixBytes(rows, weights, taps, 0, count, target); },
        .mixWords = [](auto rows, auto weights, int taps, int count,
                       auto target) { loops::mixWords(rows, weights, taps, 0, count, target); },
        .mixAcross = [](auto row, const CubicTaps &taps, int width,
                        auto target) { loops::mixAcross(row, taps, 0, width, target); },
        .mirror = [](auto row, int width, auto target) { loops::mirror(row, 0, width, target); },
        .split = loops::split,
        .join = loops::join,
        .sum = loops::sum,
        .stretch = [](auto levels, std::size_t count, int scale,
                      int offset) { loops::stretch(levels, 0, count, scale, offset); },
        .saturate = loops::saturate,
        .turnHue = [](auto planes, std::size_t pixels,
                      int shift) { loops::turnHue(planes, 0, pixels, shift); },
        .dropColor = loops::dropColor,
    };
    return kernels;
}

const PixelKernels &pixelKernels() {
    static const PixelKernels &fastest = avx2Kernels() ? *avx2Kernels() : plainKernels();
    return fastest;
}

} // namespace simclr
