// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_readout.h"

#include "ui/plots/line_sample.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <algorithm>
#include <utility>

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
    keepWhatFits(rows);
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

int CurveReadout::lineHeight() const {
    return fontMetrics().height() + 2;
}

int CurveReadout::lineCount() const {
    return 1 + static_cast<int>(m_rows.size()) + (m_more > 0 ? 1 : 0);
}

QString CurveReadout::moreText() const {
    return m_more > 0 ? tr("and %n more", nullptr, static_cast<int>(m_more)) : QString();
}

/// Keeps as many rows as fit; if not all fit, rows with a value come first.
void CurveReadout::keepWhatFits(QList<Row> rows) {
    const qsizetype room = std::max(2, (parentWidget()->height() - 2 * padding) / lineHeight() - 1);
    m_more = 0;
    if (rows.size() > room) {
        std::ranges::stable_partition(rows, &Row::hasValue);
        m_more = rows.size() - (room - 1);
        rows.resize(room - 1);
    }
    m_rows = std::move(rows);
}

QSize CurveReadout::contentSize() const {
    const QFontMetrics metrics = fontMetrics();
    int names = 0;
    int values = 0;
    for (const Row &row : m_rows) {
        names = std::max(names, std::min(longestName, metrics.horizontalAdvance(row.style.name)));
        values = std::max(values, metrics.horizontalAdvance(row.value));
    }
    const int table = m_rows.isEmpty() ? 0 : swatch + gap + names + columnGap + values;
    const int texts = std::max(metrics.horizontalAdvance(m_heading), metrics.horizontalAdvance(moreText()));
    return {std::max(texts, table) + 2 * padding + 2, lineCount() * lineHeight() + 2 * padding};
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
    QRect line(padding, padding, width() - 2 * padding, lineHeight());
    painter.setPen(theme::mutedText());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_heading);
    for (const Row &row : m_rows) {
        line.translate(0, lineHeight());
        paintLineSample(painter, row.style, QPointF(line.left(), line.center().y() + 0.5), swatch);
        painter.setPen(row.hasValue ? palette().color(QPalette::Text) : theme::mutedText());
        const QString name = metrics.elidedText(row.style.name, Qt::ElideMiddle, longestName);
        painter.drawText(line.adjusted(swatch + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
    }
    painter.setPen(theme::mutedText());
    painter.drawText(line.translated(0, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, moreText());
}

} // namespace simclr::ui
