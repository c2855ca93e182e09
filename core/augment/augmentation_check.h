// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// Something about the augmentation of a pipeline that SimCLR's findings speak for or against.
struct AugmentationFinding {
    enum class Verdict {
        Fine,    ///< as the findings would have it
        Unusual, ///< they speak against it; it may still be meant
        Useless, ///< nothing could be trained with it
    };
    /// What would be done about it, at a person's word.
    struct Remedy {
        std::string title; ///< "Add random resized crop"
        Pipeline after;
    };

    std::string id; ///< of the rule, stable, snake_case: "color_distortion"
    Verdict verdict = Verdict::Unusual;
    std::string sentence; ///< what is the matter
    std::string reason;   ///< why that matters, with its source
    std::optional<Remedy> remedy = {};
};

/// Compares a pipeline with what the paper and its authors' code found, for views of viewSize pixels of
/// images whose smallest side is smallestSide pixels (0: not known) and whose shorter side is usualSide
/// pixels for most of them (0: taken to be smallestSide). Cheap; nothing is drawn. What would keep it from
/// being of any use comes first, what is fine last.
std::vector<AugmentationFinding> checkAugmentation(const Pipeline &pipeline, int viewSize,
                                                   int smallestSide = 0, int usualSide = 0);

} // namespace simclr
