// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <functional>
#include <vector>

namespace simclr {

using StepVisitor = std::function<void(PipelineStep &)>;

/// Every step of both branches and of the combinations in them, including disabled ones.
void forEachStep(Pipeline &pipeline, const StepVisitor &visit);
/// Those that are enabled with a probability above 0, as are all combinations around them.
void forEachActiveStep(const Pipeline &pipeline, const std::function<void(const PipelineStep &)> &visit);

/// The pipeline with every step of `operation` switched off.
Pipeline withoutOperation(Pipeline pipeline, const std::string &operation);
/// With every step of an unknown operation switched off.
Pipeline withoutUnknown(Pipeline pipeline);
/// With a random resized crop first.
Pipeline withCrop(Pipeline pipeline);
/// With a horizontal flip after the crop, or first.
Pipeline withFlip(Pipeline pipeline);
/// With colour drop after the jitter, or last.
Pipeline withColorDrop(Pipeline pipeline);
/// With blur last.
Pipeline withBlur(Pipeline pipeline);
/// With colour jitter of strength s after crop and flips, and colour drop if there is none (App. A).
Pipeline withColorDistortion(Pipeline pipeline, double strength);
/// Every colour jitter of strength s: 0.8 s, 0.8 s, 0.8 s, 0.2 s (App. A).
Pipeline withJitterStrength(Pipeline pipeline, double strength);
/// Crops from this fraction of the image's area up to all of it.
Pipeline withSmallestArea(Pipeline pipeline, double area);
/// Both views rendered with one list: the first, unless the second has more of crop and colour jitter.
Pipeline withOneBranch(Pipeline pipeline);

/// Mean of the strengths s that correspond to the four parameters of a jitter (App. A).
double jitterStrength(const PipelineStep &jitter);

} // namespace simclr
