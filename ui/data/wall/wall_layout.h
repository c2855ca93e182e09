// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <algorithm>
#include <utility>

namespace simclr::ui {

/// Where the tiles of an ImageWall are: square tiles in rows from the upper left, by their position in the
/// list. Places are computed, so that a million images take no memory. Device-independent pixels of the whole
/// content, of which the wall shows a part.
struct WallLayout {
    static constexpr int gap = 4; ///< around a tile

    int columns = 1;
    int side = 96; ///< of a tile
    int count = 0; ///< tiles

    /// For a wall of this width.
    static WallLayout fit(int width, int side, int count) {
        return {std::max(1, (width - gap) / (side + gap)), side, count};
    }

    int pitch() const { return side + gap; }
    int rows() const { return (count + columns - 1) / columns; }
    int height() const { return rows() * pitch() + gap; }
    QRect tile(int position) const {
        return {gap + position % columns * pitch(), gap + position / columns * pitch(), side, side};
    }
    /// The tile at a point; −1 beside the tiles.
    int positionAt(const QPoint &point) const {
        if (point.x() < gap || point.y() < gap)
            return -1;
        const int column = (point.x() - gap) / pitch();
        const qint64 position = qint64((point.y() - gap) / pitch()) * columns + column;
        if (column >= columns || position >= count || !tile(int(position)).contains(point))
            return -1;
        return int(position);
    }
    /// The first tile in these lines of pixels, and the one after the last.
    std::pair<int, int> between(int top, int bottom) const {
        const auto row = [this](int y) { return std::max(0, y - gap) / pitch(); };
        return {std::min(count, row(top) * columns), std::min(count, (row(bottom) + 1) * columns)};
    }
};

} // namespace simclr::ui
