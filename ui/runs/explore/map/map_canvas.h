// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/map_outline.h"
#include "ui/runs/explore/map/map_selection.h"
#include "ui/runs/explore/map/map_transform.h"
#include "ui/runs/explore/map/point_groups.h"
#include "ui/runs/explore/map/point_painter.h"
#include "ui/widgets/spoken.h"

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

namespace simclr::ui {

/// The points of a map: zoomed by the wheel, moved by dragging, selected by a lasso or a rectangle. Knows
/// rows and nothing of images. Owned by the MapPane; UI thread.
class MapCanvas : public QWidget, public Spoken {
    Q_OBJECT
  public:
    enum class Tool { Move, Lasso, Rectangle };

    explicit MapCanvas(QWidget *parent = nullptr);

    /// Shows other places of the same rows, or other rows. What is visible stays, unless the whole map was.
    void setPoints(MapPoints points);
    /// One group for each row of the points; until then nothing is painted.
    void setGroups(PointGroups groups);
    /// One flag for each row; empty: no selection.
    void setSelected(std::vector<std::uint8_t> selected);
    /// A row that is marked with a ring, such as the image whose neighbours are listed, and others with a
    /// thinner one.
    void setMarked(std::optional<std::uint32_t> row, std::vector<std::uint32_t> others);
    void setTool(Tool tool);
    void fitAll();

    const MapPoints &points() const { return m_points; }
    const PointGroups &groups() const { return m_groups; }
    const MapTransform &transform() const { return m_transform; }
    /// The nearest shown row within a few pixels.
    std::optional<std::uint32_t> rowAt(const QPointF &place) const;
    /// Of the points that are not painted while the map moves: each k-th is; 1: all are.
    int paintedEvery() const;
    /// Up to this many points are all painted while the map moves.
    void setMostMoving(std::size_t points) { m_mostMoving = points; }

    QAccessible::Role spokenRole() const override { return QAccessible::Graphic; }
    QString spokenValue() const override;
    QSize minimumSizeHint() const override { return {160, 120}; }
    QSize sizeHint() const override { return {400, 300}; }

  Q_SIGNALS:
    /// The pointer is over this row, or over none.
    void hovered(std::optional<quint32> row, const QPoint &place);
    void clicked(quint32 row);
    /// The user has outlined these rows; hidden ones are not among them.
    void outlined(const std::vector<quint32> &rows, simclr::ui::SelectionChange change);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    bool isPaintable() const { return !m_points.empty() && m_groups.groupOf.size() == m_points.size(); }
    void moved();
    void repaintPoints();
    void selectAll();
    void finishOutline(Qt::KeyboardModifiers modifiers);
    void paintMarks(QPainter &painter) const;
    void paintOutline(QPainter &painter) const;
    void paintNotes(QPainter &painter) const;
    bool moveByKey(int key);

    MapPoints m_points;
    PointGroups m_groups;
    std::vector<std::uint8_t> m_selected;
    std::size_t m_selectedCount = 0;
    std::optional<std::uint32_t> m_marked;
    std::vector<std::uint32_t> m_others;
    MapTransform m_transform;
    bool m_isFitted = true;
    PointPainter m_painter;
    QImage m_image; ///< of the points; null: out of date
    Tool m_tool = Tool::Move;
    MapOutline m_outline;
    std::optional<QPointF> m_pressed;
    QPointF m_last;
    bool m_isPanning = false;
    QTimer m_settled; ///< runs while the map moves
    std::size_t m_mostMoving = 100'000;
};

} // namespace simclr::ui
