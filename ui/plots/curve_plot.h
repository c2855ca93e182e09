// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"
#include "ui/widgets/spoken.h"

#include <QList>
#include <QPointF>
#include <QWidget>
#include <memory>
#include <optional>
#include <span>

namespace simclr::ui {

/// Curves over one x axis, of up to millions of points. Drag moves, the wheel zooms, a double click shows
/// everything again; the values at the point nearest to the pointer are read out exactly. While nobody has
/// moved it, the view follows growing data. It repaints on its own timer, at most 20 times a second and only
/// when something changed. UI thread only.
class CurvePlot : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit CurvePlot(const QString &title, QWidget *parent = nullptr);
    ~CurvePlot() override;

    QString title() const;
    void setTitle(const QString &title);
    const PlotAxes &axes() const;
    void setAxes(const PlotAxes &axes);
    /// What the plot says while no curve has a point.
    void setEmptyText(const QString &text);

    int curveCount() const;
    /// Returns the new curve's index.
    int addCurve(const CurveStyle &style);
    void removeCurves();
    const CurveStyle &curveStyle(int curve) const;

    /// Replaces a curve's points; both lists are equally long and x ascends.
    void setData(int curve, const QList<double> &xs, const QList<double> &ys);
    /// Adds points at the right end.
    void append(int curve, std::span<const QPointF> points);
    qsizetype pointCount(int curve) const;
    /// The points as they were given.
    QList<QPointF> points(int curve) const;
    /// The points that are drawn as the main line: smoothed, where smoothing is on.
    QList<QPointF> drawnPoints(int curve) const;

    /// Weight of the past in [0, 1); 0 switches smoothing off. Every point of the series counts, whatever of
    /// it is visible; the raw curve stays, faintly, behind.
    void setSmoothing(double weight);

    /// A horizontal line on the left axis with its name at the right end; NaN takes it away.
    void setReferenceLine(const QString &name, double value);
    QList<QString> referenceLines() const;

    /// Shows everything and follows growing data again.
    void fit();
    bool isFollowing() const;
    /// What the view shows: left and right end in x, bottom and top on the left axis.
    QRectF visibleRange() const;
    /// Repaints now, without waiting for the timer.
    void repaintNow();
    /// The text of the read-out at this place of the canvas, as the pointer there would show it: the values
    /// at the nearest point of any curve, and a dash for curves that have none there.
    QString readoutAt(double x) const;
    /// Where the crosshair stands, always on a point; nothing while it is hidden.
    std::optional<double> crosshair() const;
    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    /// The newest values of all curves.
    QString spokenValue() const override;
    /// What is seen, without the buttons.
    QPixmap picture();

  protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
