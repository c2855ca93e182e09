// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <filesystem>
#include <span>
#include <stop_token>

namespace simclr {

/// Writes the curves of runs as CSV, a line for each point: run, name, metric, step, epoch, seconds since the
/// start of the run, value. Returns the number of points. Throws InvalidInput if there is no such run,
/// IoError, StorageError, and Interrupted if `stop` is requested. The file is complete or not there.
std::int64_t exportCurvesCsv(const RunStore &store, std::span<const RunId> runs,
                             const std::filesystem::path &file, const std::stop_token &stop = {});

} // namespace simclr
