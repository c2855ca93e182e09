// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/curve_pyramid.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

Extremes extremesOf(std::span<const double> values) {
    Extremes result;
    for (const double value : values)
        result.cover(value);
    return result;
}

Extremes extremesOf(std::span<const Extremes> blocks) {
    Extremes result;
    for (const Extremes &block : blocks)
        result.cover(block);
    return result;
}

} // namespace

void Extremes::cover(double value) {
    if (!std::isfinite(value))
        return;
    low = low <= value ? low : value; // a NaN is replaced
    high = high >= value ? high : value;
}

void Extremes::cover(const Extremes &other) {
    cover(other.low);
    cover(other.high);
}

void CurvePyramid::clear() {
    m_levels.clear();
}

void CurvePyramid::grow(std::span<const double> values) {
    if (m_levels.empty())
        m_levels.emplace_back();
    std::vector<Extremes> &finest = m_levels.front();
    while ((finest.size() + 1) * blockSize <= values.size())
        finest.push_back(extremesOf(values.subspan(finest.size() * blockSize, blockSize)));
    growLevels();
}

void CurvePyramid::growLevels() {
    for (std::size_t level = 0; level < m_levels.size(); ++level) {
        const std::size_t wanted = m_levels[level].size() / fanOut;
        if (wanted > 0 && level + 1 == m_levels.size())
            m_levels.emplace_back();
        if (wanted == 0)
            continue;
        std::vector<Extremes> &coarser = m_levels[level + 1];
        while (coarser.size() < wanted)
            coarser.push_back(
                extremesOf(std::span(m_levels[level]).subspan(coarser.size() * fanOut, fanOut)));
    }
}

Extremes CurvePyramid::extremes(std::span<const double> values, std::size_t begin, std::size_t end) const {
    const std::size_t firstBlock = (begin + blockSize - 1) / blockSize;
    const std::size_t lastBlock = std::min(end / blockSize, m_levels.empty() ? 0 : m_levels.front().size());
    if (firstBlock >= lastBlock)
        return extremesOf(values.subspan(begin, end - begin));
    Extremes result = extremesOf(values.subspan(begin, firstBlock * blockSize - begin));
    result.cover(extremesOf(values.subspan(lastBlock * blockSize, end - lastBlock * blockSize)));
    coverBlocks(result, 0, firstBlock, lastBlock);
    return result;
}

void CurvePyramid::coverBlocks(Extremes &result, std::size_t level, std::size_t begin,
                               std::size_t end) const {
    const std::span<const Extremes> blocks(m_levels[level]);
    const std::size_t first = (begin + fanOut - 1) / fanOut;
    const std::size_t last = end / fanOut;
    if (level + 1 == m_levels.size() || first >= last) {
        result.cover(extremesOf(blocks.subspan(begin, end - begin)));
        return;
    }
    result.cover(extremesOf(blocks.subspan(begin, first * fanOut - begin)));
    result.cover(extremesOf(blocks.subspan(last * fanOut, end - last * fanOut)));
    coverBlocks(result, level + 1, first, last);
}

} // namespace simclr
