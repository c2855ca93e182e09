// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>
#include <cstddef>
#include <optional>
#include <vector>

namespace simclr::ui {

/// A cell of a confusion matrix, a row (without `predicted`) or a column (without `label`).
struct MatrixPlace {
    std::optional<std::size_t> label;
    std::optional<std::size_t> predicted;

    bool operator==(const MatrixPlace &) const = default;
};

/// Where the cells of a MatrixView are: their order, size and scroll position. A plain value.
class MatrixLayout {
  public:
    /// Rows or columns by their place in the order.
    struct Range {
        std::size_t first = 0;
        std::size_t count = 0;
    };

    /// The classes from the first row to the last, and the columns alike.
    void setOrder(std::vector<std::size_t> order);
    const std::vector<std::size_t> &order() const { return m_order; }
    int classes() const { return int(m_order.size()); }
    /// Class of a row or column; row of a class.
    std::size_t classAt(std::size_t row) const { return m_order[row]; }
    std::size_t rowOf(std::size_t label) const { return m_rows[label]; }

    /// `margin` is left for names at the left and at the top; `wanted` is the side of a cell, 0: as large as
    /// fits.
    void fit(const QSize &space, int margin, int wanted);
    void scrollTo(const QPoint &offset) { m_offset = offset; }

    int side() const { return m_side; }
    int margin() const { return m_margin; }
    /// The part of the space that shows cells.
    QRect cells() const {
        return {m_margin, m_margin, m_space.width() - m_margin, m_space.height() - m_margin};
    }
    /// The size of all cells.
    int length() const { return m_side * classes(); }

    Range visibleRows() const { return visible(m_offset.y(), m_space.height() - m_margin); }
    Range visibleColumns() const { return visible(m_offset.x(), m_space.width() - m_margin); }
    QRect rect(std::size_t label, std::size_t predicted) const;
    /// Of a cell, row or column.
    QRect rect(const MatrixPlace &place) const;
    MatrixPlace placeAt(const QPoint &point) const;

  private:
    Range visible(int offset, int space) const;

    std::vector<std::size_t> m_order;
    std::vector<std::size_t> m_rows; ///< the inverse
    QSize m_space;
    QPoint m_offset;
    int m_margin = 0;
    int m_side = 1;
};

} // namespace simclr::ui
