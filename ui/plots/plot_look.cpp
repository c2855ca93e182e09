// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_look.h"

#include "ui/plots/qcustomplot.h"
#include "ui/widgets/theme.h"

namespace simclr::ui {

namespace {

QFont smallFont(const QFont &base) {
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

void applyToAxis(QCPAxis &axis, const QFont &font) {
    const bool isHorizontal = axis.orientation() == Qt::Horizontal;
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.setTickLabelColor(theme::mutedText());
    axis.setLabelColor(theme::mutedText());
    axis.setBasePen(isHorizontal ? QPen(theme::border()) : QPen(Qt::NoPen));
    axis.setTickPen(isHorizontal ? QPen(theme::border()) : QPen(Qt::NoPen));
    axis.setTickLength(0, isHorizontal ? 4 : 0);
    axis.setSubTicks(false);
    axis.setTickLabelPadding(isHorizontal ? 4 : 6);
    axis.setLabelPadding(2);
    axis.setNumberFormat(QStringLiteral("gb"));
    axis.setNumberPrecision(6);
    axis.ticker()->setTickCount(5);
    QColor faint = theme::border();
    faint.setAlphaF(isHorizontal ? 0.35f : 0.7f);
    axis.grid()->setPen(QPen(faint, 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

} // namespace

void applyPlotLook(QCustomPlot &canvas) {
    canvas.setBackground(canvas.palette().brush(QPalette::Base));
    const QFont font = smallFont(canvas.font());
    for (QCPAxis *axis : {canvas.xAxis, canvas.yAxis, canvas.yAxis2})
        applyToAxis(*axis, font);
}

} // namespace simclr::ui
