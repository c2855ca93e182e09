// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_splits.h"

namespace simclr {

SplitOptions splitOptions(const TrainOptions &options) {
    SplitOptions split;
    split.validationFraction = options.validationFraction;
    split.testFraction = options.testFraction;
    split.trainLimit = static_cast<std::uint32_t>(options.trainImages);
    split.learnsFromLabelled = options.learnFromLabelled;
    return split;
}

Splits splitsOf(const TrainOptions &options, const Dataset &dataset) {
    return makeSplits(dataset, splitOptions(options));
}

std::vector<ImageSplit> splitOfEach(const Splits &splits, std::uint32_t images) {
    std::vector<ImageSplit> each(images, ImageSplit::None);
    const auto mark = [&](const std::vector<std::uint32_t> &samples, ImageSplit split) {
        for (const std::uint32_t sample : samples)
            each[sample] = split;
    };
    mark(splits.learn, ImageSplit::Learn);
    mark(splits.train, ImageSplit::Train);
    mark(splits.validation, ImageSplit::Validation);
    mark(splits.test, ImageSplit::Test);
    return each;
}

} // namespace simclr
