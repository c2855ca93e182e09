// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tool_buttons.h"

#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QKeySequence>

namespace simclr::ui {

QToolButton *iconButton(const QString &objectName, const QString &icon, const QString &toolTip,
                        QWidget *parent) {
    auto *button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setIcon(theme::icon(icon));
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(26, 26);
    return button;
}

namespace {

/// Sets exclusiveness first: the accessible interface is created when the first text is set.
QToolButton *checkableButton(bool isExclusive, const QString &objectName, const QString &text,
                             const QString &toolTip) {
    auto *button = new QToolButton;
    button->setAutoExclusive(isExclusive);
    button->setObjectName(objectName);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(26);
    return button;
}

} // namespace

QToolButton *choiceButton(const QString &objectName, const QString &text, const QString &toolTip) {
    return checkableButton(false, objectName, text, toolTip);
}

QToolButton *exclusiveButton(const QString &objectName, const QString &text, const QString &toolTip) {
    installAccessibleInterfaces();
    return checkableButton(true, objectName, text, toolTip);
}

QString withShortcut(const QString &text, const QKeySequence &shortcut) {
    return QStringLiteral("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText));
}

} // namespace simclr::ui
