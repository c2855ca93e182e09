// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr::cli {

inline constexpr int exitDone = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitWrongInput = 2;
inline constexpr int exitCancelled = 130; ///< as shells report a process that ended by Ctrl-C

} // namespace simclr::cli
