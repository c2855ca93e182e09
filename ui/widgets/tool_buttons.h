// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace simclr::ui {

/// A flat icon button with an objectName and a tooltip, which is also its accessible name.
QToolButton *iconButton(const QString &objectName, const QString &icon, const QString &toolTip,
                        QWidget *parent = nullptr);

/// A flat, checkable text button, for one of several choices or a switch.
QToolButton *choiceButton(const QString &objectName, const QString &text, const QString &toolTip);

/// The same for a group of which exactly one is checked; screen readers announce a radio button.
QToolButton *exclusiveButton(const QString &objectName, const QString &text, const QString &toolTip);

/// "text (shortcut)", for tooltips.
QString withShortcut(const QString &text, const QKeySequence &shortcut);

} // namespace simclr::ui
