// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/group_curve.h"
#include "core/curves/smoothing.h"
#include "ui/plots/curve.h"
#include "ui/widgets/spoken.h"

#include <QList>
#include <QPointF>
#include <QWidget>
#include <optional>
#include <span>

namespace simclr::ui {

class CurveCanvas;
class CurveHeader;

/// Curves over one x axis, with up to millions of points. Dragging moves the view, the wheel zooms, a double
/// click shows all data; the read-out shows the exact values at the point nearest to the pointer. Until the
/// user moves it, the view follows growing data. Repaints on its own timer, at most 20 times per second and
/// only after changes. UI thread only.
class CurvePlot : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit CurvePlot(const QString &title, QWidget *parent = nullptr);
    ~CurvePlot() override;

    QString title() const;
    void setTitle(const QString &title);
    const PlotAxes &axes() const;
    void setAxes(const PlotAxes &axes);
    /// The text shown while no curve has a point.
    void setEmptyText(const QString &text);

    int curveCount() const;
    /// Returns the new curve's index.
    int addCurve(const CurveStyle &style);
    void removeCurves();
    const CurveStyle &curveStyle(int curve) const;

    /// Replaces the points of a curve; both lists have the same length and x is ascending.
    void setData(int curve, const QList<double> &xs, const QList<double> &ys);
    /// Adds points at the right end.
    void append(int curve, std::span<const QPointF> points);
    qsizetype pointCount(int curve) const;
    /// The points as they were given.
    QList<QPointF> points(int curve) const;
    /// Whether its main line is not the given points but smoothed.
    bool isSmoothed(int curve) const;
    /// The points of the main line: smoothed if smoothing is on.
    QList<QPointF> drawnPoints(int curve) const;

    /// Smooths every curve that is not a group from all its points, visible or not; the raw curve is shown
    /// faintly behind.
    void setSmoothing(const Smoothing &smoothing);
    const Smoothing &smoothing() const;
    /// For long curves: setSmoothing() then only says what is computed in another thread, and setSmoothed()
    /// brings it. Until then a curve shows its earlier smoothed values, or its raw ones.
    void setSmoothedElsewhere(bool isElsewhere);
    void setSmoothed(int curve, std::vector<double> values);

    /// Shows the mean of several runs with its band, n where it falls, and faintly behind the mean `raw` of
    /// the runs that are not smoothed, at the same x; empty if `group` is not smoothed.
    void setGroup(int curve, GroupCurve group, std::vector<double> raw = {});
    /// n and the band at each point of a group; empty for a curve that is none.
    const GroupCurve &group(int curve) const;

    /// Hidden curves are drawn neither here nor in exported pictures, and their values are still exported.
    void setCurveHidden(int curve, bool isHidden);
    bool isCurveHidden(int curve) const;
    /// As the legend does: curveToggled() follows.
    void toggleCurve(int curve);
    /// Draws one curve in front of the others, which are faded; nothing: all alike.
    void setHighlightedCurve(std::optional<int> curve);
    std::optional<int> highlightedCurve() const;

    /// What was computed from the values, for exports: the smoothing, and what setNote() added.
    QString caption() const;
    void setNote(const QString &note);

    /// A horizontal line on the left axis with its name at the right end; NaN removes it.
    void setReferenceLine(const QString &name, double value);
    QList<QString> referenceLines() const;

    /// Shows all data and follows growing data again.
    void fit();
    bool isFollowing() const;
    /// The visible range: x from left to right, y of the left axis from bottom to top.
    QRectF visibleRange() const;
    /// Repaints now, without waiting for the timer.
    void repaintNow();
    /// The text of the read-out for a pointer at `x`: the values at the nearest point of any curve, and a
    /// dash for curves that have no point there.
    QString readoutAt(double x) const;
    /// x of the crosshair, always that of a point; nothing while it is hidden.
    std::optional<double> crosshair() const;
    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    /// The newest values of all curves.
    QString spokenValue() const override;
    /// The plot as a picture, without the buttons, with its caption below.
    QPixmap picture();
    /// Paints the same into a vector file, in logical pixels of this widget.
    void paintVector(QPaintDevice &device);
    QSize pictureSize() const;

  Q_SIGNALS:
    /// The user hid or showed a curve in the legend or the menu.
    void curveToggled(int curve, bool isHidden);
    /// The pointer is over this entry of the legend, or at this curve; −1: over none.
    void curveHovered(int curve);

  protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

  private:
    void connectParts();
    int captionHeight() const;
    void paintCaption(QPainter &painter) const;

    CurveHeader *m_header;
    CurveCanvas *m_canvas;
    QString m_note;
};

} // namespace simclr::ui
