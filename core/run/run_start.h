// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_plan.h"
#include "core/train/pretrainer.h"

namespace simclr {

/// What observers are told when a run starts or goes on.
RunStarted describeStart(RunId run, const RunPlan &plan, const Pretrainer &pretrainer);

/// Sentences on what a person should know of the images and the pipeline of a run.
std::vector<std::string> startNotes(const RunPlan &plan);

} // namespace simclr
