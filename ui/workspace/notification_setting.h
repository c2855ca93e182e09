// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr::ui {

/// Whether notifications of the desktop are wanted, from the settings; initially they are.
bool areNotificationsWanted();
void rememberNotifications(bool wanted);

} // namespace simclr::ui
