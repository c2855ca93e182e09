// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <string>
#include <vector>

namespace simclr {

/// Something in a configuration that SimCLR's findings speak against.
struct RecipeFinding {
    std::string option;   ///< id of the training option, or "pipeline"
    std::string sentence; ///< what is unusual, why, and what would be usual; names its source
};

/// Compares a configuration with what the paper found and with the images it would train on. Cheap; nothing
/// is measured. An unusual configuration may still be meant.
std::vector<RecipeFinding> checkRecipe(const RunConfiguration &configuration, const Dataset &dataset,
                                       std::int64_t trainImages);

} // namespace simclr
