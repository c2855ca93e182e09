// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

class QWidget;

namespace simclr::ui {

/// The last choice: light, dark, or as the desktop.
ThemeChoice rememberedTheme();
void rememberTheme(ThemeChoice choice);

/// Restores the last position of the window, or centres it on the screen with a default size.
void restoreGeometryOf(QWidget &window);
void rememberGeometryOf(const QWidget &window);

int rememberedPage();
void rememberPage(int page);

} // namespace simclr::ui
