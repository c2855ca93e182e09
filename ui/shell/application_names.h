// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr::ui {

/// Sets the names of the application: the internal one for settings and the data folder, and the display name
/// for titles of windows and dialogs. Call it before anything uses them.
void nameApplication();

} // namespace simclr::ui
