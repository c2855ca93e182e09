// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <functional>
#include <vector>

namespace simclr {

using StepVisitor = std::function<void(PipelineStep &)>;

/// Every step of both branches and of the combinations in them, those that are switched off too.
void forEachStep(Pipeline &pipeline, const StepVisitor &visit);
/// Those that are switched on and have a chance, and all around them too.
void forEachActiveStep(const Pipeline &pipeline, const std::function<void(const PipelineStep &)> &visit);

/// The pipeline with every step of `operation` switched off.
Pipeline withoutOperation(Pipeline pipeline, const std::string &operation);
/// With every step of an unknown operation switched off.
Pipeline withoutUnknown(Pipeline pipeline);
/// With a random resized crop before all else.
Pipeline withCrop(Pipeline pipeline);
/// With a horizontal flip behind the crop, or before all else.
Pipeline withFlip(Pipeline pipeline);
/// With colour drop behind the jitter, or last.
Pipeline withColorDrop(Pipeline pipeline);
/// With blur last.
Pipeline withBlur(Pipeline pipeline);
/// With colour jitter of strength s behind crop and flips, and colour drop if there is none (App. A).
Pipeline withColorDistortion(Pipeline pipeline, double strength);
/// Every colour jitter of strength s: 0.8 s, 0.8 s, 0.8 s, 0.2 s (App. A).
Pipeline withJitterStrength(Pipeline pipeline, double strength);
/// Crops from this share of the picture's area on, up to the whole.
Pipeline withSmallestArea(Pipeline pipeline, double area);
/// Both views drawn by the steps of one: of the first, where the second has not more of crop and colour
/// jitter.
Pipeline withOneBranch(Pipeline pipeline);

/// Mean of the strengths s that the four numbers of a jitter stand for (App. A).
double jitterStrength(const PipelineStep &jitter);

} // namespace simclr
