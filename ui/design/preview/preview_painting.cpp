// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/preview_painting.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QWidget>
#include <cmath>

namespace simclr::ui {

QImage scaledInto(const Image &image, int side) {
    const QImage source(image.data(), image.width(), image.height(), image.bytesPerRow(),
                        QImage::Format_RGB888);
    const QSize target = source.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    if (target == source.size())
        return source.copy(); // `source` does not own its pixels
    if (target.width() <= source.width())
        return source.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const int factor = int(std::ceil(double(target.width()) / source.width()));
    const QImage sharp = source.scaled(source.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    return sharp.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QPixmap pixmapOf(const Image &image, int side, qreal ratio) {
    QPixmap pixmap = QPixmap::fromImage(scaledInto(image, int(std::lround(side * ratio))));
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

void paintInSquare(QPainter &painter, const QRect &square, const QPixmap &pixmap) {
    QRectF target(QPointF(), pixmap.deviceIndependentSize());
    target.moveCenter(QRectF(square).center());
    if (target.size() != QSizeF(square.size()))
        painter.fillRect(square, theme::hover());
    painter.drawPixmap(target.topLeft(), pixmap);
}

QImage pictureOf(QWidget &widget) {
    const qreal ratio = widget.devicePixelRatioF();
    QImage image((QSizeF(widget.size()) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(widget.palette().color(QPalette::Window));
    widget.render(&image, {}, {}, QWidget::DrawChildren);
    return image;
}

QFont captionFont(const QFont &font) {
    QFont small = font;
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

} // namespace simclr::ui
