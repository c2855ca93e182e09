// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/combination_glyph.h"

#include <QPainter>
#include <QPainterPath>
#include <array>

namespace simclr::ui {

namespace {

constexpr int bars = 3;

/// The bar of step `i`, counted from the top, over the fraction `width` of the rectangle.
QRectF barRect(const QRectF &rect, int i, double left, double width) {
    const double height = rect.height() / (2 * bars - 1);
    return {rect.left() + left * rect.width(), rect.top() + 2 * i * height, width * rect.width(), height};
}

void paintBar(QPainter *painter, const QRectF &bar, const QColor &color, bool taken) {
    painter->setPen(taken ? QPen(Qt::NoPen) : QPen(color, 1));
    painter->setBrush(taken ? QBrush(color) : QBrush(Qt::NoBrush));
    const QRectF drawn = taken ? bar : bar.adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawRoundedRect(drawn, 1.5, 1.5);
}

/// Two crossing arrows: the steps are reordered.
void paintExchange(QPainter *painter, const QRectF &rect, const QColor &color) {
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    for (const bool down : {true, false}) {
        const double from = down ? rect.top() : rect.bottom();
        const double to = down ? rect.bottom() : rect.top();
        const double head = down ? -3.5 : 3.5;
        QPainterPath path(QPointF(rect.left(), from));
        path.lineTo(rect.right(), to);
        path.moveTo(rect.right() - 4, to);
        path.lineTo(rect.right(), to);
        path.lineTo(rect.right(), to + head);
        painter->drawPath(path);
    }
}

} // namespace

void paintCombinationGlyph(QPainter *painter, const QRectF &rect, const QString &operation,
                           const QColor &color) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool one = operation == QLatin1String("one_of");
    const bool some = operation == QLatin1String("some_of");
    const bool exchanges = operation == QLatin1String("random_order");
    const std::array<bool, bars> taken = one    ? std::array{false, true, false}
                                         : some ? std::array{true, false, true}
                                                : std::array{true, true, true};
    for (int i = 0; i < bars; ++i)
        paintBar(painter, barRect(rect, i, 0, exchanges ? 0.45 : 1), color, taken[std::size_t(i)]);
    if (exchanges)
        paintExchange(painter, rect.adjusted(rect.width() * 0.58, 2, 0, -2), color);
    painter->restore();
}

} // namespace simclr::ui
