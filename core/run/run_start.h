// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_plan.h"
#include "core/train/pretrainer.h"

namespace simclr {

/// The event for observers when a run starts or resumes.
RunStarted describeStart(RunId run, const RunPlan &plan, const Pretrainer &pretrainer);

/// Sentences that inform the user about the images and the pipeline of a run.
std::vector<std::string> startNotes(const RunPlan &plan);

} // namespace simclr
