// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <optional>
#include <string>

namespace simclr {

/// Where a run comes from that continues another one's training with other options. The other run may be
/// deleted, so that everything that is needed stands here.
struct RunOrigin {
    std::int64_t run = 0;
    std::string name;      ///< of that run at the time
    std::int64_t step = 0; ///< of the checkpoint, steps done
    double epoch = 0;      ///< epochs done
    double rate = 0;       ///< learning rate of that run after this step
    Json changes;          ///< {"epochs": [20, 200], …}: its value, and this run's
};

Json toJson(const RunOrigin &origin);
/// Throws InvalidInput where this is no origin.
RunOrigin runOriginFromJson(const Json &json);

/// "run 2 "shapes" after step 240 (epoch 20)".
std::string originText(const RunOrigin &origin);
/// "epochs 20 → 200, learning_rate 0.24 → 0.1".
std::string changesText(const RunOrigin &origin);

} // namespace simclr
