// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_settings.h"

#include <QScreen>
#include <QSettings>
#include <QWidget>
#include <algorithm>

namespace simclr::ui {

namespace {

const QString themeKey = QStringLiteral("window/theme");
const QString geometryKey = QStringLiteral("window/geometry");
const QString pageKey = QStringLiteral("window/shownPage"); // "window/page" had no Data page

} // namespace

ThemeChoice rememberedTheme() {
    const QString name = QSettings().value(themeKey).toString();
    return name == QStringLiteral("light")  ? ThemeChoice::Light
           : name == QStringLiteral("dark") ? ThemeChoice::Dark
                                            : ThemeChoice::Desktop;
}

void rememberTheme(ThemeChoice choice) {
    QSettings settings;
    if (choice == ThemeChoice::Desktop)
        settings.remove(themeKey);
    else
        settings.setValue(themeKey,
                          choice == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

void restoreGeometryOf(QWidget &window) {
    if (window.restoreGeometry(QSettings().value(geometryKey).toByteArray()))
        return;
    const QRect screen = window.screen()->availableGeometry();
    const QSize size(std::min(1440, screen.width() * 9 / 10), std::min(900, screen.height() * 9 / 10));
    window.setGeometry(QRect(screen.center() - QPoint(size.width() / 2, size.height() / 2), size));
}

void rememberGeometryOf(const QWidget &window) {
    QSettings().setValue(geometryKey, window.saveGeometry());
}

int rememberedPage() {
    constexpr int design = 1; // pictures and a pipeline at the first start
    return QSettings().value(pageKey, design).toInt();
}

void rememberPage(int page) {
    QSettings().setValue(pageKey, page);
}

} // namespace simclr::ui
