// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/reference_lines.h"

#include "ui/plots/curve.h"
#include "ui/plots/qcustomplot.h"
#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

void ReferenceLines::set(const QString &name, double value) {
    remove(name);
    if (!std::isfinite(value))
        return;
    Line added{name, value, new QCPItemStraightLine(&m_canvas), new QCPItemText(&m_canvas)};
    added.line->point1->setCoords(0, value);
    added.line->point2->setCoords(1, value);
    added.line->setLayer(QStringLiteral("grid"));
    added.label->setText(name + QLatin1Char(' ') + readableNumber(value, NumberStyle::General));
    added.label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    added.label->position->setTypeY(QCPItemPosition::ptPlotCoords);
    added.label->position->setAxes(m_canvas.xAxis, m_canvas.yAxis);
    added.label->position->setCoords(0.995, value);
    m_lines.append(added);
    applyLook();
}

void ReferenceLines::remove(const QString &name) {
    for (qsizetype i = m_lines.size() - 1; i >= 0; --i) {
        if (m_lines[i].name != name)
            continue;
        m_canvas.removeItem(m_lines[i].line);
        m_canvas.removeItem(m_lines[i].label);
        m_lines.removeAt(i);
    }
}

QList<QString> ReferenceLines::names() const {
    QList<QString> result;
    for (const Line &line : m_lines)
        result.append(line.name);
    return result;
}

std::optional<std::pair<double, double>> ReferenceLines::bounds() const {
    if (m_lines.isEmpty())
        return std::nullopt;
    const auto [low, high] = std::minmax_element(
        m_lines.begin(), m_lines.end(), [](const Line &a, const Line &b) { return a.value < b.value; });
    return std::pair(low->value, high->value);
}

void ReferenceLines::setVisible(bool visible) {
    for (const Line &line : m_lines) {
        line.line->setVisible(visible);
        line.label->setVisible(visible);
    }
}

void ReferenceLines::applyLook() {
    for (const Line &line : m_lines) {
        line.line->setPen(QPen(theme::mutedText(), 1, Qt::DashLine));
        line.label->setColor(theme::mutedText());
        line.label->setFont(m_canvas.xAxis->tickLabelFont());
        QColor ground = theme::raised(); // so that it can be read where the curve passes behind it
        ground.setAlphaF(0.8);
        line.label->setBrush(ground);
    }
}

void ReferenceLines::place() {
    const QCPRange range = m_canvas.yAxis->range();
    for (const Line &line : m_lines) {
        const bool high = line.value > range.center();
        line.label->setPositionAlignment(Qt::AlignRight | (high ? Qt::AlignTop : Qt::AlignBottom));
    }
}

} // namespace simclr::ui
