// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace simclr::ui {

/// Asks `question` over `owner` without blocking, and calls `confirmed` where the person wants runs deleted.
void askToDelete(QWidget &owner, const QString &question, std::function<void()> confirmed);

} // namespace simclr::ui
