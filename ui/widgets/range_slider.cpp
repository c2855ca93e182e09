// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/range_slider.h"

#include "ui/widgets/style_painting.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {
constexpr double margin = painting::handleSide / 2.0 + 1;
}

RangeSlider::RangeSlider(SliderScale scale, QWidget *parent)
    : QWidget(parent), m_scale(scale), m_range{scale.minimum(), scale.maximum()} {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RangeSlider::setRange(const Range &range) {
    m_range = range;
    notifySpokenValue(*this);
    update();
}

QString RangeSlider::spokenValue() const {
    const QLocale locale;
    return tr("%1 to %2").arg(locale.toString(m_range.low, 'g', 4), locale.toString(m_range.high, 'g', 4));
}

QSize RangeSlider::sizeHint() const {
    return {120, painting::handleSide + 6};
}
QSize RangeSlider::minimumSizeHint() const {
    return {48, painting::handleSide + 6};
}

double RangeSlider::positionOf(double value) const {
    return margin + m_scale.fraction(value) * (width() - 2 * margin);
}

double RangeSlider::valueAt(double x) const {
    return m_scale.value((x - margin) / std::max(1.0, width() - 2 * margin));
}

void RangeSlider::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const double low = positionOf(m_range.low);
    const double high = positionOf(m_range.high);
    painting::track(&painter, QRectF(2, 0, width() - 4, height()), low, high, isEnabled());
    const auto draw = [&](End end, double x) {
        const bool chosen = m_active == end;
        painting::handle(&painter, {x, height() / 2.0}, isEnabled(), underMouse() && chosen,
                         hasFocus() && chosen);
    };
    draw(End::Low, low);
    draw(End::High, high);
}

void RangeSlider::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton)
        return;
    const double x = event->position().x();
    const double toLow = std::abs(x - positionOf(m_range.low));
    const double toHigh = std::abs(x - positionOf(m_range.high));
    // If the handles overlap, the clicked side decides which one moves.
    m_active = toLow < toHigh || (toLow == toHigh && x < positionOf(m_range.low)) ? End::Low : End::High;
    edit(valueAt(x));
}

void RangeSlider::mouseMoveEvent(QMouseEvent *event) {
    if (event->buttons() & Qt::LeftButton)
        edit(valueAt(event->position().x()));
}

void RangeSlider::keyPressEvent(QKeyEvent *event) {
    const double current = m_active == End::Low ? m_range.low : m_range.high;
    switch (event->key()) {
    case Qt::Key_Left:
        return edit(m_scale.stepped(current, -1));
    case Qt::Key_Right:
        return edit(m_scale.stepped(current, +1));
    case Qt::Key_Home:
        return edit(m_scale.minimum());
    case Qt::Key_End:
        return edit(m_scale.maximum());
    case Qt::Key_Up:
        m_active = End::High;
        return update();
    case Qt::Key_Down:
        m_active = End::Low;
        return update();
    default:
        QWidget::keyPressEvent(event);
    }
}

void RangeSlider::enterEvent(QEnterEvent *) {
    update();
}
void RangeSlider::leaveEvent(QEvent *) {
    update();
}

void RangeSlider::edit(double value) {
    Range changed = m_range;
    if (m_active == End::Low)
        changed.low = std::min(value, m_range.high);
    else
        changed.high = std::max(value, m_range.low);
    if (changed == m_range)
        return;
    m_range = changed;
    notifySpokenValue(*this);
    update();
    Q_EMIT rangeEdited(m_range);
}

} // namespace simclr::ui
