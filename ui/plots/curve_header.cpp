// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_header.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace simclr::ui {

namespace {

constexpr int sampleWidth = 18;
constexpr int sampleGap = 6;
constexpr int entryGap = 14;
constexpr int margin = 8;

QString legendOf(const CurveStyle &curve) {
    return curve.legend.value_or(curve.name);
}

QFont titleFont(const QFont &base) {
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

CurveHeader::CurveHeader(const QString &title, QWidget *parent) : QWidget(parent), m_title(title) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CurveHeader::setTitle(const QString &title) {
    m_title = title;
    update();
}

void CurveHeader::setCurves(const QList<CurveStyle> &curves) {
    m_curves = curves;
    QStringList names;
    for (const CurveStyle &curve : curves)
        names.append(curve.name);
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    update();
}

QSize CurveHeader::sizeHint() const {
    return {240, fontMetrics().height() + 8};
}

QSize CurveHeader::minimumSizeHint() const {
    return {60, sizeHint().height()};
}

void CurveHeader::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int titleEnd = paintTitle(painter);
    // At the right edge where there is room, so that the eye finds it in the same place in every plot.
    paintLegend(painter, qMax(titleEnd + entryGap, width() - margin - legendWidth()));
}

int CurveHeader::paintTitle(QPainter &painter) const {
    const QFont font = titleFont(painter.font());
    const QFontMetrics metrics(font);
    const QString text = metrics.elidedText(m_title, Qt::ElideRight, width() - 2 * margin);
    painter.save();
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(margin, 0, width() - 2 * margin, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     text);
    painter.restore();
    return margin + metrics.horizontalAdvance(text);
}

void CurveHeader::paintLegend(QPainter &painter, int left) const {
    const int end = width() - margin + 2; // what rounding took away
    for (const CurveStyle &curve : m_curves) {
        const QString name = legendOf(curve);
        if (name.isEmpty())
            continue;
        const int room = end - left - sampleWidth - sampleGap;
        if (room < fontMetrics().averageCharWidth() * 3)
            return;
        QPen pen(curve.color(), 2);
        pen.setCapStyle(Qt::FlatCap);
        if (curve.dashed)
            pen.setDashPattern({2.2, 1.6});
        painter.setPen(pen);
        painter.drawLine(QPointF(left, height() / 2.0), QPointF(left + sampleWidth, height() / 2.0));
        left += sampleWidth + sampleGap;
        const QString text = fontMetrics().elidedText(name, Qt::ElideMiddle, room);
        painter.setPen(theme::mutedText());
        painter.drawText(QRect(left, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        left += fontMetrics().horizontalAdvance(text) + entryGap;
    }
}

int CurveHeader::entryWidth(const CurveStyle &curve) const {
    constexpr int rounding = 2; // advances are whole pixels only here
    return sampleWidth + sampleGap + fontMetrics().horizontalAdvance(legendOf(curve)) + rounding;
}

int CurveHeader::legendWidth() const {
    int total = 0;
    for (const CurveStyle &curve : m_curves)
        if (!legendOf(curve).isEmpty())
            total += entryWidth(curve) + (total > 0 ? entryGap : 0);
    return total;
}

} // namespace simclr::ui
