// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

namespace simclr {

struct SplitOptions {
    double validationFraction = 0.1; ///< of the images that are not for testing
    double testFraction = 0.2;       ///< of all images, if the source has no test split
    std::uint32_t trainLimit = 0;    ///< maximum number of training images, balanced over the classes; 0: all
    std::uint64_t seed = 0;
};

/// Sample indices, sorted. No sample is in two splits.
struct Splits {
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> validation;
    std::vector<std::uint32_t> test;
    std::vector<Message> notes; ///< remarks, one sentence each: missing classes, images in two splits
};

/// Splits every class in the same proportions. Without labels nothing can be evaluated, so that all images
/// that the source does not reserve for testing are for training. A class has at least one training image; if
/// it has too few for every split, it is left out of validation first and then of test, and a note says so.
Splits makeSplits(const Dataset &dataset, const SplitOptions &options);

/// At most `count` of `samples`, balanced over the classes and chosen by `seed`; sorted.
std::vector<std::uint32_t> balancedSubset(const Dataset &dataset, const std::vector<std::uint32_t> &samples,
                                          std::uint32_t count, std::uint64_t seed);

} // namespace simclr
