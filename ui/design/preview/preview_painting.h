// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QImage>
#include <QPixmap>

class QPainter;
class QWidget;

namespace simclr::ui {

/// The picture in the size it is shown in, `side` pixels of the screen at `ratio` a unit. Enlarging goes
/// through the next whole factor, so that every pixel stays a sharp square, and all are equally large,
/// whatever the space.
QPixmap pixmapOf(const Image &image, int side, qreal ratio);

/// Paints a picture in the middle of its square, on a quiet ground where it does not fill it.
void paintInSquare(QPainter &painter, const QRect &square, const QPixmap &pixmap);

/// All that a widget shows, on the ground of its window, what is scrolled away too.
QImage pictureOf(QWidget &widget);

/// 0.9 of the widget's size: for what stands beside pictures.
QFont captionFont(const QFont &font);

} // namespace simclr::ui
