// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

namespace simclr {

struct SplitOptions {
    double validationFraction = 0.1; ///< of the images that are not for testing
    double testFraction = 0.2;       ///< of all images, if the source has no test split
    /// Maximum number of images to learn from; 0: all. Those with labels are balanced over the classes.
    std::uint32_t trainLimit = 0;
    std::uint64_t seed = 0;
    bool learnsFromLabelled = false; ///< learns from labelled training images beside those without labels
};

/// Sample indices, sorted. No sample is in two of train, validation and test.
struct Splits {
    /// Images that the representation is learned from, without their labels: the training images, or, if
    /// there are images without labels, those.
    std::vector<std::uint32_t> learn;
    std::vector<std::uint32_t> train;      ///< labelled images that evaluations learn classes from
    std::vector<std::uint32_t> validation; ///< labelled, like those of `test`
    std::vector<std::uint32_t> test;
    std::vector<Message> notes; ///< remarks, one sentence each: missing classes, images in two splits

    bool learnsFromOthers() const { return learn != train; }
};

/// Splits every class in the same proportions. A class has at least one training image; if it has too few for
/// every split, it is left out of validation first and then of test, and a note says so.
///
/// Images without labels are only learned from. Without any label nothing can be evaluated, so that all
/// images that the source does not reserve for testing are for training. Beside labelled images, those
/// without labels are what is learned from, and the labelled ones are used for evaluation only, unless
/// `SplitOptions::learnsFromLabelled` adds their training images. This holds for a source of labelled images
/// beside another one (see Dataset::labelledPart()) also if some of them have no label: what is learned does
/// not depend on it.
Splits makeSplits(const Dataset &dataset, const SplitOptions &options);

/// At most `count` of `samples`, balanced over the classes and chosen by `seed`; sorted.
std::vector<std::uint32_t> balancedSubset(const Dataset &dataset, const std::vector<std::uint32_t> &samples,
                                          std::uint32_t count, std::uint64_t seed);

} // namespace simclr
