// SPDX-License-Identifier: GPL-3.0-or-later
// The mouse and the keyboard of ScatterPlot.
#include "ui/runs/compare/scatter/scatter_plot.h"

#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/scatter/scatter_layer.h"
#include "ui/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr double reach = 9; // pixels around a point

} // namespace

QPoint ScatterPlot::placeOf(std::size_t point) const {
    const auto place = m_layer->placeOf(point);
    return place ? m_canvas->mapTo(this, place->toPoint()) : QPoint(-1, -1);
}

QString ScatterPlot::describe(std::size_t number) const {
    const ScatterPoint &point = m_figure.points[number];
    const auto line = [](const FigureField &field, double value, double error) {
        const QString text = QStringLiteral("%1: %2").arg(field.title, field.text(value));
        return std::isfinite(error) ? QStringLiteral("%1 ± %2").arg(text, errorText(field, error)) : text;
    };
    QStringList lines{m_figure.titleOf(point)};
    if (point.isMean())
        lines.append(tr("Mean of n = %1 runs").arg(countText(point.count)));
    else if (!lines.front().startsWith(QStringLiteral("%1 ·").arg(point.run)))
        lines.append(tr("Run %1").arg(point.run));
    lines.append(line(m_figure.x, point.x, point.xError));
    lines.append(line(m_figure.y, point.y, point.yError));
    if (m_figure.color && std::isfinite(point.color))
        lines.append(line(*m_figure.color, point.color, std::nan("")));
    return lines.join(QLatin1Char('\n'));
}

void ScatterPlot::mark(std::optional<std::size_t> point) {
    if (m_layer->marked() == point)
        return;
    m_layer->setMarked(point);
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
    notifySpokenValue(*this);
}

void ScatterPlot::point(const QPoint &place) {
    const auto found = m_layer->nearest(place, reach);
    mark(found);
    m_canvas->setCursor(found ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (found)
        QToolTip::showText(m_canvas->mapToGlobal(place + QPoint(4, 4)), plainToolTip(describe(*found)),
                           m_canvas);
    else
        QToolTip::hideText();
}

/// The mean of a group stands for all of its runs.
void ScatterPlot::choose(std::size_t number, bool isAdded) {
    const ScatterPoint &chosen = m_figure.points[number];
    if (!chosen.isMean())
        Q_EMIT runChosen(chosen.run, isAdded);
}

/// To the next point in the order of x.
void ScatterPlot::step(int direction) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_figure.points.size(); ++i)
        if (m_layer->isShown(i) && m_layer->placeOf(i))
            order.push_back(i);
    if (order.empty())
        return;
    std::ranges::stable_sort(order, {}, [this](std::size_t i) { return m_figure.points[i].x; });
    const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
    const auto now = m_layer->marked() ? std::ranges::find(order, *m_layer->marked()) : order.end();
    const std::ptrdiff_t place = now == order.end() ? (direction > 0 ? -1 : last + 1) : now - order.begin();
    mark(order[static_cast<std::size_t>(std::clamp(place + direction, std::ptrdiff_t{0}, last))]);
    const QPoint pixel = placeOf(*m_layer->marked());
    QToolTip::showText(mapToGlobal(pixel), plainToolTip(describe(*m_layer->marked())), this);
}

bool ScatterPlot::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Leave) {
        mark(std::nullopt);
    } else if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->buttons() == Qt::NoButton)
            point(mouse->position().toPoint());
    } else if (event->type() == QEvent::MouseButtonPress) {
        setFocus(Qt::MouseFocusReason);
        m_pressed = static_cast<QMouseEvent *>(event)->position().toPoint();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QPoint place = mouse->position().toPoint();
        const auto found = m_layer->nearest(place, reach);
        if (mouse->button() == Qt::LeftButton && found && (place - m_pressed).manhattanLength() < 4)
            choose(*found, mouse->modifiers().testFlag(Qt::ControlModifier));
    }
    return QWidget::eventFilter(watched, event);
}

void ScatterPlot::keyPressEvent(QKeyEvent *event) {
    const auto zoom = [this](double factor) {
        m_canvas->xAxis->scaleRange(factor);
        m_canvas->yAxis->scaleRange(factor);
        m_canvas->replot();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Plus:
        return zoom(0.8);
    case Qt::Key_Minus:
        return zoom(1.25);
    case Qt::Key_Home:
        return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_layer->marked())
            return choose(*m_layer->marked(), event->modifiers().testFlag(Qt::ControlModifier));
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScatterPlot::contextMenuEvent(QContextMenuEvent *event) {
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("scatterMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show all data"), this, &ScatterPlot::fit);
    menu->addSeparator();
    addExportActions(*menu, *this, [this] { return exportedFigure(); });
    menu->popup(event->globalPos());
}

QString ScatterPlot::spokenValue() const {
    if (m_figure.points.empty())
        return m_empty->text();
    return m_layer->marked() ? describe(*m_layer->marked())
                             : tr("%1 points. %2").arg(m_figure.points.size()).arg(correlationText(m_figure));
}

} // namespace simclr::ui
