// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr::cli {

inline constexpr int exitDone = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitWrongInput = 2;
inline constexpr int exitCancelled = 130; ///< as shells report a process ended by Ctrl-C

inline constexpr const char *exitStatusHelp =
    "Exit status: 0 done, 1 failed, 2 wrong usage or input, 130 cancelled (Ctrl-C).\n"
    "\"simclr COMMAND --help\" explains a command.";

} // namespace simclr::cli
