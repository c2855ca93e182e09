// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/result.h"
#include "core/util/message.h"

#include <string>

namespace simclr {

/// "linear", "kNN", "linear (SGD)", "fine-tuned", …
Message protocolMessage(Protocol protocol);

/// A result's protocol and scope: "linear", "linear (10 % labels)", "kNN on z",
/// "fine-tuned on Flowers (1 % labels, seed 3, epochs 5)". Never parsed or compared.
Message titleOf(const Result &result);
/// The same, in English.
std::string resultTitle(const Result &result);

/// The settings of a result other than features, labels, seed and images: "epochs 5, batch 64", "all training
/// images", "within the epoch, at step 7". Usually empty.
std::string scopeDetails(const ResultKey &key);

/// "Flowers", "My photos, before they changed"; empty for the run's own images.
std::string datasetText(const Result &result);

} // namespace simclr
