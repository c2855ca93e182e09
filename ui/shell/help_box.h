// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace simclr::ui {

/// Opens a small window with the keyboard shortcuts and the About text; it does not block.
void openHelpBox(QWidget *window);

} // namespace simclr::ui
