// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace simclr {

/// The event file of one run.
struct ExportedEvents {
    RunId run = 0;
    std::filesystem::path file;
    std::int64_t points = 0;
};

/// Writes each run into an event file in a folder of its own below `folder`, "3-name", for TensorBoard and
/// its readers. Scalars are all metrics, by their id, and the accuracies: "accuracy/linear/test" at the step
/// of the evaluated encoder; a scope that is not the usual one is a part of the tag, as unlike accuracies
/// must not share a curve. Options are those of TensorBoard's hparams: config, the pipeline's name, the title
/// of the dataset. Values are float32, as all scalars of TensorBoard. Exporting a run again replaces its
/// file. Throws InvalidInput if there is no such run, or the folder of a run contains event files of another
/// one; IoError; StorageError; Interrupted if `stop` is requested. A file is complete or not there.
std::vector<ExportedEvents> exportEvents(const RunStore &store, std::span<const RunId> runs,
                                         const std::filesystem::path &folder,
                                         const std::stop_token &stop = {});

} // namespace simclr
