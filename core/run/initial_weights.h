// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/train/train_options.h"

#include <filesystem>

namespace simclr {

/// The weights from options.initialWeights, nothing if it is empty. Throws IoError, or InvalidInput if the
/// file cannot be read or contains another encoder than the options request, naming it.
NamedTensors readInitialWeights(const TrainOptions &options);

// A run keeps its initial weights next to its checkpoint: the baseline at its end needs them, and the user's
// file may be gone by then.

/// Throws IoError.
void keepInitialWeights(const std::filesystem::path &folder, const NamedTensors &weights);
/// Nothing if none were kept. Throws IoError, InvalidInput.
NamedTensors keptInitialWeights(const std::filesystem::path &folder);
/// The same, but an unreadable file gives a note and no weights: only the baseline at the end needs them, so
/// that the run can still be resumed.
NamedTensors startingWeights(const std::filesystem::path &folder, std::vector<std::string> &notes);

} // namespace simclr
