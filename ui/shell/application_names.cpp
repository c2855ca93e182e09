// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/application_names.h"

#include "core/util/version.h"

#include <QGuiApplication>

namespace simclr::ui {

void nameApplication() {
    const QString name = QStringLiteral("simclr-workbench");
    QCoreApplication::setOrganizationName(name);
    QCoreApplication::setApplicationName(name);
    QCoreApplication::setApplicationVersion(QString::fromLatin1(programVersion));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("SimCLR Workbench"));
    QGuiApplication::setDesktopFileName(name);
}

} // namespace simclr::ui
