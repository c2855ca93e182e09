// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/brief_message.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>

namespace simclr::ui {

namespace {

/// A modifier alone is only the begin of a shortcut, perhaps of the one that the message names.
bool isAction(const QEvent &event) {
    if (event.type() == QEvent::MouseButtonPress)
        return true;
    if (event.type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<const QKeyEvent &>(event).key();
    return key != Qt::Key_Control && key != Qt::Key_Shift && key != Qt::Key_Alt && key != Qt::Key_Meta;
}

} // namespace

BriefMessage::BriefMessage(QLabel &label, QObject *parent) : QObject(parent), m_label(label) {
    m_end.setSingleShot(true);
    m_end.setInterval(duration);
    connect(&m_end, &QTimer::timeout, &m_label, &QWidget::hide);
}

void BriefMessage::show(const QString &text) {
    m_label.setText(text);
    m_label.setVisible(!text.isEmpty());
    m_end.start();
}

void BriefMessage::endOn(QWidget &widget) {
    widget.installEventFilter(this);
}

bool BriefMessage::eventFilter(QObject *watched, QEvent *event) {
    if (isAction(*event))
        m_label.hide();
    return QObject::eventFilter(watched, event);
}

} // namespace simclr::ui
