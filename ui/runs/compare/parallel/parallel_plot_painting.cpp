// SPDX-License-Identifier: GPL-3.0-or-later
// How ParallelPlot is painted, besides its lines.
#include "ui/runs/compare/parallel/parallel_plot.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr double sideMargin = parallelMargin;
constexpr double brushWidth = 14;

QFont smallFont(const QFont &base) {
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

} // namespace

void ParallelPlot::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    requestLines();
}

void ParallelPlot::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        requestLines();
}

void ParallelPlot::paintLine(QPainter &painter, std::size_t line, const QColor &color, double width) const {
    const std::vector<double> &shares = m_figure.lines[line].shares;
    painter.setPen(QPen(color, width));
    for (std::size_t axis = 1; axis < shares.size(); ++axis)
        if (!std::isnan(shares[axis - 1]) && !std::isnan(shares[axis]))
            painter.drawLine(QLineF(xOf(axis - 1), yOf(shares[axis - 1]), xOf(axis), yOf(shares[axis])));
}

void ParallelPlot::paintTicks(QPainter &painter, std::size_t number) const {
    const ParallelAxis &axis = m_figure.axes[number];
    const double line = painter.fontMetrics().height();
    const bool isLast = number + 1 == m_figure.axes.size() && number > 0;
    double free = height(); // labels do not overlap
    for (const double tick : axis.ticks()) {
        const double y = yOf(axis.share(tick));
        painter.setPen(theme::border());
        painter.drawLine(QLineF(xOf(number) - 3, y, xOf(number) + 3, y));
        if (y > free)
            continue;
        free = y - line * 0.9;
        constexpr double room = sideMargin - 12;
        const QString text =
            painter.fontMetrics().elidedText(axis.field.text(tick), Qt::ElideRight, static_cast<int>(room));
        const QRectF place(isLast ? xOf(number) + 8 : xOf(number) - room - 8, y - line / 2, room, line);
        painter.setPen(theme::mutedText());
        painter.drawText(place, Qt::AlignVCenter | (isLast ? Qt::AlignLeft : Qt::AlignRight), text);
    }
}

void ParallelPlot::paintAxis(QPainter &painter, std::size_t number) const {
    const ParallelAxis &axis = m_figure.axes[number];
    const double x = xOf(number);
    painter.setFont(smallFont(font()));
    painter.setPen(QPen(theme::mutedText(), 1));
    painter.drawLine(QLineF(x, top(), x, bottom()));
    paintTicks(painter, number);
    if (axis.brush) {
        QColor fill = theme::accent();
        painter.setPen(QPen(fill, 1));
        fill.setAlphaF(0.25f);
        painter.setBrush(fill);
        const double high = yOf(axis.brush->high);
        painter.drawRoundedRect(
            QRectF(x - brushWidth / 2, high, brushWidth, std::max(2.0, yOf(axis.brush->low) - high)), 3, 3);
    }
    if (axis.missing > 0) {
        painter.setPen(theme::mutedText());
        const QRectF room(x - 90, bottom() + 6, 180, painter.fontMetrics().height());
        painter.drawText(room, Qt::AlignCenter, tr("%1 without a value").arg(countText(axis.missing)));
    }
    painter.setFont(font());
    const bool isCurrent = hasFocus() && number == m_current;
    painter.setPen(isCurrent ? theme::accent() : palette().color(QPalette::WindowText));
    QRectF title = titleRect(number);
    if (m_drag == Drag::Title && number == m_dragged)
        title.translate(m_titleX - x, 0);
    painter.drawText(
        title, Qt::AlignCenter,
        fontMetrics().elidedText(axis.field.title, Qt::ElideMiddle, static_cast<int>(title.width())));
}

/// Wider, on an edge in the colour of texts; its own colour says the same as before.
void ParallelPlot::paintSelected(QPainter &painter, std::size_t line) const {
    const ParallelLine &selected = m_figure.lines[line];
    const bool hasColor = !selected.shares.empty() && m_figure.isInside(selected);
    paintLine(painter, line, palette().color(QPalette::Text), 4);
    paintLine(painter, line,
              hasColor ? lineColor(selected.shares.back(), theme::mutedText()) : theme::mutedText(), 2.4);
}

void ParallelPlot::paintAxes(QPainter &painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr qsizetype mostMarked = 100;
    for (std::size_t i = 0; m_selected.size() <= mostMarked && i < m_figure.lines.size(); ++i)
        if (m_selected.contains(m_figure.lines[i].run->id))
            paintSelected(painter, i);
    if (m_hovered && *m_hovered < m_figure.lines.size())
        paintLine(painter, *m_hovered, palette().color(QPalette::Text), 2.4);
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        paintAxis(painter, axis);
}

void ParallelPlot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? theme::accent() : theme::border());
    painter.setBrush(palette().brush(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (m_figure.lines.empty() || m_figure.axes.empty()) {
        painter.setPen(theme::mutedText());
        painter.drawText(rect().adjusted(24, 8, -24, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.drawImage(0, 0, m_lines);
    paintAxes(painter);
}

} // namespace simclr::ui
