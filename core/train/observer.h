// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"
#include "core/util/result_scope.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace simclr {

/// What is known once the dataset is split, the model built and the device chosen.
struct RunStarted {
    std::int64_t runId = 0;
    std::string device;    ///< "cpu" or "cuda:0"
    std::string precision; ///< "fp32" or "bf16"
    int threads = 0;       ///< intra-op threads
    std::uint32_t trainImages = 0;
    std::uint32_t validationImages = 0;
    std::uint32_t testImages = 0;
    std::int64_t parameters = 0; ///< of the encoder
    std::int64_t firstStep = 0;  ///< more than 0 in a resumed run
    std::int64_t totalSteps = 0;
    std::int64_t stepsPerEpoch = 0;
    /// ln(2N−1); NaN for other losses than NT-Xent on normalised projections
    double chanceLoss = std::numeric_limits<double>::quiet_NaN();
    /// NT-Xent of identical pairs spread uniformly on the sphere; NaN as above
    double floorLoss = std::numeric_limits<double>::quiet_NaN();
};

/// One optimiser step. Steps and epochs count from 1.
struct StepFinished {
    std::int64_t step = 0;
    double epoch = 0; ///< epochs done, with fraction
    double loss = 0;  ///< mean over the 2N views; of NT-Xent in nats
    double learningRate = 0;
    double contrastiveTop1 = 0; ///< how often the positive is the nearest of the 2N−1 candidates, in [0, 1]
    double contrastiveTop5 = 0; ///< how often it is among the nearest five
    /// share of the views that the online probe classified rightly, in [0, 1]; NaN without one
    double onlineTop1 = std::numeric_limits<double>::quiet_NaN();
    double imagesPerSecond = 0; ///< images (not views) a second of this step
};

/// One measured quality of the representation, with the protocol that gives it its meaning.
struct Evaluated {
    std::string protocol;   ///< "linear", "knn" or "online"
    std::string split;      ///< "validation" or "test"
    std::int64_t epoch = 0; ///< 0: the encoder before its first step
    std::int64_t step = 0;
    double value = 0; ///< top-1 accuracy in [0, 1]
    Json detail;      ///< constants of the protocol, sizes, seconds
    ResultScope scope;
    std::shared_ptr<const Predictions> predictions; ///< image by image; null where they are not told
    bool isImported = false; ///< whether the encoder before its first step was read from a file
};

/// How the representations of fixed views look after an epoch; formulas stand in core/evaluate/diagnostics.h.
struct Diagnosed {
    std::int64_t step = 0;
    double epoch = 0;
    std::vector<std::pair<std::string, double>> values; ///< by metric: "alignment", "uniformity", …
};

/// How far a protocol that trains has come.
struct EvaluationProgress {
    std::string what; ///< protocol and scope, as for a person
    std::int64_t epoch = 0;
    std::int64_t epochs = 0;
    double loss = 0; ///< mean of the epoch
};

/// Hears what a training run does, in the thread that trains. Implementations must be quick; what they throw
/// ends the run as failed.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void runStarted(const RunStarted &) {}
    virtual void stepFinished(const StepFinished &) {}
    virtual void epochFinished(std::int64_t /*epoch*/) {}
    virtual void diagnosed(const Diagnosed &) {}
    virtual void evaluationStarted(const std::string & /*what*/) {}
    /// A protocol that trains has done one more epoch.
    virtual void evaluationTrained(const EvaluationProgress & /*progress*/) {}
    virtual void evaluated(const Evaluated &) {}
    virtual void checkpointWritten(std::int64_t /*step*/, const std::string & /*path*/) {}
    /// Something that a person should know but that does not stop the run: broken images, say.
    virtual void noted(const std::string & /*message*/) {}
};

} // namespace simclr
