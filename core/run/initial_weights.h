// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/train/train_options.h"

#include <filesystem>

namespace simclr {

/// The weights that options.initialWeights names, nothing where it is empty. Throws IoError, or InvalidInput
/// where the file cannot be read or holds another encoder than the options ask for, saying which.
NamedTensors readInitialWeights(const TrainOptions &options);

// A run keeps what it started from beside its checkpoint: the baseline at its end needs it, and the person's
// file may be gone by then.

/// Throws IoError.
void keepInitialWeights(const std::filesystem::path &folder, const NamedTensors &weights);
/// Nothing where none were kept. Throws IoError, InvalidInput.
NamedTensors keptInitialWeights(const std::filesystem::path &folder);
/// The same; a file that cannot be read is a note and no weights. Only the baseline at the end needs them, so
/// that it is no reason not to go on.
NamedTensors startingWeights(const std::filesystem::path &folder, std::vector<std::string> &notes);

} // namespace simclr
