// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rule_check.h"

#include "core/events/rule_limits.h"

namespace simclr {

std::vector<Message> rulesWithoutEffect(const RuleOptions &rules, const TrainOptions &options,
                                        const Dataset &dataset, const Splits &splits) {
    return rulesWithoutEffect(rules,
                              {.epochs = options.epochs,
                               .isLabelled = dataset.isLabelled(),
                               .hasDiagnostics = options.diagnostics,
                               .hasOnlineProbe = options.onlineProbe,
                               .hasEvaluationImages = !splits.train.empty() && !splits.validation.empty(),
                               .evaluateEvery = options.evaluateEvery});
}

} // namespace simclr
