// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/splits.h"
#include "core/model/weights.h"
#include "core/run/run.h"
#include "core/train/device_choice.h"

namespace simclr {

/// A checked configuration with what follows from it.
struct RunPlan {
    RunConfiguration configuration;
    DatasetPtr dataset;
    Splits splits;
    ComputeDevice device;
    std::vector<std::string> notes;  ///< sentences for the person when it starts
    bool allowChangedImages = false; ///< goes on although the checkpoint was trained on others
    NamedTensors initialWeights;     ///< of the encoder; empty where they are drawn
    std::optional<RunOrigin> origin; ///< of a run that continues another one's training
};

/// Throws as checkRun().
RunPlan makePlan(const RunConfiguration &configuration, const DatasetPtr &dataset);

/// A plan to evaluate by, for which no batch must fit into the images. Throws as checkRun().
RunPlan makeEvaluationPlan(const RunConfiguration &configuration, const DatasetPtr &dataset);

/// The images that a run with these options trains on and is judged by. Throws InvalidInput.
Splits splitsOf(const TrainOptions &options, const Dataset &dataset);

/// What the store keeps of a run from its start.
NewRun describeRun(const RunPlan &plan);

/// The device that a run was trained on, or whichever is best where that one is not here.
std::string usualDevice(const RunRecord &run);

/// Throws ImagesChanged where `dataset` holds other images than the run was trained on.
void requireSameDataset(const RunRecord &run, const Dataset &dataset);

} // namespace simclr
