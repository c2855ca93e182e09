// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace simclr::ui {

/// Opens a small window with the keys and what the program is; it does not block.
void openHelpBox(QWidget *window);

} // namespace simclr::ui
