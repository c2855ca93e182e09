// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace simclr::ui {

/// A question that the user must confirm.
struct Question {
    QString objectName; ///< of the box
    QString text;       ///< shown literally, without markup
    QString consequence;
    QString confirm; ///< text of the confirm button; its objectName is "confirm"
};

/// Asks in a dialog over `owner` without blocking, and calls `confirmed` if the user confirms. Cancel is the
/// default and calls `declined`.
void ask(QWidget &owner, const Question &question, std::function<void()> confirmed,
         std::function<void()> declined = {});

} // namespace simclr::ui
