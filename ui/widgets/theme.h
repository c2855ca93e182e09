// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>

class QApplication;

namespace simclr::ui {

enum class ThemeChoice { Desktop, Light, Dark };

/// The program's own look on Qt's Fusion style: two palettes, one accent, Breeze icons tinted to the text
/// colour. Everything that paints asks here, so that light and dark change everywhere at once. UI thread
/// only.
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

/// The ground of rails and side panels, a shade away from the window's.
QColor sunken();
/// The ground of cards and popovers, in front of the window's.
QColor raised();
/// The ground of selected rows that show colours of their own: faint, so that those stay what they are.
QColor selection();
/// What lies under the pointer: a faint veil over any ground.
QColor hover();

/// The colour of a run: stable for a run id, the same in every page, from a colour-blind-safe palette (Okabe
/// and Ito 2008) adjusted for light and dark; fourteen before one comes again.
QColor runColor(qint64 runId);

/// An icon of the Breeze set by its name ("list-add"), tinted for the current palette.
QIcon icon(const QString &name);

} // namespace theme

} // namespace simclr::ui
