// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard of ParallelPlot, and what screen readers say.
#include "ui/runs/compare/parallel/parallel_plot.h"

#include <QKeyEvent>
#include <algorithm>
#include <utility>

namespace simclr::ui {

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
