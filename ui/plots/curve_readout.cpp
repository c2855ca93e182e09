// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_readout.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int padding = 8;
constexpr int swatch = 14;
constexpr int gap = 6;
constexpr int columnGap = 14;
constexpr int longestName = 220;

} // namespace

CurveReadout::CurveReadout(QWidget *parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void CurveReadout::showAt(const QPoint &anchor, const QString &heading, const QList<Row> &rows) {
    m_heading = heading;
    m_rows = rows;
    const QSize size = contentSize();
    const QSize room = parentWidget()->size();
    constexpr int away = 14;
    int x = anchor.x() + away;
    if (x + size.width() > room.width())
        x = anchor.x() - away - size.width();
    const int y = std::clamp(anchor.y() - size.height() / 2, 0, std::max(0, room.height() - size.height()));
    setGeometry(QRect(QPoint(std::max(0, x), y), size));
    show();
    raise();
    update();
}

QSize CurveReadout::contentSize() const {
    const QFontMetrics metrics = fontMetrics();
    int names = 0;
    int values = 0;
    for (const Row &row : m_rows) {
        names = std::max(names, std::min(longestName, metrics.horizontalAdvance(row.name)));
        values = std::max(values, metrics.horizontalAdvance(row.value));
    }
    const int table = m_rows.isEmpty() ? 0 : swatch + gap + names + columnGap + values;
    const int width = std::max(metrics.horizontalAdvance(m_heading), table);
    const int lines = 1 + static_cast<int>(m_rows.size());
    return {width + 2 * padding + 2, lines * (metrics.height() + 2) + 2 * padding};
}

void CurveReadout::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::border());
    QColor card = palette().color(QPalette::Base);
    card.setAlpha(240);
    painter.setBrush(card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

    const QFontMetrics metrics = fontMetrics();
    const int lineHeight = metrics.height() + 2;
    QRect line(padding, padding, width() - 2 * padding, lineHeight);
    painter.setPen(theme::mutedText());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_heading);
    for (const Row &row : m_rows) {
        line.translate(0, lineHeight);
        QPen pen(row.color, 2);
        pen.setCapStyle(Qt::FlatCap);
        if (row.dashed)
            pen.setDashPattern({2, 1.2});
        painter.setPen(pen);
        const double middle = line.center().y() + 0.5;
        painter.drawLine(QPointF(line.left(), middle), QPointF(line.left() + swatch, middle));
        painter.setPen(palette().color(QPalette::Text));
        const QString name = metrics.elidedText(row.name, Qt::ElideMiddle, longestName);
        painter.drawText(line.adjusted(swatch + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
    }
}

} // namespace simclr::ui
