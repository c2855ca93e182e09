// SPDX-License-Identifier: GPL-3.0-or-later
// The policies that Cubuk et al. (2019) found, from the paper's appendix.
#pragma once

#include "core/augment/ops/policy_actions.h"

#include <array>
#include <string_view>

namespace simclr {

/// An action, its probability in tenths, and its strength as a bin of 0 … 9.
struct PolicyStep {
    PolicyAction action;
    int tenths;
    int bin = 0;
};

using SubPolicy = std::array<PolicyStep, 2>;
using Policy = std::array<SubPolicy, 25>;

constexpr int autoAugmentBins = 10;

/// Of the dataset "imagenet", "cifar10" or "svhn".
const Policy &autoAugmentPolicy(std::string_view dataset);

} // namespace simclr
