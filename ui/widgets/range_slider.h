// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/slider_scale.h"
#include "ui/widgets/spoken.h"

#include <QWidget>

namespace simclr::ui {

/// A slider with two handles for the two ends of an interval. Left and Right move the active end by one step,
/// Up and Down activate the upper or the lower one. Owned by its parent; UI thread.
class RangeSlider : public QWidget, public Spoken {
    Q_OBJECT
  public:
    explicit RangeSlider(SliderScale scale, QWidget *parent = nullptr);

    const Range &range() const { return m_range; }
    /// Shows a range without emitting rangeEdited().
    void setRange(const Range &range);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
    QString spokenValue() const override;

  Q_SIGNALS:
    void rangeEdited(const simclr::Range &range);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

  private:
    enum class End { Low, High };

    double positionOf(double value) const;
    double valueAt(double x) const;
    void edit(double value);

    SliderScale m_scale;
    Range m_range;
    End m_active = End::Low;
};

} // namespace simclr::ui
