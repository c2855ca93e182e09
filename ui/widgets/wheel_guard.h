// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace simclr::ui {

/// Prevents the wheel from changing a control while the page is scrolled: only a focused control reacts to
/// the wheel, and only a click or Tab gives focus. Owned by the control.
class WheelGuard : public QObject {
    Q_OBJECT
  public:
    static void install(QWidget *control);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    using QObject::QObject;
};

} // namespace simclr::ui
