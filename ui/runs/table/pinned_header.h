// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QSet>

namespace simclr::ui {

/// A header whose first sections stay in view while the others scroll sideways below them. The view paints
/// its cells by the same geometry. Owned by the RunsTable; UI thread.
class PinnedHeader : public QHeaderView {
    Q_OBJECT
  public:
    explicit PinnedHeader(QWidget *parent = nullptr);

    /// Brings these sections to the front, in their present order.
    void setPinned(const QSet<int> &sections);
    bool isPinned(int section) const { return m_pinned.contains(section); }

    /// Pixels at the left that pinned sections cover. 0 while nothing is scrolled away, if they would cover
    /// most of the view, and in layouts from right to left.
    int pinnedWidth() const;
    /// What has to be added to the place of a section to get where it is shown.
    int shiftOf(int section) const { return isPinned(section) && pinnedWidth() > 0 ? offset() : 0; }
    /// A place in the view as one that QHeaderView understands: that of the pinned section which is shown
    /// there.
    QPoint unpinned(const QPoint &place) const;
    /// −1 if there is none.
    int sectionAt(const QPoint &place) const { return logicalIndexAt(unpinned(place)); }
    /// The pinned sections that are not hidden, from the left.
    QList<int> pinnedSections() const;

  protected:
    void paintEvent(QPaintEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

  private:
    void arrange();
    void updatePinned();
    bool hoverEvent(const QHoverEvent &event);
    QMouseEvent translated(const QMouseEvent &event) const;

    QSet<int> m_pinned;
    bool m_isArranging = false;
    bool m_isDragged = false; ///< a button was pressed on a pinned section
};

} // namespace simclr::ui
