// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"
#include "core/results/run_groups.h"
#include "core/store/records.h"

#include <vector>

namespace simclr {

/// Everything that a run was trained with, for grouping and for labels: its options under their ids, the
/// pipeline ("pipeline", its name; "pipeline_hash", a SHA-256 of the rest; "pipeline.…", its steps), the
/// images ("dataset", "dataset_fingerprint"), and "continues" for a run that continues another one with
/// other options. "device" and "precision" are those that were used.
///
/// `schema` is that of the training options. An option that an earlier version did not store has its initial
/// value, as when such a run is resumed; an imported run has only what it stores.
FlatSettings runSettings(const RunRecord &run, const Schema &schema);

std::vector<GroupedRun> groupedRuns(const std::vector<RunRecord> &runs, const Schema &schema);

/// The newest plain result of a run's final encoder: of its last epoch, so that runs that were stopped or are
/// running are not averaged with completed ones. Null if there is none.
const Result *finalResult(const RunRecord &run, Protocol protocol, Split split);

} // namespace simclr
