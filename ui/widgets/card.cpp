// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/widgets/style_painting.h"
#include "ui/widgets/theme.h"

#include <QFocusEvent>
#include <QPainter>

namespace simclr::ui {

Card::Card(QWidget *parent) : QFrame(parent) {
    setFrameShape(QFrame::NoFrame);
}

void Card::setHighlighted(bool highlighted) {
    m_highlighted = highlighted;
    update();
}

void Card::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const bool marked = m_highlighted || hasFocus();
    painting::box(&painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme::raised(),
                  marked ? theme::accent() : theme::border(), 8);
}

void Card::focusInEvent(QFocusEvent *event) {
    QFrame::focusInEvent(event);
    update();
}

void Card::focusOutEvent(QFocusEvent *event) {
    QFrame::focusOutEvent(event);
    update();
}

} // namespace simclr::ui
