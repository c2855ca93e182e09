// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/curve_pyramid.h"

#include <QImage>
#include <cstdint>
#include <span>
#include <vector>

namespace simclr::ui {

/// From a shown value to a pixel row, counted from the top.
struct RowScale {
    double offset = 0;
    double factor = 1;

    double row(double value) const { return offset + factor * value; }
};

/// A line or a band, column by column.
struct ColumnStroke {
    std::span<const Extremes> low;  ///< its lower end in each column of the picture
    std::span<const Extremes> high; ///< its upper end; the same for a line
    RowScale scale;
    QRgb color = 0;               ///< premultiplied
    double halfWidth = 0;         ///< pixels
    std::int64_t firstColumn = 0; ///< number of the leftmost column, so that dashes move with the curve
    int dash = 0;                 ///< columns; 0: solid
    int dashGap = 0;
};

/// Paints curves of which many points share each pixel column: one vertical span per curve and column, with
/// smooth ends. Works column by column in a transposed buffer, where a span is contiguous memory: 100 curves
/// cost a few milliseconds. Buffers are reused. UI thread only.
class ColumnRaster {
  public:
    /// The strokes over each other, on transparent ground; valid until the next call. Each stroke has
    /// `size`.width() columns.
    const QImage &paint(QSize size, std::span<const ColumnStroke> strokes);

  private:
    void transpose();

    QSize m_size;
    std::vector<QRgb> m_columns; ///< column by column
    QImage m_image;
};

} // namespace simclr::ui
