// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace simclr::ui {

enum class ThemeChoice { Desktop, Light, Dark };

/// The look of the program on Qt's Fusion style: two palettes, one accent, Breeze icons tinted in the text
/// colour. All painting code takes its colours from here, so that light and dark change everywhere at once.
/// UI thread only.
namespace theme {

/// Sets style, palette, font and style sheet; call it again to change the choice while running.
void apply(QApplication &application, ThemeChoice choice);
bool isDark();
/// Whether the desktop was dark when the program started.
bool isDesktopDark();

QColor accent();
QColor mutedText();
QColor border();
QColor good();
QColor warning();
QColor danger();

/// Background of rails and side panels, slightly different from the window background.
QColor sunken();
/// Background of cards and popovers.
QColor raised();
/// Background of selected rows that contain colours: faint, so that these stay recognisable.
QColor selection();
/// Translucent overlay for the item under the pointer.
QColor hover();

/// The colour of a run: stable for a run id, the same in every page, from a colour-blind-safe palette (Okabe
/// and Ito 2008) adjusted for light and dark; repeats after fourteen runs.
QColor runColor(qint64 runId);

/// An icon of the Breeze set by its name ("list-add"), tinted for the current palette.
QIcon icon(const QString &name);

} // namespace theme

} // namespace simclr::ui
