// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/layout/feature_table.h"
#include "core/results/protocol.h"
#include "core/store/records.h"
#include "core/train/train_options.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

/// Which features of a run to compute.
struct FeatureRequest {
    FeatureKind features = FeatureKind::H;
    /// all, learn (what the encoder learned from), train, validation or test, as the run would split these
    /// images.
    std::string split = "all";
    std::optional<std::int64_t>
        step;           ///< of one of checkpointSteps(); nothing: the newest readable checkpoint
    std::string device; ///< empty: the run's own, or the best if that one is not available
    std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
};

/// The result of runFeatures().
struct RunFeatures {
    FeatureTable table;
    std::int64_t step = 0;
    double epochs = 0; ///< done by the encoder, including a fraction
    std::string device;
    std::vector<BrokenFile> broken;    ///< unreadable images, which are not in the table
    std::vector<std::string> problems; ///< sentences on newer checkpoints that are damaged or missing
};

/// The features of the images of `dataset`, which need not be the run's own, in memory, in fp32, as
/// embedDataset() writes them. Returns nothing if `stop` was requested. Throws InvalidInput (also for z of a
/// run without a projection head), IoError, DeviceError, ComputationError.
std::optional<RunFeatures> runFeatures(const RunRecord &run, const Dataset &dataset,
                                       const FeatureRequest &request, const std::stop_token &stop);

/// The features of an image that need not be in any dataset: as many values as a row of runFeatures() with
/// the same request, whose split is ignored. `name` is for messages. Throws as runFeatures().
std::vector<float> featuresOfImage(const RunRecord &run, const Image &image, const std::string &name,
                                   const FeatureRequest &request);

/// The steps of the checkpoints of a run that can be read, in ascending order: its recent ones and the best.
std::vector<std::int64_t> checkpointSteps(const RunRecord &run);

/// The images of a split, or all, as a run with these options would split them: sorted. Throws InvalidInput
/// for an unknown split, or one without images.
std::vector<std::uint32_t> samplesOfSplit(const std::string &split, const TrainOptions &options,
                                          const Dataset &dataset);

/// The split of each image of `dataset`, as a run with these options would split them.
std::vector<ImageSplit> splitOfEach(const TrainOptions &options, const Dataset &dataset);

} // namespace simclr
