// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/sobel_edges.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

constexpr int one = 1 << 16; ///< of the strength's fixed point

/// Three rows of the source, one below the other.
struct SobelRow {
    const std::uint8_t *above;
    const std::uint8_t *at;
    const std::uint8_t *below;
    int strength;

    /// The levels from `first` to `end`, with the neighbours `left` before and `right` after them.
    void draw(int first, int end, int left, int right, std::uint8_t *image) const {
        for (int i = first; i < end; ++i) {
            const int before = i - left;
            const int behind = i + right;
            const int alongX =
                above[behind] - above[before] + 2 * (at[behind] - at[before]) + below[behind] - below[before];
            const int alongY =
                below[before] - above[before] + 2 * (below[i] - above[i]) + below[behind] - above[behind];
            // The root of an integer is never halfway between two integers, so that single precision rounds
            // correctly.
            const int square = std::min(alongX * alongX + alongY * alongY, 255 * 255);
            const int steepness = static_cast<int>(std::sqrt(static_cast<float>(square)) + 0.5f);
            image[i] =
                static_cast<std::uint8_t>(image[i] + (((steepness - image[i]) * strength + one / 2) >> 16));
        }
    }
};

} // namespace

void blendWithSobel(Image &image, const Image &source, double strength) {
    const int last = source.height() - 1;
    const int width = source.bytesPerRow();
    constexpr int step = Image::channels;
    for (int y = 0; y <= last; ++y) {
        const SobelRow row{source.row(std::max(y - 1, 0)), source.row(y), source.row(std::min(y + 1, last)),
                           static_cast<int>(std::lround(strength * one))};
        row.draw(0, step, 0, width == step ? 0 : step, image.row(y));
        row.draw(step, width - step, step, step, image.row(y));
        row.draw(std::max(width - step, step), width, step, 0, image.row(y));
    }
}

} // namespace simclr
