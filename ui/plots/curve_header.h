// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve.h"

#include <QList>
#include <QWidget>

namespace simclr::ui {

/// Title and legend of a plot in one quiet line above it: names behind a short piece of each one's line. What
/// does not fit is elided. Owned by its CurvePlot.
class CurveHeader : public QWidget {
    Q_OBJECT
  public:
    explicit CurveHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    const QString &title() const { return m_title; }
    void setCurves(const QList<CurveStyle> &curves);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    int paintTitle(QPainter &painter) const;
    void paintLegend(QPainter &painter, int left) const;
    int entryWidth(const CurveStyle &curve) const;
    int legendWidth() const;

    QString m_title;
    QList<CurveStyle> m_curves;
};

} // namespace simclr::ui
