// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_layout.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int afterOriginal = 8;
constexpr int betweenViews = 4;
constexpr int smallestGutter = 26;
constexpr int largestGutter = 120;
constexpr int smallestRowGap = 8;
constexpr int largestRowGap = 22;
constexpr int smallestSide = 16;
constexpr int usualLargestSide = 288;

int rowsFor(int groups, int columns) {
    return std::max(1, (groups + columns - 1) / columns);
}

int sideFor(int groups, int columns, const QSize &space, int largest) {
    const int groupWidth = (space.width() - (columns - 1) * smallestGutter) / columns;
    const int byWidth = (groupWidth - afterOriginal - betweenViews) / 3;
    const int height = space.height() - PreviewLayout::headerHeight;
    const int byHeight = height / rowsFor(groups, columns) - PreviewLayout::captionHeight - smallestRowGap;
    return std::clamp(std::min(byWidth, byHeight), smallestSide, largest);
}

} // namespace

PreviewLayout::PreviewLayout(int available, const QSize &space, double scale)
    : m_groups(std::min(available, wantedGroups)) {
    fillWith(m_groups, space, int(usualLargestSide * std::max(1.0, scale)));
    if (scale < 1)
        shrink(available, space, scale);
    const int spare = space.width() - m_columns * groupWidth();
    const int gutter = m_columns > 1 ? std::clamp(spare / (m_columns - 1), smallestGutter, largestGutter) : 0;
    m_columnStep = groupWidth() + gutter;
    m_left = std::max(0, (spare - (m_columns - 1) * gutter) / 2);
    const int rowHeight = m_side + captionHeight;
    const int height = space.height() - headerHeight;
    const int rowsThatFit = (height + smallestRowGap) / (rowHeight + smallestRowGap);
    const int rows = std::max(rowsFor(m_groups, m_columns), std::min(rowsThatFit, available / m_columns));
    m_groups = std::min(available, rows * m_columns);
    const int gap = (height - rows * rowHeight) / std::max(1, rows - 1);
    m_rowStep = rowHeight + std::clamp(gap, smallestRowGap, largestRowGap);
}

void PreviewLayout::fillWith(int groups, const QSize &space, int largestSide) {
    int largest = 0;
    for (int columns = 1; columns <= std::max(1, groups); ++columns)
        largest = std::max(largest, sideFor(groups, columns, space, largestSide));
    // Of nearly equal sizes, the one with more columns uses a wide page better.
    for (int columns = 1; columns <= std::max(1, groups); ++columns)
        if (const int side = sideFor(groups, columns, space, largestSide); side * 100 >= largest * 88) {
            m_side = side;
            m_columns = columns;
        }
}

/// As many columns as then fit.
void PreviewLayout::shrink(int available, const QSize &space, double scale) {
    m_side = std::max(smallestSide, int(std::lround(m_side * scale)));
    const int fitting = (space.width() + smallestGutter) / (groupWidth() + smallestGutter);
    m_columns = std::clamp(fitting, 1, std::max(1, available));
}

int PreviewLayout::groupWidth() const {
    return 3 * m_side + afterOriginal + betweenViews;
}

QRect PreviewLayout::picture(int group, int part) const {
    const int offset = part == 0   ? 0
                       : part == 1 ? m_side + afterOriginal
                                   : 2 * m_side + afterOriginal + betweenViews;
    return QRect(m_left + group % m_columns * m_columnStep + offset,
                 headerHeight + group / m_columns * m_rowStep, m_side, m_side);
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
        if (picture(group, 0).united(picture(group, 2)).united(caption(group)).contains(point))
            return group;
    return -1;
}

} // namespace simclr::ui
