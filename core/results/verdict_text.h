// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/protocol.h"
#include "core/results/seed_verdict.h"
#include "core/util/message.h"

#include <string>

namespace simclr {

/// What was compared.
struct ComparedValue {
    Message title;       ///< "linear", or the title of a metric
    bool isShare = true; ///< in [0, 1], shown in percentage points
};

ComparedValue comparedAccuracy(Protocol protocol);

/// A comparison in one sentence: "SimCLR (CIFAR-10) +0.9 points linear, 95 % CI −7.7 to +9.4 (Welch, 3 seeds
/// each): no evidence; about 33 seeds would show 2 points." `group` is its title. Points have one decimal,
/// other values three significant digits. If several comparisons were made together, the sentence says that
/// the verdict is corrected for them; the interval is not.
Message sentenceOn(const SeedVerdict &verdict, const std::string &group, const ComparedValue &value);

} // namespace simclr
