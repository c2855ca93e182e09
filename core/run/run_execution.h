// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/train/checkpoint.h"

#include <optional>

namespace simclr {

/// Trains and evaluates run `id` of `store` from its first step, or from a checkpoint, to its end in the
/// calling thread. Every end is an outcome.
RunOutcome executePlan(RunPlan plan, RunStore &store, RunId id, std::span<Observer *const> observers,
                       std::stop_token stop, const std::optional<Checkpoint> &from);

} // namespace simclr
