// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/spin_box_behaviour.h"

#include "ui/widgets/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>

namespace simclr::ui {

void SpinBoxBehaviour::install(QAbstractSpinBox &box) {
    box.setKeyboardTracking(false);
    box.setAlignment(Qt::AlignRight);
    box.setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
    WheelGuard::install(&box);
    box.installEventFilter(new SpinBoxBehaviour(&box));
}

bool SpinBoxBehaviour::eventFilter(QObject *, QEvent *event) {
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
        return false;
    event->ignore();
    return true;
}

void commitPendingNumber() {
    if (auto *box = qobject_cast<QAbstractSpinBox *>(QApplication::focusWidget()))
        box->interpretText();
}

} // namespace simclr::ui
