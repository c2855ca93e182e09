// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/run_rules.h"

#include <cstdint>
#include <vector>

namespace simclr {

/// What decides whether a rule can ever be met in a run.
struct WatchedRun {
    std::int64_t epochs = 0;
    bool isLabelled = false;    ///< the images have labels
    bool hasDiagnostics = true; ///< spread and ranks are measured after every epoch
    bool hasOnlineProbe = true;
    bool hasEvaluationImages = true; ///< labelled ones for training and for validation
    std::int64_t evaluateEvery = 1;  ///< epochs between evaluations; 0: only after the last one
};

/// A sentence for each rule that is on and can never be met, with the reason.
std::vector<Message> rulesWithoutEffect(const RuleOptions &rules, const WatchedRun &run);

} // namespace simclr
