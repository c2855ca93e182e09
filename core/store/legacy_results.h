// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/result.h"

namespace simclr {

/// A result as stored in databases and journals up to version 5: its identity was partly a display text.
struct LegacyResult {
    std::string protocol;
    std::string split;
    std::int64_t epoch = 0;
    std::string features;
    double labels = 1;
    std::int64_t seed = 0;
    std::string dataset;
    std::string datasetTitle; ///< ends in ", before they changed" for a run's own images from before a change
    std::string options;      ///< "epochs 5, batch 64", "all training images", "within the epoch, at step 7"
};

/// The same in today's form, without value and detail. A part of `options` that no version has written
/// becomes the scope's remark. Throws InvalidInput for an unknown protocol, split or kind of features.
Result fromLegacy(const LegacyResult &legacy);

} // namespace simclr
