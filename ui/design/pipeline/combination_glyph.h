// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace simclr::ui {

/// A sign for a combination, which has no picture of its own: bars that stand for its steps, the ones that
/// are taken filled with `color`. An unknown `operation` is drawn as a group.
void paintCombinationGlyph(QPainter *painter, const QRectF &rect, const QString &operation,
                           const QColor &color);

} // namespace simclr::ui
