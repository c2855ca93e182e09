// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

class Connection;

/// How long a completed run took, and what it did.
struct RunTime {
    Json config;   ///< TrainOptions as JSON
    Json pipeline; ///< as toJson(Pipeline)
    std::int64_t epochs = 0;
    double seconds = 0; ///< from its creation to its end, evaluations and pauses included
};

/// The completed runs on images of this fingerprint, newest first, at most `most`; without those that were
/// imported or continue another run, and without damaged records. Throws StorageError.
std::vector<RunTime> runTimes(Connection &connection, const std::string &fingerprint, std::int64_t most);

} // namespace simclr
