// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview_layout.h"

#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int afterOriginal = 8;
constexpr int betweenViews = 4;
constexpr int smallestGutter = 26;
constexpr int smallestRowGap = 8;
constexpr int largestRowGap = 22;
constexpr int largestSide = 288;

int rowsFor(int groups, int columns) {
    return (groups + columns - 1) / columns;
}

int sideFor(int groups, int columns, const QSize &space) {
    const int groupWidth = (space.width() - (columns - 1) * smallestGutter) / columns;
    const int byWidth = (groupWidth - afterOriginal - betweenViews) / 3;
    const int height = space.height() - PreviewLayout::headerHeight;
    const int byHeight = height / rowsFor(groups, columns) - PreviewLayout::captionHeight - smallestRowGap;
    return std::clamp(std::min(byWidth, byHeight), 16, largestSide);
}

} // namespace

PreviewLayout::PreviewLayout(int groups, const QSize &space) : m_groups(groups) {
    for (int columns = 1; columns <= std::max(1, groups); ++columns)
        if (const int side = sideFor(groups, columns, space); side > m_side) {
            m_side = side;
            m_columns = columns;
        }
    // What is left over goes between the groups, so that the block fills the page from edge to edge.
    const int spare = space.width() - m_columns * groupWidth();
    m_columnStep = groupWidth() + (m_columns > 1 ? std::max(smallestGutter, spare / (m_columns - 1)) : 0);
    const int rows = rowsFor(groups, m_columns);
    const int rowHeight = m_side + captionHeight;
    const int spareHeight = space.height() - headerHeight - rows * rowHeight;
    const int gap = rows > 1 ? spareHeight / (rows - 1) : smallestRowGap;
    m_rowStep = rowHeight + std::clamp(gap, smallestRowGap, largestRowGap);
}

int PreviewLayout::groupWidth() const {
    return 3 * m_side + afterOriginal + betweenViews;
}

QRect PreviewLayout::picture(int group, int part) const {
    const int offset = part == 0   ? 0
                       : part == 1 ? m_side + afterOriginal
                                   : 2 * m_side + afterOriginal + betweenViews;
    return QRect(group % m_columns * m_columnStep + offset, headerHeight + group / m_columns * m_rowStep,
                 m_side, m_side);
}

QRect PreviewLayout::caption(int group) const {
    const QRect first = picture(group, 0);
    return QRect(first.left(), first.bottom() + 2, groupWidth(), captionHeight);
}

QRect PreviewLayout::header(int column, int part) const {
    return QRect(picture(column, part).left(), 0, m_side, headerHeight - 4);
}

int PreviewLayout::groupAt(const QPoint &point) const {
    for (int group = 0; group < m_groups; ++group)
        if (picture(group, 0).united(caption(group)).contains(point))
            return group;
    return -1;
}

} // namespace simclr::ui
