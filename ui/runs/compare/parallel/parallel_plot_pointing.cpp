// SPDX-License-Identifier: GPL-3.0-or-later
// What is below the pointer in ParallelPlot.
#include "ui/runs/compare/parallel/parallel_plot.h"

#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QLineF>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr::ui {

namespace {

constexpr double reach = 6; // pixels

double distanceTo(const QLineF &segment, const QPointF &place) {
    const QPointF along = segment.p2() - segment.p1();
    const double length = QPointF::dotProduct(along, along);
    const double part =
        length == 0 ? 0 : std::clamp(QPointF::dotProduct(place - segment.p1(), along) / length, 0.0, 1.0);
    return QLineF(segment.pointAt(part), place).length();
}

} // namespace

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

} // namespace simclr::ui
