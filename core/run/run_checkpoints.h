// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "core/train/checkpoint.h"

#include <optional>

namespace simclr {

/// The newest checkpoint of a run whose file is still there.
std::optional<std::filesystem::path> latestCheckpoint(const RunRecord &run);

/// What a run goes on from; nothing where it was stopped before it wrote a checkpoint. Throws InvalidInput
/// where its checkpoints are gone: starting anew would throw away what is known of it.
std::optional<Checkpoint> checkpointToResume(const RunRecord &run);

} // namespace simclr
