// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/curve_pyramid.h"
#include "core/curves/curve_view.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace simclr {

/// The pixel columns of an axis: column k covers x from edge(k) to edge(k + 1). On a logarithmic axis, edges
/// are equally spaced in log10(x).
struct ColumnGrid {
    double origin = 0; ///< edge(0), or its log10
    double step = 1;   ///< width of a column, > 0
    bool isLogarithmic = false;

    double edge(std::int64_t column) const;
    /// Where x is between the edges: column k and its fraction.
    double place(double x) const;
    bool operator==(const ColumnGrid &) const = default;
};

/// For each pixel column the extent of a curve's line within it: over every point, and over the line where it
/// crosses the edges of the column. Neighbouring columns therefore touch each other, and drawing them costs
/// only pixels. Columns are kept, so that moving the view computes only those that are new.
class PixelColumns {
  public:
    /// Computes columns [begin, end) of `curve`, whose values `pyramid` summarises. If only columns are
    /// missing from the last call, only these; clear() has to be called when the curve has changed.
    void update(const CurveView &curve, const CurvePyramid &pyramid, const ColumnGrid &grid,
                std::int64_t begin, std::int64_t end);
    void clear();
    /// Those of the last update(), from `begin`; empty ones where there is no line.
    std::span<const Extremes> columns() const { return m_columns; }

  private:
    ColumnGrid m_grid;
    std::int64_t m_begin = 0;
    std::vector<Extremes> m_columns;
};

/// The columns [begin, end) themselves.
std::vector<Extremes> pixelColumns(const CurveView &curve, const CurvePyramid &pyramid,
                                   const ColumnGrid &grid, std::int64_t begin, std::int64_t end);

/// Indices of the points that are needed to draw a curve on `columns` pixels between `low` and `high`: in
/// each column the first, the lowest, the highest and the last point, with one neighbour outside at both ends
/// and a point of each gap; all points if they are not more than that. Ascending.
std::vector<std::size_t> pointsToDraw(const CurveView &curve, const ColumnGrid &grid, double low,
                                      double high);

} // namespace simclr
