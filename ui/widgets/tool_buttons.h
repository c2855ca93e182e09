// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace simclr::ui {

/// A flat button that is only an icon, with the name that finds it and the words that explain it.
QToolButton *iconButton(const QString &objectName, const QString &icon, const QString &toolTip,
                        QWidget *parent = nullptr);

/// A flat button of words that stays down once pressed, for one of several choices or a switch.
QToolButton *choiceButton(const QString &objectName, const QString &text, const QString &toolTip);

/// The same for one of several of which exactly one is chosen: screen readers tell it as a radio button.
QToolButton *exclusiveButton(const QString &objectName, const QString &text, const QString &toolTip);

/// `text` with the keys of `shortcut` behind it, as tooltips show them.
QString withShortcut(const QString &text, const QKeySequence &shortcut);

} // namespace simclr::ui
