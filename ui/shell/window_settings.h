// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

class QWidget;

namespace simclr::ui {

/// Light, dark, or as the desktop: what was chosen last.
ThemeChoice rememberedTheme();
void rememberTheme(ThemeChoice choice);

/// Puts the window where it was last time, or in the middle of the screen in a good size.
void restoreGeometryOf(QWidget &window);
void rememberGeometryOf(const QWidget &window);

int rememberedPage();
void rememberPage(int page);

} // namespace simclr::ui
