// SPDX-License-Identifier: GPL-3.0-or-later
// The mouse and the keyboard of ParallelPlot.
#include "ui/runs/compare/parallel/parallel_plot.h"

#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double endGrip = 5; // pixels around the end of a brush
constexpr double leastBrush = 0.01;
constexpr double reach = 6;

double distanceTo(const QLineF &segment, const QPointF &place) {
    const QPointF along = segment.p2() - segment.p1();
    const double length = QPointF::dotProduct(along, along);
    const double part =
        length == 0 ? 0 : std::clamp(QPointF::dotProduct(place - segment.p1(), along) / length, 0.0, 1.0);
    return QLineF(segment.pointAt(part), place).length();
}

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

// ---- pointing

std::optional<std::size_t> ParallelPlot::lineAt(const QPointF &place) const {
    std::optional<std::size_t> best;
    double least = reach;
    for (std::size_t axis = 1; axis < m_figure.axes.size(); ++axis) {
        if (place.x() < xOf(axis - 1) || place.x() > xOf(axis))
            continue;
        for (std::size_t i = 0; i < m_figure.lines.size(); ++i) {
            const std::vector<double> &shares = m_figure.lines[i].shares;
            if (std::isnan(shares[axis - 1]) || std::isnan(shares[axis]) ||
                !m_figure.isInside(m_figure.lines[i]))
                continue;
            const double distance =
                distanceTo({{xOf(axis - 1), yOf(shares[axis - 1])}, {xOf(axis), yOf(shares[axis])}}, place);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
    }
    return best;
}

QString ParallelPlot::describe(std::size_t line) const {
    const RunRecord &run = *m_figure.lines[line].run;
    QStringList lines{runTitle(run)};
    for (const ParallelAxis &axis : m_figure.axes)
        lines.append(QStringLiteral("%1: %2").arg(axis.field.title, axis.field.textOf(run.id)));
    return lines.join(QLatin1Char('\n'));
}

void ParallelPlot::hover(const QPointF &place) {
    const bool isTitle = place.y() < top() - 8;
    const bool isAxis = !isTitle && axisAt(place.x()).has_value();
    const auto line = isTitle || isAxis ? std::nullopt : lineAt(place);
    setCursor(isTitle  ? Qt::OpenHandCursor
              : isAxis ? Qt::SizeVerCursor
              : line   ? Qt::PointingHandCursor
                       : Qt::ArrowCursor);
    if (std::exchange(m_hovered, line) == line)
        return;
    if (line)
        QToolTip::showText(mapToGlobal(place.toPoint() + QPoint(6, 6)), plainToolTip(describe(*line)), this);
    else
        QToolTip::hideText();
    update();
}

void ParallelPlot::leaveEvent(QEvent *) {
    m_hovered.reset();
    update();
}

void ParallelPlot::contextMenuEvent(QContextMenuEvent *event) {
    Q_EMIT menuRequested(event->globalPos());
}

// ---- the keyboard

void ParallelPlot::brushByKey(bool isHigh, int direction) {
    constexpr double step = 0.05;
    Brush brush = m_figure.axes[m_current].brush.value_or(Brush());
    double &end = isHigh ? brush.high : brush.low;
    end = std::clamp(end + direction * step, isHigh ? brush.low : 0.0, isHigh ? 1.0 : brush.high);
    setBrush(m_current, brush);
}

void ParallelPlot::keyPressEvent(QKeyEvent *event) {
    const bool isShift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (m_figure.axes.empty())
        return QWidget::keyPressEvent(event);
    const int sideways = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int up = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (sideways != 0) {
        const auto last = static_cast<int>(m_figure.axes.size()) - 1;
        const int place = std::clamp(static_cast<int>(m_current) + sideways, 0, last);
        const std::size_t before = std::exchange(m_current, static_cast<std::size_t>(place));
        if (isShift && before != m_current) {
            moveAxis(before, m_current);
            QStringList fields;
            for (const ParallelAxis &axis : m_figure.axes)
                fields.append(axis.field.field);
            Q_EMIT axesReordered(fields);
        }
        update();
        notifySpokenValue(*this);
    } else if (up != 0) {
        brushByKey(isShift, up);
        notifySpokenValue(*this);
    } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        setBrush(m_current, std::nullopt);
    } else {
        QWidget::keyPressEvent(event);
    }
}

QString ParallelPlot::spokenValue() const {
    if (m_figure.lines.empty() || m_figure.axes.empty())
        return m_emptyText;
    const ParallelAxis &axis = m_figure.axes[m_current];
    const QString inside = tr("%1 of %2 runs").arg(m_figure.insideCount()).arg(m_figure.lines.size());
    if (!axis.brush)
        return QStringLiteral("%1, %2").arg(axis.field.title, inside);
    return tr("%1 from %2 to %3, %4")
        .arg(axis.field.title, axis.field.text(axis.valueAt(axis.brush->low)),
             axis.field.text(axis.valueAt(axis.brush->high)), inside);
}

} // namespace simclr::ui
