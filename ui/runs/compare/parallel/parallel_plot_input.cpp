// SPDX-License-Identifier: GPL-3.0-or-later
// How ParallelPlot is dragged: brushes and titles.
#include "ui/runs/compare/parallel/parallel_plot.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double endGrip = 5; // pixels around the end of a brush
constexpr double leastBrush = 0.01;

} // namespace

void ParallelPlot::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF place = event->position();
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        if (titleRect(axis).contains(place)) {
            m_drag = Drag::Title;
            m_dragged = m_current = axis;
            m_grip = place.x() - xOf(axis);
            m_titleX = xOf(axis);
            return;
        }
    if (const auto axis = axisAt(place.x()); axis && !m_figure.lines.empty())
        beginBrush(*axis, shareAt(place.y()));
}

void ParallelPlot::beginBrush(std::size_t axis, double share) {
    m_dragged = m_current = axis;
    m_grip = share;
    const std::optional<Brush> &brush = m_figure.axes[axis].brush;
    m_before = brush.value_or(Brush{share, share});
    const auto isAt = [&](double end) { return std::abs(yOf(end) - yOf(share)) <= endGrip; };
    if (brush && isAt(brush->high))
        m_drag = Drag::High;
    else if (brush && isAt(brush->low))
        m_drag = Drag::Low;
    else if (brush && brush->contains(share))
        m_drag = Drag::Move;
    else
        m_drag = Drag::Create;
    if (m_drag == Drag::Create)
        m_before = {share, share};
}

void ParallelPlot::dragBrush(double share) {
    Brush brush = m_before;
    if (m_drag == Drag::Create) {
        brush = {std::min(m_grip, share), std::max(m_grip, share)};
    } else if (m_drag == Drag::Move) {
        const double by = std::clamp(share - m_grip, -m_before.low, 1 - m_before.high);
        brush = {m_before.low + by, m_before.high + by};
    } else {
        (m_drag == Drag::Low ? brush.low : brush.high) = share;
        brush = {std::min(brush.low, brush.high), std::max(brush.low, brush.high)};
    }
    std::optional<Brush> &shown = m_figure.axes[m_dragged].brush;
    if (shown && *shown == brush)
        return;
    shown = brush;
    requestLines();
}

/// The axes that it passes make room.
void ParallelPlot::dragTitle(double x) {
    m_titleX = x - m_grip;
    std::size_t nearest = 0;
    for (std::size_t axis = 0; axis < m_figure.axes.size(); ++axis)
        if (std::abs(xOf(axis) - m_titleX) < std::abs(xOf(nearest) - m_titleX))
            nearest = axis;
    if (nearest != m_dragged) {
        moveAxis(m_dragged, nearest);
        m_dragged = m_current = nearest;
    }
    update();
}

void ParallelPlot::moveAxis(std::size_t axis, std::size_t place) {
    const auto rotate = [axis, place](auto &items) {
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(axis);
        const auto to = items.begin() + static_cast<std::ptrdiff_t>(place);
        if (axis < place)
            std::rotate(from, from + 1, to + 1);
        else
            std::rotate(to, from, from + 1);
    };
    rotate(m_figure.axes);
    for (ParallelLine &line : m_figure.lines)
        rotate(line.shares);
    requestLines();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent *event) {
    if (m_drag == Drag::Title)
        return dragTitle(event->position().x());
    if (m_drag != Drag::None)
        return dragBrush(shareAt(event->position().y()));
    hover(event->position());
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent *event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Title) {
        QStringList fields;
        for (const ParallelAxis &axis : m_figure.axes)
            fields.append(axis.field.field);
        update();
        Q_EMIT axesReordered(fields);
    } else if (drag != Drag::None) {
        ParallelAxis &axis = m_figure.axes[m_dragged];
        const bool isClick =
            axis.brush && axis.brush->high - axis.brush->low < leastBrush && axis.field.isNumeric;
        axis.brush = axis.brush && !isClick ? axis.settled(*axis.brush) : std::nullopt;
        requestLines();
        Q_EMIT brushed();
    } else if (event->button() == Qt::LeftButton) {
        if (const auto line = lineAt(event->position()))
            Q_EMIT runChosen(m_figure.lines[*line].run->id, event->modifiers().testFlag(Qt::ControlModifier));
    }
}

void ParallelPlot::mouseDoubleClickEvent(QMouseEvent *event) {
    m_drag = Drag::None;
    if (const auto axis = axisAt(event->position().x()))
        m_figure.axes[*axis].brush.reset();
    else
        clearBrushes();
    requestLines();
    Q_EMIT brushed();
}

} // namespace simclr::ui
