// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/run/run.h"
#include "core/run/run_splits.h"
#include "core/train/device_choice.h"

namespace simclr {

/// A checked configuration and the values derived from it.
struct RunPlan {
    RunConfiguration configuration;
    DatasetPtr dataset;
    Splits splits;
    ComputeDevice device;
    std::vector<std::string> notes;  ///< sentences shown to the user when it starts
    bool allowChangedImages = false; ///< resumes although the checkpoint was trained on others
    NamedTensors initialWeights;     ///< of the encoder; empty: random weights
    std::optional<RunOrigin> origin; ///< of a run that continues another one's training
    Supervision supervision;
};

/// Throws as checkRun().
RunPlan makePlan(const RunConfiguration &configuration, const DatasetPtr &dataset);

/// A plan for an evaluation, where the batch need not fit the number of images. Throws as checkRun().
RunPlan makeEvaluationPlan(const RunConfiguration &configuration, const DatasetPtr &dataset);

/// The record of a run at its start.
NewRun describeRun(const RunPlan &plan);

/// The device that a run was trained on, or the best one if that is not available.
std::string usualDevice(const RunRecord &run);

/// Throws ImagesChanged if `dataset` contains other images than the run was trained on.
void requireSameDataset(const RunRecord &run, const Dataset &dataset);

} // namespace simclr
