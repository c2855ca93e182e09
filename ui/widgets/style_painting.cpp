// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_painting.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace simclr::ui::painting {

namespace {

QColor mixed(const QColor &ground, const QColor &veil) {
    const qreal a = veil.alphaF();
    return QColor::fromRgbF(float(ground.redF() * (1 - a) + veil.redF() * a),
                            float(ground.greenF() * (1 - a) + veil.greenF() * a),
                            float(ground.blueF() * (1 - a) + veil.blueF() * a));
}

/// The rectangle through the centres of its border pixels.
QRectF inset(const QRect &rect) {
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

/// Saves the painter, switches antialiasing on, and restores it.
class Smooth {
  public:
    explicit Smooth(QPainter *painter) : m_painter(painter) {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
    }
    ~Smooth() { m_painter->restore(); }
    Smooth(const Smooth &) = delete;
    Smooth &operator=(const Smooth &) = delete;

  private:
    QPainter *m_painter;
};

/// Colour of a check mark, also if the control is disabled, because it is then not filled with the highlight.
QColor markColor(const QStyleOption *option) {
    return option->palette.color(QPalette::Active, QPalette::HighlightedText);
}

} // namespace

void box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &border, qreal radius) {
    const Smooth smooth(painter);
    painter->setPen(border.isValid() ? QPen(border, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(rect, radius, radius);
}

void chevron(QPainter *painter, const QRectF &rect, Qt::ArrowType direction, const QColor &color) {
    const Smooth smooth(painter);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->translate(rect.center());
    painter->rotate(direction == Qt::UpArrow      ? 180
                    : direction == Qt::LeftArrow  ? 90
                    : direction == Qt::RightArrow ? -90
                                                  : 0);
    const qreal arm = std::min(3.5, std::min(rect.width(), rect.height()) / 2.6);
    painter->drawPolyline(QPolygonF({{-arm, -arm / 2}, {0, arm / 2}, {arm, -arm / 2}}));
}

void checkMark(QPainter *painter, const QRectF &rect, const QColor &color) {
    const Smooth smooth(painter);
    painter->setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](qreal x, qreal y) {
        return rect.topLeft() + QPointF(rect.width() * x, rect.height() * y);
    };
    painter->drawPolyline(QPolygonF({at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.31)}));
}

void track(QPainter *painter, const QRectF &rect, qreal filledFrom, qreal filledTo, bool enabled) {
    const QRectF groove(rect.left(), rect.center().y() - trackHeight / 2.0, rect.width(), trackHeight);
    box(painter, groove, theme::border(), {}, trackHeight / 2.0);
    const QRectF filled(filledFrom, groove.top(), std::max(0.0, filledTo - filledFrom), trackHeight);
    box(painter, filled, enabled ? theme::accent() : theme::mutedText(), {}, trackHeight / 2.0);
}

void handle(QPainter *painter, const QPointF &center, bool enabled, bool hovered, bool focused) {
    const Smooth smooth(painter);
    const qreal radius = handleSide / 2.0 - 1;
    if (focused && enabled) {
        QColor halo = theme::accent();
        halo.setAlpha(70);
        painter->setPen(Qt::NoPen);
        painter->setBrush(halo);
        painter->drawEllipse(center, radius + 2.5, radius + 2.5);
    }
    painter->setPen(QPen(enabled ? theme::accent() : theme::mutedText(), hovered && enabled ? 2.4 : 1.8));
    painter->setBrush(theme::raised());
    painter->drawEllipse(center, radius - 1, radius - 1);
}

QColor controlFill(const QStyleOption *option, bool pressed) {
    const QColor ground = theme::raised();
    if (!(option->state & QStyle::State_Enabled))
        return option->palette.color(QPalette::Window);
    if (pressed)
        return mixed(mixed(ground, theme::hover()), theme::hover());
    return option->state & QStyle::State_MouseOver ? mixed(ground, theme::hover()) : ground;
}

QColor controlBorder(const QStyleOption *option) {
    const bool focused = option->state & QStyle::State_HasFocus && option->state & QStyle::State_Enabled;
    return focused ? theme::accent() : theme::border();
}

void button(QPainter *painter, const QStyleOption *option, bool isDefault) {
    const bool pressed = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool enabled = option->state & QStyle::State_Enabled;
    if (!isDefault || !enabled) {
        box(painter, inset(option->rect), controlFill(option, pressed), controlBorder(option));
        return;
    }
    QColor fill = theme::accent();
    if (pressed || option->state & QStyle::State_MouseOver)
        fill = theme::isDark() ? fill.lighter(108) : fill.darker(pressed ? 118 : 108);
    box(painter, inset(option->rect), fill, fill);
    if (option->state & QStyle::State_HasFocus) {
        QColor ring = option->palette.color(QPalette::HighlightedText);
        ring.setAlpha(170);
        box(painter, inset(option->rect).adjusted(2, 2, -2, -2), {}, ring, cornerRadius - 2);
    }
}

