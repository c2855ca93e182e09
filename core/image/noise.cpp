// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace simclr {

namespace {

constexpr int tableBits = 12;
constexpr int tableSize = 1 << tableBits;
constexpr int unitsPerSigma = 1 << 12;
constexpr int scaleBits = 20;

/// The quantiles that divide the normal distribution into equally likely parts, in units of 1/unitsPerSigma.
struct NormalTable {
    std::array<std::int16_t, tableSize> number;
    double meanSquare = 0;

    NormalTable() {
        for (int i = 0; i < tableSize / 2; ++i) {
            const std::int16_t distance = quantile(0.5 + (i + 0.5) / tableSize);
            number[static_cast<std::size_t>(tableSize / 2 + i)] = distance;
            number[static_cast<std::size_t>(tableSize / 2 - 1 - i)] = static_cast<std::int16_t>(-distance);
            meanSquare += 2.0 * distance * distance / tableSize;
        }
    }

    /// The quantile of probability `share` ≥ ½, rounded to a unit. Searched among integers, so that the last
    /// bits of the machine's erfc() do not matter.
    static std::int16_t quantile(double share) {
        int low = 0;
        int high = 5 * unitsPerSigma;
        while (high - low > 1) {
            const int middle = (low + high) / 2;
            const double border = (middle - 0.5) / unitsPerSigma;
            (std::erfc(-border / std::numbers::sqrt2) / 2 <= share ? low : high) = middle;
        }
        return static_cast<std::int16_t>(low);
    }
};

/// The output function of SplitMix64.
std::uint64_t mixed(std::uint64_t counter) {
    counter = (counter ^ (counter >> 30)) * 0xBF58476D1CE4E5B9;
    counter = (counter ^ (counter >> 27)) * 0x94D049BB133111EB;
    return counter ^ (counter >> 31);
}

} // namespace

void addGaussianNoise(Image &image, double sigma, std::uint64_t seed) {
    static const NormalTable table;
    const int scale =
        static_cast<int>(std::lround(sigma * (1 << scaleBits) / std::sqrt(2 * table.meanSquare)));
    const auto add = [scale](std::uint8_t &level, std::uint64_t bits) {
        const int normal = table.number[bits % tableSize] + table.number[(bits >> tableBits) % tableSize];
        const int noise = (normal * scale + (1 << (scaleBits - 1))) >> scaleBits;
        level = static_cast<std::uint8_t>(std::clamp(level + noise, 0, 255));
    };
    constexpr std::uint64_t weyl = 0x9E3779B97F4A7C15;
    std::uint8_t *levels = image.data();
    const std::size_t count = image.byteCount();
    for (std::size_t i = 0; i + 1 < count; i += 2) {
        const std::uint64_t bits = mixed(seed += weyl);
        add(levels[i], bits);
        add(levels[i + 1], bits >> (2 * tableBits));
    }
    if (count % 2 == 1)
        add(levels[count - 1], mixed(seed + weyl));
}

} // namespace simclr
