// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/splits.h"
#include "core/events/run_rules.h"
#include "core/train/train_options.h"
#include "core/util/message.h"

#include <vector>

namespace simclr {

/// A sentence for each rule that is on and can never be met by a run with these options on these images
/// and these splits of them.
std::vector<Message> rulesWithoutEffect(const RuleOptions &rules, const TrainOptions &options,
                                        const Dataset &dataset, const Splits &splits);

} // namespace simclr
