// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;
class QStyleOption;
class QStyleOptionComboBox;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;

namespace simclr::ui {

/// The shapes shared by WorkbenchStyle and the custom-painted widgets.
namespace painting {

constexpr qreal cornerRadius = 5;
constexpr int handleSide = 14;
constexpr int trackHeight = 4;

/// A filled rectangle with round corners and a border of one pixel (none for an invalid colour).
void box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border,
         qreal radius = cornerRadius);
/// A small arrow head in the middle of `rect`.
void chevron(QPainter *painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color);
void checkMark(QPainter *painter, const QRectF &rect, const QColor &color);
/// The track of a slider, filled with the accent between two x positions.
void track(QPainter *painter, const QRectF &rect, qreal filledFrom, qreal filledTo, bool enabled);
void handle(QPainter *painter, const QPointF &center, bool enabled, bool hovered, bool focused);

/// Background and border colour of a control: button, field or box.
QColor controlFill(const QStyleOption *option, bool pressed);
QColor controlBorder(const QStyleOption *option);

void button(QPainter *painter, const QStyleOption *option, bool isDefault);
void toolButton(QPainter *painter, const QStyleOption *option);
void checkBox(QPainter *painter, const QStyleOption *option);
void radioButton(QPainter *painter, const QStyleOption *option);
void comboBox(QPainter *painter, const QStyleOptionComboBox *option, const QRect &arrow);
void spinBox(QPainter *painter, const QStyleOptionSpinBox *option, const QRect &up, const QRect &down);
/// A section of a table header, or the empty area after the last one: the table's background over a line.
void headerSection(QPainter *painter, const QStyleOption *option);
/// A tab without a frame: the selected one is underlined in the accent colour.
void tab(QPainter *painter, const QStyleOptionTab *option);
void scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider);

} // namespace painting

} // namespace simclr::ui
