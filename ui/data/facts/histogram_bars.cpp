// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facts/histogram_bars.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

HistogramBars::HistogramBars(const QString &title, int decimals, const QString &unit, QWidget *parent)
    : QWidget(parent), m_title(title), m_decimals(decimals), m_unit(unit) {
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HistogramBars::setBars(std::vector<HistogramBar> bars) {
    m_bars = std::move(bars);
    notifySpokenValue(*this);
    update();
}

QSize HistogramBars::sizeHint() const {
    return {200, 44 + 2 * fontMetrics().height()};
}

QRectF HistogramBars::plot() const {
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(0, line + 3, 0, -line - 3);
}

double HistogramBars::pitch() const {
    constexpr double widest = 40;
    return std::min(widest, plot().width() / double(std::max<std::size_t>(1, m_bars.size())));
}

int HistogramBars::barAt(const QPoint &place) const {
    const double bar = std::floor((place.x() - plot().left()) / pitch());
    return bar >= 0 && bar < double(m_bars.size()) ? int(bar) : -1;
}

QString HistogramBars::rangeText(const HistogramBar &bar) const {
    const QString low = decimalText(bar.low, m_decimals);
    const QString high = decimalText(bar.high, m_decimals);
    return (low == high ? low : tr("%1 to %2").arg(low, high)) + m_unit;
}

QString HistogramBars::spokenValue() const {
    if (m_bars.empty())
        return tr("not measured");
    const auto highest = std::ranges::max_element(m_bars, {}, &HistogramBar::count);
    return tr("%1; most at %2")
        .arg(rangeText({m_bars.front().low, m_bars.back().high, 0}), rangeText(*highest));
}

void HistogramBars::paintBars(QPainter &painter, const QRectF &area) const {
    const std::size_t most =
        std::max<std::size_t>(1, std::ranges::max_element(m_bars, {}, &HistogramBar::count)->count);
    const double pitch = this->pitch();
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const double part = double(m_bars[i].count) / double(most);
        const double height = m_bars[i].count == 0 ? 0 : std::max(1.5, part * area.height());
        painter.fillRect(QRectF(area.left() + double(i) * pitch, area.bottom() - height,
                                pitch > 4 ? pitch - 1 : pitch, height),
                         theme::accent());
    }
}

/// The lowest value below the first bar, the highest below the last one; few bars leave less room than both
/// need.
void HistogramBars::paintEnds(QPainter &painter, const QRectF &area) const {
    const QString low = decimalText(m_bars.front().low, m_decimals) + m_unit;
    const QString high = decimalText(m_bars.back().high, m_decimals) + m_unit;
    const int both = fontMetrics().horizontalAdvance(low + QStringLiteral("  ") + high);
    const double width = std::min(area.width(), std::max(pitch() * double(m_bars.size()), double(both)));
    const QRectF below(area.left(), area.bottom() + 3, width, fontMetrics().height());
    painter.drawText(below, Qt::AlignLeft, low);
    if (low != high)
        painter.drawText(below, Qt::AlignRight, high);
}

void HistogramBars::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setPen(theme::mutedText());
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignTop, m_title);
    const QRectF area = plot();
    if (!m_bars.empty()) {
        paintBars(painter, area);
        paintEnds(painter, area);
    }
    painter.setPen(theme::border());
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

bool HistogramBars::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int bar = barAt(help->pos());
    if (bar < 0) {
        QToolTip::hideText();
        return true;
    }
    const HistogramBar &shown = m_bars[std::size_t(bar)];
    QToolTip::showText(help->globalPos(),
                       plainToolTip(tr("%1: %2 images").arg(rangeText(shown), countText(shown.count))), this);
    return true;
}

} // namespace simclr::ui
