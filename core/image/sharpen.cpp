// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/sharpen.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

constexpr int one = 1 << 16; ///< of the factor's fixed point

/// sums[i] = the level plus those above and below it.
void addColumns(const std::uint8_t *__restrict above, const std::uint8_t *__restrict row,
                const std::uint8_t *__restrict below, std::size_t count, std::uint16_t *__restrict sums) {
    for (std::size_t i = 0; i < count; ++i)
        sums[i] = static_cast<std::uint16_t>(above[i] + row[i] + below[i]);
}

/// A row without its ends, from the sums of its columns.
void sharpenRow(const std::uint8_t *__restrict row, const std::uint16_t *__restrict sums, std::size_t count,
                int factor, std::uint8_t *__restrict target) {
    constexpr std::size_t next = Image::channels;
    for (std::size_t i = next; i + next < count; ++i) {
        const unsigned total = sums[i - next] + sums[i] + sums[i + next] + 4u * row[i];
        const int smooth = static_cast<int>((total + 6) / 13); // never halfway between two levels
        const int level = (smooth * one + factor * (row[i] - smooth) + one / 2) >> 16;
        target[i] = static_cast<std::uint8_t>(std::clamp(level, 0, 255));
    }
}

} // namespace

void sharpened(const Image &source, double factor, Image &target) {
    target = source;
    if (source.width() < 3 || source.height() < 3)
        return;
    const auto count = static_cast<std::size_t>(source.bytesPerRow());
    thread_local std::vector<std::uint16_t> sums;
    sums.resize(count);
    for (int y = 1; y + 1 < source.height(); ++y) {
        addColumns(source.row(y - 1), source.row(y), source.row(y + 1), count, sums.data());
        sharpenRow(source.row(y), sums.data(), count, static_cast<int>(std::lround(factor * one)),
                   target.row(y));
    }
}

} // namespace simclr
