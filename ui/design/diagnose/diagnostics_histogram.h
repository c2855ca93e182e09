// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnose/crop_histograms.h"
#include "ui/widgets/spoken.h"

#include <QWidget>

namespace simclr::ui {

/// The level histograms of one image and of its views, as in Figure 6: the image as an area, each view as a
/// thin line over it. Grey while they are out of date. Owned by its parent; UI thread.
class DiagnosticsHistogram : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit DiagnosticsHistogram(QWidget *parent = nullptr);

    void setHistograms(const CropHistograms &histograms);
    const CropHistograms &histograms() const { return m_histograms; }
    void setOld(bool old);
    QSize sizeHint() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::Graphic; }
    QString spokenValue() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    double top() const;
    QPolygonF line(const LevelHistogram &histogram, const QRectF &plot, double top) const;
    void paintCurves(QPainter &painter, const QRectF &plot) const;

    CropHistograms m_histograms;
    bool m_isOld = false;
};

} // namespace simclr::ui
