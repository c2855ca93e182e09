// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <cstdint>
#include <optional>
#include <string>

namespace simclr {

/// The origin of a run that continues another one's training with other options. The other run may be
/// deleted, so that all needed values are stored here.
struct RunOrigin {
    std::int64_t run = 0;
    std::string name;      ///< of that run at that time
    std::int64_t step = 0; ///< of the checkpoint, steps done
    double epoch = 0;      ///< epochs done
    double rate = 0;       ///< learning rate of that run after this step
    Json changes;          ///< {"epochs": [20, 200], …}: that run's value, and this run's
};

Json toJson(const RunOrigin &origin);
/// Throws InvalidInput if this is not an origin.
RunOrigin runOriginFromJson(const Json &json);

/// "run 2 "shapes" after step 240 (epoch 20)".
std::string originText(const RunOrigin &origin);
/// "epochs 20 → 200, learning_rate 0.24 → 0.1".
std::string changesText(const RunOrigin &origin);

} // namespace simclr
