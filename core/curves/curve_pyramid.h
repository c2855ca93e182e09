// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace simclr {

/// The lowest and the highest of some values; NaN if none is finite.
struct Extremes {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();

    bool isEmpty() const { return !(low <= high); }
    /// Also covers `value`, if it is finite.
    void cover(double value);
    void cover(const Extremes &other);
};

/// The extremes of blocks of a curve's values, of blocks of those blocks, and so on, so that the extremes of
/// any part are read from a few numbers, and no peak is lost however many points share a pixel. Blocks have
/// 32 values, which costs half a byte per value.
class CurvePyramid {
  public:
    /// Takes over all values, of which those up to the previous number are unchanged: a growing curve costs
    /// only its new points.
    void grow(std::span<const double> values);
    void clear();

    /// The extremes of values[begin, end), for the values of the last grow().
    Extremes extremes(std::span<const double> values, std::size_t begin, std::size_t end) const;

  private:
    static constexpr std::size_t blockSize = 32;
    static constexpr std::size_t fanOut = 8;

    void growLevels();
    void coverBlocks(Extremes &result, std::size_t level, std::size_t begin, std::size_t end) const;

    std::vector<std::vector<Extremes>> m_levels; ///< whole blocks only, from the finest
};

} // namespace simclr
