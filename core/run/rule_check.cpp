// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rule_check.h"

#include "core/events/rule_limits.h"

namespace simclr {

std::vector<Message> rulesWithoutEffect(const RuleOptions &rules, const TrainOptions &options,
                                        const Dataset &dataset) {
    return rulesWithoutEffect(
        rules, {options.epochs, dataset.isLabelled(), options.diagnostics, options.onlineProbe});
}

} // namespace simclr
