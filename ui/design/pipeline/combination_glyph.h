// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace simclr::ui {

/// A glyph for a combination, which has no thumbnail of its own: each bar is a step, and the steps that are
/// applied are filled with `color`. An unknown `operation` is painted as a group.
void paintCombinationGlyph(QPainter *painter, const QRectF &rect, const QString &operation,
                           const QColor &color);

} // namespace simclr::ui
