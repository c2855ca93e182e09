// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/event_log.h"

#include <QScrollBar>
#include <QTime>

namespace simclr::ui {

EventLog::EventLog(QWidget *parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("eventLog"));
    setAccessibleName(tr("Events"));
    setToolTip(tr("Events of this run and of earlier runs, newest last"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setMaximumBlockCount(5000); // bounds the memory of a window that stays open for weeks
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setFrameShape(QFrame::NoFrame);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_follows = value == verticalScrollBar()->maximum(); });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int last) {
        if (m_follows)
            verticalScrollBar()->setValue(last);
    });
    setPlaceholderText(tr("Events appear here: epochs, evaluations, checkpoints, notes."));
}

void EventLog::add(const QString &line) {
    appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("   ") + line);
}

} // namespace simclr::ui
