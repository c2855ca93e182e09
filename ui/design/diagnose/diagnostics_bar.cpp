// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/diagnostics_bar.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr::ui {

namespace {

constexpr int barHeight = 8;
constexpr double worrying = 0.5;
constexpr double bad = 0.8;

} // namespace

DiagnosticsBar::DiagnosticsBar(QWidget *parent)
    : QWidget(parent), m_share(std::numeric_limits<double>::quiet_NaN()) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(90);
}

void DiagnosticsBar::setShare(double share, double chance) {
    m_share = share;
    m_chance = chance;
    notifySpokenValue(*this);
    update();
}

QString DiagnosticsBar::spokenValue() const {
    return std::isnan(m_share) ? tr("not measured") : tr("%1 %").arg(decimalText(100 * m_share, 0));
}

std::optional<double> DiagnosticsBar::spokenPercent() const {
    return std::isnan(m_share) ? std::nullopt : std::optional(100 * m_share);
}

void DiagnosticsBar::setOld(bool old) {
    m_isOld = old;
    update();
}

QSize DiagnosticsBar::sizeHint() const {
    return {160, fontMetrics().height() + 2};
}

QColor DiagnosticsBar::color() const {
    if (m_isOld)
        return theme::mutedText();
    return m_share >= bad ? theme::danger() : m_share >= worrying ? theme::warning() : theme::accent();
}

void DiagnosticsBar::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int textWidth = fontMetrics().horizontalAdvance(QStringLiteral("100 %"));
    const QRectF bar(0.5, (height() - barHeight) / 2.0, width() - textWidth - 9, barHeight);
    const double radius = barHeight / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::border());
    painter.drawRoundedRect(bar, radius, radius);
    const bool isKnown = !std::isnan(m_share);
    if (isKnown && m_share > 0) {
        painter.setBrush(color());
        painter.drawRoundedRect(
            QRectF(bar.topLeft(), QSizeF(std::max(2.0, bar.width() * m_share), barHeight)), radius, radius);
    }
    if (isKnown) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
        const double x = bar.left() + bar.width() * m_chance;
        painter.drawLine(QPointF(x, bar.top() - 3), QPointF(x, bar.bottom() + 3));
    }
    painter.setPen(m_isOld ? theme::mutedText() : palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter,
                     isKnown ? tr("%1 %").arg(decimalText(100 * m_share, 0)) : tr("–"));
}

} // namespace simclr::ui
