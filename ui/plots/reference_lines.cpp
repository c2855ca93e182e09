// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/reference_lines.h"

#include "ui/plots/curve.h"
#include "ui/plots/qcustomplot.h"
#include "ui/widgets/theme.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int labelGap = 5;
constexpr int plainMargin = 12; ///< at the right of a plot without lines

} // namespace

void ReferenceLines::set(const QString &name, double value) {
    remove(name);
    if (!std::isfinite(value))
        return;
    Line added{name, value, new QCPItemStraightLine(&m_canvas), new QCPItemText(&m_canvas)};
    added.line->point1->setCoords(0, value);
    added.line->point2->setCoords(1, value);
    added.line->setLayer(QStringLiteral("grid"));
    added.label->setText(name + QLatin1Char('\n') + readableNumber(value, NumberStyle::General));
    added.label->setTextAlignment(Qt::AlignLeft);
    added.label->setClipToAxisRect(false);
    added.label->setPadding(QMargins(labelGap, 0, 0, 0));
    added.label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    added.label->position->setTypeY(QCPItemPosition::ptPlotCoords);
    added.label->position->setAxes(m_canvas.xAxis, m_canvas.yAxis);
    added.label->position->setCoords(1, value);
    m_lines.insert(std::ranges::upper_bound(m_lines, value, {}, &Line::value), added);
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
    return std::pair(m_lines.first().value, m_lines.last().value);
}

void ReferenceLines::setShown(bool shown) {
    m_isShown = shown;
}

void ReferenceLines::applyLook() {
    for (const Line &line : m_lines) {
        line.line->setPen(QPen(theme::mutedText(), 1, Qt::DashLine));
        line.label->setColor(theme::mutedText());
        line.label->setFont(m_canvas.xAxis->tickLabelFont());
    }
}

int ReferenceLines::labelWidth() const {
    int width = 0;
    for (const Line &line : m_lines) {
        const QFontMetrics metrics(line.label->font());
        width = std::max(width, metrics.size(0, line.label->text()).width());
    }
    return width + labelGap;
}

void ReferenceLines::place() {
    const QCPRange range = m_canvas.yAxis->range();
    for (const Line &line : m_lines) {
        line.line->setVisible(m_isShown);
        line.label->setVisible(m_isShown && range.contains(line.value));
        line.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    keepApart();
    QMargins margins = m_canvas.axisRect()->minimumMargins();
    margins.setRight(m_isShown && !m_lines.isEmpty() ? labelWidth() + 4 : plainMargin);
    m_canvas.axisRect()->setMinimumMargins(margins);
}

/// If two lines are close, the name of the upper one moves up and that of the lower one moves down.
void ReferenceLines::keepApart() {
    for (qsizetype i = 1; i < m_lines.size(); ++i) {
        const Line &low = m_lines[i - 1];
        const Line &high = m_lines[i];
        const double distance =
            m_canvas.yAxis->coordToPixel(low.value) - m_canvas.yAxis->coordToPixel(high.value);
        const QFontMetrics metrics(high.label->font());
        if (distance >= metrics.size(0, high.label->text()).height())
            continue;
        low.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        high.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    }
}

} // namespace simclr::ui
