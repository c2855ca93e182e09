// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"

#include <QImage>
#include <QPixmap>

class QPainter;
class QWidget;

namespace simclr::ui {

/// The image at a size that fits into a square of `side` pixels. Enlarges by the next integer factor first, so
/// that every pixel stays a sharp square of the same size, whatever the final size. May be called in any
/// thread.
QImage scaledInto(const Image &image, int side);

/// The same as a pixmap: `side` in device-independent pixels, `ratio` device pixels each.
QPixmap pixmapOf(const Image &image, int side, qreal ratio);

/// Paints an image centred in its square, on a muted background where it does not fill it.
void paintInSquare(QPainter &painter, const QRect &square, const QPixmap &pixmap);

/// All content of a widget on the background of its window, including what is scrolled away.
QImage pictureOf(QWidget &widget);

/// 0.9 of the widget's font size: for text beside images.
QFont captionFont(const QFont &font);

} // namespace simclr::ui
