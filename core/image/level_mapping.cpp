// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/level_mapping.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>
#include <span>

namespace simclr {

namespace {

constexpr std::size_t allLevels = 256;

template <typename LevelOf>
LevelTable tableOf(const LevelOf &levelOf) {
    LevelTable table;
    for (std::size_t level = 0; level < allLevels; ++level)
        table[level] = static_cast<std::uint8_t>(levelOf(static_cast<int>(level)));
    return table;
}

/// Changes every level independently, without a table: many at a time.
template <typename LevelOf>
void changeEach(Image &image, const LevelOf &levelOf) {
    std::uint8_t *levels = image.data();
    const std::size_t count = image.byteCount();
    for (std::size_t i = 0; i < count; ++i)
        levels[i] = static_cast<std::uint8_t>(levelOf(levels[i]));
}

LevelTable unchanged() {
    return tableOf([](int level) { return level; });
}

/// Applies the table that `tableFor` makes from each channel's histogram.
template <typename TableFor>
void mapByHistograms(Image &image, const TableFor &tableFor) {
    const auto counts = histograms(image);
    mapLevels(image, {tableFor(counts[0]), tableFor(counts[1]), tableFor(counts[2])});
}

/// Every level becomes (number of darker pixels + half a step) / step; 255 steps are all pixels except those
/// of the lightest level.
LevelTable equalizing(const Histogram &counts) {
    const auto lightest = std::find_if(counts.rbegin(), counts.rend(), [](auto count) { return count != 0; });
    const std::uint32_t all = std::accumulate(counts.begin(), counts.end(), std::uint32_t{0});
    const std::uint32_t step = lightest == counts.rend() ? 0 : (all - *lightest) / 255;
    if (step == 0)
        return unchanged();
    LevelTable table;
    std::uint32_t darker = step / 2;
    for (std::size_t level = 0; level < allLevels; ++level) {
        table[level] = static_cast<std::uint8_t>(std::min<std::uint32_t>(darker / step, 255));
        darker += counts[level];
    }
    return table;
}

/// Removes `excess` pixels from the histogram, starting at its first level.
template <typename Counts>
void cut(Counts counts, std::uint64_t excess) {
    for (auto &count : counts) {
        const auto taken = static_cast<std::uint32_t>(std::min<std::uint64_t>(excess, count));
        count -= taken;
        excess -= taken;
    }
}

LevelTable stretching(Histogram counts, double cutoff) {
    const std::uint64_t all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const auto excess = static_cast<std::uint64_t>(std::floor(static_cast<double>(all) * cutoff / 100));
    cut(std::span(counts), excess);
    cut(std::views::reverse(counts), excess);
    const auto isUsed = [](std::uint32_t count) { return count != 0; };
    const auto darkest = std::ranges::find_if(counts, isUsed) - counts.begin();
    const auto lightest = counts.rend() - std::find_if(counts.rbegin(), counts.rend(), isUsed) - 1;
    if (lightest <= darkest)
        return unchanged();
    const double scale = 255.0 / static_cast<double>(lightest - darkest);
    const double offset = -static_cast<double>(darkest) * scale;
    return tableOf([=](int level) { return std::clamp(static_cast<int>(level * scale + offset), 0, 255); });
}

} // namespace

std::array<Histogram, Image::channels> histograms(const Image &image) {
    std::array<Histogram, Image::channels> counts{};
    const std::uint8_t *end = image.data() + image.byteCount();
    for (const std::uint8_t *pixel = image.data(); pixel != end; pixel += Image::channels)
        for (std::size_t channel = 0; channel < counts.size(); ++channel)
            ++counts[channel][pixel[channel]];
    return counts;
}

void mapLevels(Image &image, const std::array<LevelTable, Image::channels> &tables) {
    std::uint8_t *end = image.data() + image.byteCount();
    for (std::uint8_t *pixel = image.data(); pixel != end; pixel += Image::channels)
        for (std::size_t channel = 0; channel < tables.size(); ++channel)
            pixel[channel] = tables[channel][pixel[channel]];
}

void solarize(Image &image, double threshold) {
    const int first = static_cast<int>(std::ceil(std::clamp(threshold, 0.0, 256.0)));
    changeEach(image, [=](int level) { return level < first ? level : 255 - level; });
}

void posterize(Image &image, int bits) {
    const int mask = 0xFF00 >> bits;
    changeEach(image, [=](int level) { return level & mask; });
}

void invert(Image &image) {
    changeEach(image, [](int level) { return 255 - level; });
}

void equalize(Image &image) {
    mapByHistograms(image, equalizing);
}

void autocontrast(Image &image, double cutoff) {
    mapByHistograms(image, [cutoff](const Histogram &counts) { return stretching(counts, cutoff); });
}

} // namespace simclr
