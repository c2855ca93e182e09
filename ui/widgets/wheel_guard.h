// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace simclr::ui {

/// Keeps the wheel from changing a control that is merely scrolled past: only a focused one heeds it, and
/// only a click or Tab gives focus. Owned by the control that it guards.
class WheelGuard : public QObject {
    Q_OBJECT
  public:
    static void install(QWidget *control);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    using QObject::QObject;
};

} // namespace simclr::ui
