// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/image_statistics.h"
#include "ui/widgets/spoken.h"

#include <QString>
#include <QWidget>
#include <vector>

namespace simclr::ui {

/// A small histogram: bars over the range of values, whose ends are written below. A bar says its values and
/// count in its tooltip. Owned by its parent; UI thread.
class HistogramBars : public QWidget, public Spoken {
    Q_OBJECT
  public:
    /// `title` is above the bars; `decimals` of the values, `unit` behind them (" px").
    HistogramBars(const QString &title, int decimals, const QString &unit, QWidget *parent = nullptr);

    void setBars(std::vector<HistogramBar> bars);
    const std::vector<HistogramBar> &bars() const { return m_bars; }
    /// The bar at this place, for its tooltip; −1 beside the bars.
    int barAt(const QPoint &place) const;
    QSize sizeHint() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::Graphic; }
    QString spokenValue() const override;

  protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

  private:
    QRectF plot() const;
    /// From one bar to the next, pixels.
    double pitch() const;
    void paintEnds(QPainter &painter, const QRectF &area) const;
    void paintBars(QPainter &painter, const QRectF &area) const;
    QString rangeText(const HistogramBar &bar) const;

    QString m_title;
    int m_decimals;
    QString m_unit;
    std::vector<HistogramBar> m_bars;
};

} // namespace simclr::ui
