// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/figure_export.h"
#include "ui/runs/compare/scatter/scatter_figure.h"
#include "ui/widgets/spoken.h"

#include <QSet>
#include <QWidget>
#include <optional>
#include <vector>

class QCustomPlot;
class QLabel;

namespace simclr::ui {

class CurveHeader;
class ScatterLayer;

/// Runs as points over two fields. Dragging moves the view, the wheel zooms, a double click shows all;
/// pointing at a point names its run and values, a click chooses it. The arrow keys go from point to point,
/// Return chooses the marked one. Owned by the ScatterPanel; UI thread.
class ScatterPlot : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit ScatterPlot(QWidget *parent = nullptr);
    ~ScatterPlot() override;

    void setFigure(ScatterFigure figure);
    const ScatterFigure &figure() const { return m_figure; }
    void setLogarithmic(bool isX, bool isY);
    void setSelected(const QSet<qint64> &runs);
    /// Shown while there is no point.
    void setEmptyText(const QString &text);
    /// What is said below an exported picture.
    void setCaption(const QString &caption) { m_caption = caption; }

    void fit();
    /// Where a point is, in pixels of this widget; outside if it is not drawn.
    QPoint placeOf(std::size_t point) const;
    /// "12 · crop", and both values on lines of their own.
    QString describe(std::size_t point) const;
    ExportedFigure exportedFigure();

    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    QString spokenValue() const override;

  Q_SIGNALS:
    void runChosen(qint64 run, bool isAdded);

  protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    void buildCanvas();
    void connectParts();
    void applyLook();
    void showAxes();
    void showLegend();
    void showPoints();
    void toggle(int entry);
    std::vector<QColor> colors() const;
    int entryOf(const ScatterPoint &point) const;
    void point(const QPoint &place);
    void mark(std::optional<std::size_t> point);
    void choose(std::size_t point, bool isAdded);
    void step(int direction);
    QPixmap picture();
    void paintVector(QPaintDevice &device);
    int captionHeight() const;
    void paintCaption(QPainter &painter) const;

    ScatterFigure m_figure;
    QString m_caption;
    bool m_isXLogarithmic = false;
    bool m_isYLogarithmic = false;
    QSet<int> m_hidden;  ///< entries of the legend
    bool m_isFit = true; ///< the user has not moved the view
    QPoint m_pressed;
    CurveHeader *m_header;
    QCustomPlot *m_canvas;
    QLabel *m_empty;
    ScatterLayer *m_layer = nullptr; ///< owned by m_canvas
};

} // namespace simclr::ui
