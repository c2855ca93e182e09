// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/plots/figure_export.h"
#include "ui/runs/compare/parallel/parallel_figure.h"
#include "ui/runs/compare/parallel/parallel_picture.h"
#include "ui/widgets/spoken.h"

#include <QImage>
#include <QWidget>
#include <optional>

namespace simclr::ui {

/// Pixels beside the first and the last axis, for their labels.
inline constexpr double parallelMargin = 76;

/// Runs as lines over several axes. Dragging along an axis brushes it, dragging a brush moves it or its end,
/// a double click removes it; dragging the title of an axis moves the axis. With the keyboard: left and right
/// choose an axis (with Shift: move it), up and down move the lower end of its brush (with Shift: the upper
/// end), Delete removes the brush. Lines are painted in a thread. Owned by the ParallelPanel; UI thread.
class ParallelPlot : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit ParallelPlot(QWidget *parent = nullptr);

    /// Brushes of axes that stay are kept; brushed() tells of one that is lost. Ends a drag if the axes are
    /// others.
    void setFigure(ParallelFigure figure);
    const ParallelFigure &figure() const { return m_figure; }
    void setSelected(const QSet<qint64> &runs);
    void setEmptyText(const QString &text);
    void clearBrushes();
    void setBrush(std::size_t axis, std::optional<Brush> brush);

    /// Of the axis, in pixels.
    double xOf(std::size_t axis) const;
    double yOf(double share) const;
    QRectF titleRect(std::size_t axis) const;
    /// The run whose line is nearest to a place; nothing beyond a few pixels.
    std::optional<std::size_t> lineAt(const QPointF &place) const;
    QString describe(std::size_t line) const;
    /// Whether the picture of the lines is that of the figure.
    bool isPainted() const { return !m_worker.isWorking(); }
    ExportedFigure exportedFigure(const QString &caption);

    QSize minimumSizeHint() const override { return {240, 150}; }
    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    QString spokenValue() const override;

  Q_SIGNALS:
    /// The user has finished a change of the brushes, or an axis with a brush is gone.
    void brushed();
    /// The user has dragged an axis to another place.
    void axesReordered(const QStringList &fields);
    void runChosen(qint64 run, bool isAdded);
    void menuRequested(const QPoint &globalPosition);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

  private:
    enum class Drag { None, Create, Move, Low, High, Title };

    double top() const;
    double bottom() const;
    double shareAt(double y) const;
    std::optional<std::size_t> axisAt(double x) const;
    ParallelPicture wantedPicture() const;
    void requestLines();
    void beginBrush(std::size_t axis, double share);
    void dragBrush(double share);
    void dragTitle(double x);
    void moveAxis(std::size_t axis, std::size_t place);
    void brushByKey(bool isHigh, int direction);
    void hover(const QPointF &place);
    void paintAxes(QPainter &painter) const;
    void paintAxis(QPainter &painter, std::size_t axis) const;
    void paintTicks(QPainter &painter, std::size_t axis) const;
    void paintSelected(QPainter &painter, std::size_t line) const;
    void paintLine(QPainter &painter, std::size_t line, const QColor &color, double width) const;

    ParallelFigure m_figure;
    QSet<qint64> m_selected;
    QString m_emptyText;
    QImage m_lines;
    std::size_t m_current = 0; ///< axis of the keyboard
    Drag m_drag = Drag::None;
    std::size_t m_dragged = 0; ///< axis
    double m_grip = 0;         ///< where the drag began: a share, or for a title pixels from the axis
    double m_titleX = 0;       ///< of the dragged title
    Brush m_before;            ///< the brush when the drag began
    std::optional<std::size_t> m_hovered;
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
