// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <variant>
#include <vector>

namespace simclr {

/// A file of a run is deleted from the database.
struct ArtifactRemoved {
    std::string path;
};

/// The end of a run.
struct RunEnded {
    RunStatus status = RunStatus::Completed;
    std::string failure; ///< kept for Failed only
    std::string weightsSha256;
    double time = 0; ///< seconds since 1970, UTC
};

using RunEntry = std::variant<Result, ArtifactRecord, ArtifactRemoved, NoteRecord, RunEnded>;

/// The additions to a run's record. Applying them again, after all or a part of them were applied, changes
/// nothing.
struct RunChanges {
    std::vector<KeyedMetric> metrics;
    std::vector<RunEntry> entries; ///< in order, after the metrics

    bool isEmpty() const { return metrics.empty() && entries.empty(); }
    void append(RunChanges later);
};

/// One JSON value, and back. For artifacts only the file names are stored, so that the database can be moved
/// meanwhile: `folder` contains the run's files. fromJson throws InvalidInput.
Json toJson(const RunChanges &changes);
RunChanges changesFromJson(const Json &json, const std::filesystem::path &folder);

} // namespace simclr
