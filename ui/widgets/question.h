// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace simclr::ui {

/// A decision that only the person can take.
struct Question {
    QString objectName; ///< of the box
    QString text;       ///< shown as it is, whatever it holds
    QString consequence;
    QString confirm; ///< text of the button that goes on; its objectName is "confirm"
};

/// Asks over `owner` without blocking, and calls `confirmed` where the person goes on. Declining is the
/// default, and calls `declined`.
void ask(QWidget &owner, const Question &question, std::function<void()> confirmed,
         std::function<void()> declined = {});

} // namespace simclr::ui
