// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <cstdint>
#include <vector>

namespace simclr {

class Connection;

/// What has changed in the list of runs since a revision.
struct RunListing {
    /// In short form, newest first: config has only "encoder" and "width", pipeline only "name"; results are
    /// the newest plain ones of each protocol and split, those of the untrained encoder included; neither
    /// libraries, artifacts, origin nor notes are read. Runs in the trash are among them.
    std::vector<RunRecord> changed;
    std::vector<RunId> removed;
    std::int64_t revision = 0; ///< of the newest change; the argument of the next call
};

/// Reads the runs that have changed after `revision`; 0 for all. The work is proportional to their number. A
/// damaged record is marked (markDamaged) and contains what can be read.
/// Throws StorageError.
RunListing listRuns(Connection &connection, std::int64_t revision = 0);

} // namespace simclr
