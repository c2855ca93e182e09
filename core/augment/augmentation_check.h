// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/util/message.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr {

/// A property of a pipeline that the SimCLR paper supports or advises against.
struct AugmentationFinding {
    enum class Verdict {
        Fine,    ///< as the paper recommends
        Unusual, ///< the paper advises against it; it may be intended
        Useless, ///< nothing could be trained with it
    };
    /// A fix that the user can apply.
    struct Remedy {
        Message title; ///< "Add random resized crop"
        Pipeline after;
    };

    std::string id; ///< of the rule, stable, snake_case: "color_distortion"
    Verdict verdict = Verdict::Unusual;
    Message sentence; ///< the finding
    Message reason;   ///< why it matters, with its source
    std::optional<Remedy> remedy = {};
};

/// Compares a pipeline with the paper and its authors' code, for views of viewSize pixels of images whose
/// smallest side is smallestSide pixels (0: unknown) and whose shorter side is usualSide pixels for most of
/// them (0: same as smallestSide). Cheap; renders nothing. Findings that make the pipeline useless come
/// first, positive ones last.
std::vector<AugmentationFinding> checkAugmentation(const Pipeline &pipeline, int viewSize,
                                                   int smallestSide = 0, int usualSide = 0);

} // namespace simclr
