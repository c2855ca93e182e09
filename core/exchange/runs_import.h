// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/curves_import.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace simclr {

struct RunsImportOptions {
    std::vector<RunId> runs; ///< of the other database; empty: all
    bool withFiles = true; ///< checkpoints, without which a run can be compared, but not evaluated or resumed
};

/// Imports runs of the database `other` into `database`: record, curves, results with predictions, events,
/// tags, note, star, archive, and the files of checkpoints. `other` is not changed; an older version is
/// migrated in a temporary copy.
///
/// A run is recognised by runIdentity(), also if its database was copied, or the run came from here. A known
/// run gets what it does not have: results of the same weights and files; and if it had ended early and was
/// resumed there, all that followed. A run that is marked as running there is imported as interrupted; a
/// later import completes it. The run that a run continues is found by its identity again.
///
/// `told` is called after each run. Throws StorageError; InvalidInput if both are one database or a run does
/// not exist; Interrupted if `stop` is requested. Each run is imported as a whole; files follow it.
ImportReport importRuns(const std::filesystem::path &other, const std::filesystem::path &database,
                        const RunsImportOptions &options = {}, const std::stop_token &stop = {},
                        const std::function<void(const ImportOutcome &)> &told = {});

} // namespace simclr
