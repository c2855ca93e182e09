// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/curves_import.h"
#include "core/exchange/event_folder.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// Whether the folder may be the one that PyTorch's add_hparams() makes below that of a run. Only its
/// content decides.
bool mayBeSession(const EventFolder &folder, const std::vector<EventFolder> &all);

/// Imports every folder with event files at and below `folder` as a run, one after the other, each as a
/// whole; see findEventFolders() and readEventFolder(). The one folder that PyTorch's add_hparams() makes
/// below that of a run, named by the time, is not a run of its own: its options and scalars belong to the run
/// above, unless that has options itself. Of two folders that begin with the same event file, only the first
/// is imported. `told` is called after each run. Throws InvalidInput if there is no event file, StorageError,
/// IoError, and Interrupted if `stop` is requested; runs imported until then remain.
ImportReport importEvents(const std::filesystem::path &folder, const std::filesystem::path &database,
                          const std::stop_token &stop = {},
                          const std::function<void(const ImportOutcome &)> &told = {});

} // namespace simclr