void toolButton(QPainter *painter, const QStyleOption *option) {
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool pressed = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = option->state & QStyle::State_MouseOver;
    QColor fill;
    if (enabled && (pressed || hovered))
        fill = theme::hover();
    if (enabled && pressed && hovered)
        fill.setAlpha(fill.alpha() * 2);
    const bool focused = enabled && option->state & QStyle::State_HasFocus;
    box(painter, inset(option->rect), fill, focused ? theme::accent() : QColor());
}

void checkBox(QPainter *painter, const QStyleOption *option) {
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor filled = enabled ? theme::accent() : theme::mutedText();
    const bool strong = option->state & (QStyle::State_HasFocus | QStyle::State_MouseOver) && enabled;
    box(painter, inset(option->rect), on ? filled : controlFill(option, false),
        on       ? filled
        : strong ? theme::accent()
                 : theme::border().darker(theme::isDark() ? 70 : 125),
        4);
    if (on && option->state & QStyle::State_HasFocus) {
        QColor halo = theme::accent();
        halo.setAlpha(110);
        box(painter, inset(option->rect).adjusted(-1.5, -1.5, 1.5, 1.5), {}, halo, 5);
    }
    if (option->state & QStyle::State_On)
        checkMark(painter, option->rect, markColor(option));
}

void radioButton(QPainter *painter, const QStyleOption *option) {
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & QStyle::State_On;
    const QColor filled = enabled ? theme::accent() : theme::mutedText();
    const QRectF rect = inset(option->rect);
    box(painter, rect, on ? filled : controlFill(option, false), on ? filled : controlBorder(option),
        rect.width() / 2);
    if (on)
        box(painter, rect.adjusted(4.5, 4.5, -4.5, -4.5), markColor(option), {}, 4);
}

void comboBox(QPainter *painter, const QStyleOptionComboBox *option, const QRect &arrow) {
    const bool pressed = option->state & QStyle::State_On;
    if (option->frame || !option->editable)
        box(painter, inset(option->rect), controlFill(option, pressed), controlBorder(option));
    const bool enabled = option->state & QStyle::State_Enabled;
    chevron(painter, arrow, Qt::DownArrow, enabled ? theme::mutedText() : theme::border());
}

void spinBox(QPainter *painter, const QStyleOptionSpinBox *option, const QRect &up, const QRect &down) {
    QStyleOptionSpinBox ground = *option;
    if (option->frame)
        box(painter, inset(option->rect),
            option->state & QStyle::State_Enabled ? option->palette.color(QPalette::Base)
                                                  : option->palette.color(QPalette::Window),
            controlBorder(&ground));
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons || !(option->state & QStyle::State_Enabled))
        return;
    const bool shown = option->state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    if (!shown)
        return;
    const auto arrow = [&](const QRect &rect, QStyle::SubControl control, Qt::ArrowType direction) {
        const bool active = option->activeSubControls & control;
        chevron(painter, rect, direction, active ? theme::accent() : theme::mutedText());
    };
    arrow(up, QStyle::SC_SpinBoxUp, Qt::UpArrow);
    arrow(down, QStyle::SC_SpinBoxDown, Qt::DownArrow);
}

void headerSection(QPainter *painter, const QStyleOption *option) {
    const QRect &rect = option->rect;
    painter->fillRect(rect, option->palette.color(QPalette::Base));
    if (option->state & QStyle::State_Enabled && option->state & QStyle::State_MouseOver)
        painter->fillRect(rect, theme::hover());
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme::border());
}

void tab(QPainter *painter, const QStyleOptionTab *option) {
    const QRectF rect = QRectF(option->rect).adjusted(2, 2, -2, -3);
    const bool selected = option->state & QStyle::State_Selected;
    if (option->state & QStyle::State_HasFocus)
        box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), {}, theme::accent());
    else if (!selected && option->state & QStyle::State_MouseOver)
        box(painter, rect, theme::hover(), {});
    if (selected)
        painter->fillRect(QRectF(rect.left() + 6, option->rect.bottom() - 1, rect.width() - 12, 2),
                          theme::accent());
}

void scrollBar(QPainter *painter, const QStyleOptionSlider *option, const QRect &slider) {
    if (option->minimum >= option->maximum)
        return;
    const bool active = option->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QColor fill = theme::mutedText();
    fill.setAlpha(active ? 170 : 90);
    const qreal margin = active ? 2 : 3;
    const QRectF bar = QRectF(slider).adjusted(margin, margin, -margin, -margin);
    box(painter, bar, fill, {}, std::min(bar.width(), bar.height()) / 2);
}

} // namespace simclr::ui::painting
