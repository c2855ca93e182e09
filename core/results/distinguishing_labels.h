// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/flat_settings.h"

#include <string>
#include <vector>

namespace simclr {

/// A setting in which runs differ.
struct DifferingSetting {
    std::string path;
    std::vector<std::string> values; ///< one per run
};

/// The settings in which runs differ, as a reader tells them apart: pipelines by their names if each name
/// belongs to one pipeline, otherwise by their steps; datasets by their titles. The paths of runSettings():
/// "pipeline" with its identity "pipeline_hash" and its details "pipeline.…", "dataset" with
/// "dataset_fingerprint". Names do not differ if the identities are equal.
std::vector<DifferingSetting> differingSettings(const std::vector<FlatSettings> &runs);

/// A setting in few words, as the command line spells it: "batch 256", "no nesterov", "color jitter
/// brightness 0.4", "crop + colour" (the name of a pipeline). Not translated; may contain text of users.
std::string shortLabel(const std::string &path, const std::string &value);

/// One short label per run, group or curve, that says in what it differs from the others:
/// "batch 256 · crop + colour". At most four settings are named, those that tell most runs apart; "…" follows
/// if there are more. A run whose label is not its own has its entry of `names` appended, such as "run 12";
/// if nothing differs the label is that entry. `names` has one entry per run, or none.
std::vector<std::string> distinguishingLabels(const std::vector<FlatSettings> &runs,
                                              const std::vector<std::string> &names = {});

} // namespace simclr
