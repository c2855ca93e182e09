// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/pixel_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace simclr {

namespace {

/// The first index from `from` whose x is not below `edge`; near ones are found fastest.
std::size_t lowerBoundFrom(std::span<const double> xs, std::size_t from, double edge) {
    std::size_t step = 1;
    std::size_t low = from;
    while (low + step < xs.size() && xs[low + step] < edge) {
        low += step;
        step *= 2;
    }
    const auto end = xs.begin() + static_cast<std::ptrdiff_t>(std::min(low + step + 1, xs.size()));
    return static_cast<std::size_t>(
        std::lower_bound(xs.begin() + static_cast<std::ptrdiff_t>(low), end, edge) - xs.begin());
}

/// The value of the line at edge `column`, whose right neighbour is point `next`; NaN where there is no line.
double crossing(const CurveView &curve, const ColumnGrid &grid, std::int64_t column, std::size_t next) {
    if (next == 0 || next >= curve.xs.size())
        return std::numeric_limits<double>::quiet_NaN();
    const double left = grid.place(curve.xs[next - 1]);
    const double right = grid.place(curve.xs[next]);
    const double part = right > left ? (static_cast<double>(column) - left) / (right - left) : 1;
    return curve.ys[next - 1] + part * (curve.ys[next] - curve.ys[next - 1]); // NaN beside a gap
}

} // namespace

double ColumnGrid::edge(std::int64_t column) const {
    const double value = origin + static_cast<double>(column) * step;
    return isLogarithmic ? std::pow(10.0, value) : value;
}

double ColumnGrid::place(double x) const {
    return ((isLogarithmic ? std::log10(x) : x) - origin) / step;
}

std::vector<Extremes> pixelColumns(const CurveView &curve, const CurvePyramid &pyramid,
                                   const ColumnGrid &grid, std::int64_t begin, std::int64_t end) {
    std::vector<Extremes> columns;
    columns.reserve(static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin)));
    std::size_t next = lowerBoundFrom(curve.xs, 0, grid.edge(begin));
    double entry = crossing(curve, grid, begin, next);
    for (std::int64_t column = begin; column < end; ++column) {
        const std::size_t first = next;
        next = lowerBoundFrom(curve.xs, first, grid.edge(column + 1));
        Extremes extent = pyramid.extremes(curve.ys, first, next);
        extent.cover(entry);
        entry = crossing(curve, grid, column + 1, next);
        extent.cover(entry);
        columns.push_back(extent);
    }
    return columns;
}

void PixelColumns::clear() {
    m_columns.clear();
}

void PixelColumns::update(const CurveView &curve, const CurvePyramid &pyramid, const ColumnGrid &grid,
                          std::int64_t begin, std::int64_t end) {
    const std::int64_t knownEnd = m_begin + static_cast<std::int64_t>(m_columns.size());
    const std::int64_t low = std::max(begin, m_begin);
    const std::int64_t high = std::min(end, knownEnd);
    if (m_columns.empty() || !(grid == m_grid) || low >= high) {
        m_columns = pixelColumns(curve, pyramid, grid, begin, end);
    } else if (begin != m_begin || end != knownEnd) {
        std::vector<Extremes> columns = pixelColumns(curve, pyramid, grid, begin, low);
        const std::vector<Extremes> after = pixelColumns(curve, pyramid, grid, high, end);
        columns.insert(columns.end(), m_columns.begin() + (low - m_begin),
                       m_columns.begin() + (high - m_begin));
        columns.insert(columns.end(), after.begin(), after.end());
        m_columns = std::move(columns);
    }
    m_grid = grid;
    m_begin = begin;
}

namespace {

/// The points of one column that have to be drawn.
class ColumnPoints {
  public:
    void add(std::span<const double> ys, std::size_t index) {
        if (m_isEmpty)
            m_kept.fill(index);
        m_isEmpty = false;
        if (!std::isfinite(ys[index]))
            m_kept[Gap] = index;
        if (ys[index] < ys[m_kept[Low]] || std::isnan(ys[m_kept[Low]]))
            m_kept[Low] = index;
        if (ys[index] > ys[m_kept[High]] || std::isnan(ys[m_kept[High]]))
            m_kept[High] = index;
        m_kept[Last] = index;
    }
    void moveTo(std::vector<std::size_t> &result) {
        if (std::exchange(m_isEmpty, true))
            return;
        std::ranges::sort(m_kept);
        for (const std::size_t index : m_kept)
            if (result.empty() || result.back() < index)
                result.push_back(index);
    }

  private:
    enum Kept { First, Low, High, Gap, Last };
    std::array<std::size_t, 5> m_kept{};
    bool m_isEmpty = true;
};

} // namespace

std::vector<std::size_t> pointsToDraw(const CurveView &curve, const ColumnGrid &grid, double low,
                                      double high) {
    const auto indexOf = [&](auto place) { return static_cast<std::size_t>(place - curve.xs.begin()); };
    std::size_t begin = indexOf(std::ranges::lower_bound(curve.xs, low));
    std::size_t end = indexOf(std::ranges::upper_bound(curve.xs, high));
    begin -= begin > 0 ? 1 : 0;
    end += end < curve.xs.size() ? 1 : 0;
    std::vector<std::size_t> result;
    ColumnPoints points;
    double column = -std::numeric_limits<double>::infinity();
    for (std::size_t i = begin; i < end; ++i) {
        const double place = std::floor(grid.place(curve.xs[i]));
        if (place != column)
            points.moveTo(result);
        column = place;
        points.add(curve.ys, i);
    }
    points.moveTo(result);
    return result;
}

} // namespace simclr
