// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "core/store/run_store.h"

namespace simclr {

/// Continues the training of `run` from its newest checkpoint with other options, as a new run of `store`
/// that records its origin; `run` itself and its files stay unchanged. Throws InvalidInput with the reason if
/// nothing was started.
RunOutcome extendRun(const RunRecord &run, RunStore &store, const DatasetPtr &dataset,
                     std::span<Observer *const> observers, std::stop_token stop, const ResumeOptions &options,
                     const Supervision &supervision);

} // namespace simclr
