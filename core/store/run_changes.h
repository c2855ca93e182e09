// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <variant>
#include <vector>

namespace simclr {

/// The database forgets a file of a run.
struct ArtifactRemoved {
    std::string path;
};

/// The last that is known of a run.
struct RunEnded {
    RunStatus status = RunStatus::Completed;
    std::string failure; ///< kept for Failed only
    std::string weightsSha256;
    double time = 0; ///< seconds since 1970, UTC
};

using RunEntry = std::variant<Result, ArtifactRecord, ArtifactRemoved, NoteRecord, RunEnded>;

/// What a run adds to its record. Applied again after all or a part of it was applied, it changes nothing.
struct RunChanges {
    std::vector<KeyedMetric> metrics;
    std::vector<RunEntry> entries; ///< in their order, after the metrics

    bool isEmpty() const { return metrics.empty() && entries.empty(); }
    void append(RunChanges later);
};

/// One JSON value, and back. Of artifacts only the file names are kept, so that a database can be moved
/// meanwhile: `folder` is where the run's files are. fromJson throws InvalidInput.
Json toJson(const RunChanges &changes);
RunChanges changesFromJson(const Json &json, const std::filesystem::path &folder);

} // namespace simclr
