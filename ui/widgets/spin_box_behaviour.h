// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractSpinBox;

namespace simclr::ui {

/// Common behaviour of all spin boxes: a number takes effect when it is entered, not while it is typed; the
/// wheel changes it only if it has the focus; the undo and redo keys go to the page, which undoes whole
/// changes. Owned by the box.
class SpinBoxBehaviour : public QObject {
    Q_OBJECT
  public:
    static void install(QAbstractSpinBox &box);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    using QObject::QObject;
};

/// Commits a number that is being typed in the focused spin box. Needed because shortcuts, and buttons that
/// only Tab can focus, do not take the focus from the box.
void commitPendingNumber();

} // namespace simclr::ui
