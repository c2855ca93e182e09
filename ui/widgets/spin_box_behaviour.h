// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractSpinBox;

namespace simclr::ui {

/// How every number box of the program behaves: a number counts once it is entered, not while it is typed;
/// the wheel changes it only where it has the focus; Ctrl+Z and its kin are left to the page, which undoes
/// whole changes. Owned by the box.
class SpinBoxManners : public QObject {
    Q_OBJECT
  public:
    static void teach(QAbstractSpinBox &box);

    bool eventFilter(QObject *watched, QEvent *event) override;

  private:
    using QObject::QObject;
};

/// Lets a number that stands half entered in a box count now: shortcuts, and buttons that only the Tab key
/// focuses, do not take the focus from the box.
void enterNumberUnderway();

} // namespace simclr::ui
