// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/diagnostics_histogram.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <vector>

namespace simclr::ui {

namespace {

QColor faint(QColor color, double alpha) {
    color.setAlphaF(float(alpha));
    return color;
}

} // namespace

DiagnosticsHistogram::DiagnosticsHistogram(QWidget *parent) : QWidget(parent) {
    setMinimumSize(140, 56);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void DiagnosticsHistogram::setHistograms(const CropHistograms &histograms) {
    m_histograms = histograms;
    notifySpokenValue(*this);
    update();
}

QString DiagnosticsHistogram::spokenValue() const {
    return m_histograms.views.empty() ? tr("not measured")
                                      : tr("%1 % overlap").arg(decimalText(100 * m_histograms.common, 0));
}

void DiagnosticsHistogram::setOld(bool old) {
    m_isOld = old;
    update();
}

QSize DiagnosticsHistogram::sizeHint() const {
    return {220, 90};
}

/// The share at the upper edge of the plot. Peaks at 0 and 255, where clipped pixels gather, are cut so that
/// they do not flatten the rest.
double DiagnosticsHistogram::top() const {
    std::vector<float> inner;
    const auto gather = [&](const LevelHistogram &histogram) {
        if (histogram.size() > 2)
            inner.insert(inner.end(), histogram.begin() + 1, histogram.end() - 1);
    };
    gather(m_histograms.original);
    for (const LevelHistogram &view : m_histograms.views)
        gather(view);
    if (inner.empty())
        return 1;
    const auto high = inner.begin() + std::ptrdiff_t(double(inner.size()) * 0.985);
    std::ranges::nth_element(inner, high);
    return std::max(1e-3, 1.25 * double(*high));
}

QPolygonF DiagnosticsHistogram::line(const LevelHistogram &histogram, const QRectF &plot, double top) const {
    QPolygonF points;
    const double step = plot.width() / double(histogram.size());
    for (std::size_t box = 0; box < histogram.size(); ++box)
        points.append({plot.left() + (double(box) + 0.5) * step,
                       plot.bottom() - std::min(1.0, double(histogram[box]) / top) * plot.height()});
    return points;
}

void DiagnosticsHistogram::paintCurves(QPainter &painter, const QRectF &plot) const {
    const double highest = top();
    QPolygonF area = line(m_histograms.original, plot, highest);
    area.prepend({area.first().x(), plot.bottom()});
    area.append({area.last().x(), plot.bottom()});
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint(theme::mutedText(), 0.28));
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(faint(m_isOld ? theme::mutedText() : theme::accent(), 0.6), 1.1));
    for (const LevelHistogram &view : m_histograms.views)
        painter.drawPolyline(line(view, plot, highest));
}

void DiagnosticsHistogram::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const int scale = QFontMetrics(small).height();
    const QRectF plot = QRectF(rect()).adjusted(0.5, 2, -0.5, -scale - 1);
    if (!m_histograms.original.empty())
        paintCurves(painter, plot);
    painter.setPen(theme::border());
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(theme::mutedText());
    const QRectF labels(plot.left(), plot.bottom() + 1, plot.width(), scale);
    painter.drawText(labels, Qt::AlignLeft, QStringLiteral("0"));
    painter.drawText(labels, Qt::AlignHCenter, tr("level"));
    painter.drawText(labels, Qt::AlignRight, QStringLiteral("255"));
}

} // namespace simclr::ui
