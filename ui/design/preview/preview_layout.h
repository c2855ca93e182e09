// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

namespace simclr::ui {

/// The layout of the images of a preview: groups of original, first and second view, in the number of columns
/// that makes the images largest. A plain value computed from the number of groups and the available space.
class PreviewLayout {
  public:
    static constexpr int headerHeight = 22;
    static constexpr int captionHeight = 19;
    static constexpr int wantedGroups = 12;

    PreviewLayout() = default;
    /// Fits wantedGroups (or all, if `available` is smaller), and shows more if space is left. With a `scale`
    /// below 1 the images are smaller than they could be by this factor, and more of them are shown; above 1
    /// they may be larger than usual by this factor if there is space.
    PreviewLayout(int available, const QSize &space, double scale = 1);

    int groups() const { return m_groups; }

    int columns() const { return m_columns; }
    int side() const { return m_side; }
    /// The square of an image: `part` 0 is the original, 1 and 2 are the views.
    QRect picture(int group, int part) const;
    /// The line below a group.
    QRect caption(int group) const;
    /// The line above a column of groups, over one part.
    QRect header(int column, int part) const;
    /// The group at a point, or −1.
    int groupAt(const QPoint &point) const;

  private:
    void fillWith(int groups, const QSize &space, int largestSide);
    void shrink(int available, const QSize &space, double scale);
    int groupWidth() const;

    int m_groups = 0;
    int m_columns = 1;
    int m_side = 0;
    int m_left = 0;
    int m_columnStep = 0;
    int m_rowStep = 0;
};

} // namespace simclr::ui
