// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr::ui {

/// Names the application before anything depends on it: settings and the data folder go by one name, and what
/// people read, in the titles of windows and dialogs, by another.
void nameApplication();

} // namespace simclr::ui
