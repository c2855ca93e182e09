// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/results/result.h"
#include "core/util/message.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>

namespace simclr {

/// What is known once the dataset is split, the model built and the device chosen.
struct RunStarted {
    std::int64_t runId = 0;
    std::string name;
    std::string device;            ///< "cpu" or "cuda:0"
    std::string precision;         ///< "fp32" or "bf16"
    int threads = 0;               ///< intra-op threads
    std::uint32_t learnImages = 0; ///< what the encoder learns from
    std::uint32_t trainImages = 0; ///< what evaluations learn classes from
    std::uint32_t validationImages = 0;
    std::uint32_t testImages = 0;
    std::int64_t parameters = 0; ///< in the encoder
    std::int64_t firstStep = 0;  ///< above 0 in a resumed run
    std::int64_t totalSteps = 0;
    std::int64_t stepsPerEpoch = 0;
    std::int64_t epochs = 0;
    std::int64_t evaluateEvery = 0; ///< epochs; 0: only at the end
    bool isLabelled = false;        ///< whether the images have labels to evaluate with
    /// ln(2N−1); NaN for other losses than NT-Xent on normalised projections
    double chanceLoss = std::numeric_limits<double>::quiet_NaN();
    /// NT-Xent of identical pairs spread uniformly on the sphere; NaN as above
    double floorLoss = std::numeric_limits<double>::quiet_NaN();
};

/// One optimiser step. Steps and epochs count from 1.
struct StepFinished {
    std::int64_t step = 0;
    double epoch = 0; ///< epochs completed, with fraction
    MetricValues values;
};

struct EpochFinished {
    std::int64_t epoch = 0; ///< counted from 1
};

/// The representations of fixed views after an epoch; formulas are in core/evaluate/diagnostics.h.
struct Diagnosed {
    std::int64_t step = 0;
    double epoch = 0;
    MetricValues values;
};

struct EvaluationStarted {
    std::optional<Message> title; ///< protocol and scope; nothing for the evaluation of a run in progress
    Split split = Split::Test;
};

/// A protocol that trains has finished one more epoch.
struct EvaluationTrained {
    Message title; ///< protocol and scope
    std::int64_t epoch = 0;
    std::int64_t epochs = 0;
    double loss = 0; ///< mean of the epoch
};

/// One accuracy was measured.
struct Evaluated {
    Result result;
    std::int64_t step = 0;   ///< steps completed by the encoder
    bool isImported = false; ///< whether the initial weights of the encoder were imported from a file
};

enum class CheckpointKind {
    Last, ///< one of the last few
    Best, ///< the best one on the validation images
};

struct CheckpointWritten {
    std::int64_t step = 0;
    std::string path;
    CheckpointKind kind = CheckpointKind::Last;
};

/// A checkpoint is no longer needed: its database entry is removed, then its file is deleted.
struct CheckpointRemoved {
    std::string path;
};

/// The training waits at a step because it was asked to, or continues.
struct TrainingPaused {
    std::int64_t step = 0; ///< steps done
    bool isPaused = true;  ///< false: it continues
};

/// A rule of the user is met, see run_rules.h.
struct RuleFired {
    std::string rule;   ///< its id: that of its action in RuleOptions
    Message seen;       ///< what was seen, without a full stop
    bool stops = false; ///< whether the run stops because of it
};

/// A problem that does not stop the run, such as unreadable images.
struct Noted {
    std::string message;
};

enum class Activity {
    OpeningImages,
    Measuring,     ///< the time and memory of a run
    Embedding,     ///< images, by an encoder
    WritingWeights ///< for other programs
};

/// An activity has begun or advanced.
struct Progressed {
    Activity activity = Activity::OpeningImages;
    std::size_t done = 0;
    std::size_t total = 0; ///< 0: unknown
};

/// The events of a run, an evaluation or another job, in the order in which they occur.
using RunEvent = std::variant<RunStarted, StepFinished, EpochFinished, Diagnosed, EvaluationStarted,
                              EvaluationTrained, Evaluated, CheckpointWritten, CheckpointRemoved,
                              TrainingPaused, RuleFired, Noted, Progressed>;

} // namespace simclr
