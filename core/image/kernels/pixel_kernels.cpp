// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/kernels/pixel_kernels.h"

#include "core/image/kernels/loops.h"

namespace simclr {

namespace {

void mixAcross(const std::int16_t *row, const CubicTaps &taps, int width, std::uint8_t *target) {
    loops::mixAcross(row, taps, 0, width, target);
}

void mirror(const std::uint8_t *row, int width, std::uint8_t *target) {
    loops::mirror(row, 0, width, target);
}

void split(const std::uint8_t *source, std::size_t pixels, std::uint8_t *const *planes) {
    loops::split(source, 0, pixels, planes);
}

void join(const std::uint8_t *const *planes, std::size_t pixels, std::uint8_t *target) {
    loops::join(planes, 0, pixels, target);
}

void stretch(std::uint8_t *levels, std::size_t count, int scale, int offset) {
    loops::stretch(levels, 0, count, scale, offset);
}

void dropColor(std::uint8_t *levels, std::size_t pixels) {
    loops::dropColor(levels, 0, pixels);
}

void turnHue(std::uint8_t *const *planes, std::size_t pixels, int shift) {
    loops::turnHue(planes, 0, pixels, shift);
}

} // namespace

const PixelKernels &plainKernels() {
    static constexpr PixelKernels kernels{
        .name = "plain",
        .mixBytes = loops::mixBytes,
        .smoothBytes = loops::smoothBytes,
        .smoothWords = loops::smoothWords,
        .mixAcross = mixAcross,
        .mirror = mirror,
        .split = split,
        .join = join,
        .sum = loops::sum,
        .stretch = stretch,
        .saturate = loops::saturate,
        .turnHue = turnHue,
        .dropColor = dropColor,
    };
    return kernels;
}

const PixelKernels &pixelKernels() {
    static const PixelKernels &fastest = avx2Kernels() ? *avx2Kernels() : plainKernels();
    return fastest;
}

} // namespace simclr
