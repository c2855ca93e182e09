// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/notification_setting.h"

#include <QSettings>

namespace simclr::ui {

namespace {

const QString settingsKey = QStringLiteral("notifications");

} // namespace

bool areNotificationsWanted() {
    return QSettings().value(settingsKey, true).toBool();
}

void rememberNotifications(bool wanted) {
    QSettings().setValue(settingsKey, wanted);
}

} // namespace simclr::ui
