// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/turn.h"

#include "core/image/kernels/pixel_kernels.h"

#include <algorithm>

namespace simclr {

namespace {

/// Rows of the target that are written together, so that the fetched part of a source row is used before it
/// leaves the cache.
constexpr int rowsAtOnce = 16;

/// One column of the source, from the bottom to the top or the other way around, as a row.
void drawQuarter(const Image &source, bool clockwise, Image &target) {
    for (int block = 0; block < target.height(); block += rowsAtOnce) {
        const int end = std::min(block + rowsAtOnce, target.height());
        for (int x = 0; x < target.width(); ++x) {
            const std::uint8_t *row = source.row(clockwise ? source.height() - 1 - x : x);
            for (int y = block; y < end; ++y)
                std::copy_n(row + (clockwise ? y : source.width() - 1 - y) * Image::channels, Image::channels,
                            target.row(y) + x * Image::channels);
        }
    }
}

} // namespace

void turned(const Image &source, int quarters, Image &target) {
    if (quarters == 2) {
        target.resize(source.width(), source.height());
        for (int y = 0; y < source.height(); ++y)
            pixelKernels().mirror(source.row(source.height() - 1 - y), source.width(), target.row(y));
        return;
    }
    target.resize(source.height(), source.width());
    drawQuarter(source, quarters == 3, target);
}

} // namespace simclr
