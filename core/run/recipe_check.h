// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "core/util/message.h"

#include <string>
#include <vector>

namespace simclr {

/// A setting that contradicts the findings of the SimCLR paper.
struct RecipeFinding {
    std::string option; ///< id of the training option, or "pipeline"
    Message sentence;   ///< what is unusual, why, and the usual value; cites its source
};

/// Checks a configuration against the paper's findings and against its training images. Cheap; nothing is
/// measured. An unusual configuration may still be intended.
std::vector<RecipeFinding> checkRecipe(const RunConfiguration &configuration, const Dataset &dataset,
                                       std::int64_t trainImages);

} // namespace simclr
