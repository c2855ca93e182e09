// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/compute/gpu_load.h"
#include "core/data/two_view_loader.h"
#include "core/events/observer.h"
#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/train/cached_gradients.h"
#include "core/train/checkpoint.h"
#include "core/train/device_choice.h"
#include "core/train/online_probe.h"
#include "core/train/optimiser.h"
#include "core/train/schedule.h"
#include "core/train/step_metrics.h"
#include "core/train/train_options.h"
#include "core/train/view_upload.h"
#include "core/util/error.h"
#include "core/util/processor_load.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace simclr {

/// The encoder that `options` describe, with random weights from their seed: the start of every run.
ResNet makeEncoder(const TrainOptions &options);

/// The projection head that `options` describe for features of this size, with random weights from their
/// seed.
ProjectionHead makeHead(const TrainOptions &options, std::int64_t featureSize);

/// How views are rendered for these options.
LoaderOptions loaderOptions(const TrainOptions &options);

/// The learning rate of each step of a run with so many steps per epoch.
LearningRateSchedule scheduleOf(const TrainOptions &options, std::int64_t stepsPerEpoch);

/// Actions between two steps.
struct BetweenSteps {
    std::function<bool()> isDue; ///< asked after every step
    /// Called if that was true, after the metrics of all steps so far were reported. It may evaluate the
    /// encoder and leave it in any mode, and take any time: the throughput of steps leaves that out.
    std::function<void()> act;
};

enum class PretrainEnd { Completed, Cancelled };

/// The loss was not finite. what() names the step.
class DivergedError : public ComputationError {
  public:
    using ComputationError::ComputationError;
};

/// SimCLR's training loop: views → encoder → head → NT-Xent → optimiser step. Independent of the window and
/// the database; reports to an Observer. Lives in one thread, which run() blocks.
class Pretrainer {
  public:
    /// Learns from `samples`. Throws InvalidInput.
    Pretrainer(const TrainOptions &options, const Pipeline &pipeline, DatasetPtr dataset,
               std::vector<std::uint32_t> samples, const ComputeDevice &device);

    ResNet &encoder() { return m_encoder; }
    const ResNet &encoder() const { return m_encoder; }
    ProjectionHead &head() { return m_head; }
    /// nullptr if the options request none or no image that is learned from has a label.
    OnlineProbe *probe() { return m_probe ? &*m_probe : nullptr; }
    std::int64_t stepsPerEpoch() const { return m_loader.batchesPerEpoch(); }
    std::int64_t totalSteps() const { return m_schedule.totalSteps; }
    std::int64_t stepsDone() const { return m_step; }
    std::int64_t projectionSize() const;
    /// Total seconds for which this thread waited for views.
    double secondsWaitedForViews() const { return m_loader.secondsWaited(); }

    /// Everything needed to resume from here. Its tensors are the networks' own: write it before the next
    /// step.
    Checkpoint checkpoint() const;
    /// Resumes from `checkpoint`. Throws InvalidInput if it belongs to another model or another length of
    /// training, naming the option, or to other images, unless these are allowed.
    void restore(const Checkpoint &checkpoint, bool allowChangedImages = false);

    /// The run continues another one's training, which stopped after `step` at this learning rate: see
    /// LearningRateSchedule.
    void continueRate(std::int64_t step, double rate);

    /// Trains to the end or until `stop` is requested, which is heeded at every batch. `epochDone(epoch)` is
    /// called after each epoch, counted from 1, and may use the encoder for evaluation and leave it in any
    /// mode. Throws DivergedError, and what the dataset or LibTorch throw.
    PretrainEnd run(Observer &observer, const std::function<void(std::int64_t)> &epochDone,
                    std::stop_token stop, const BetweenSteps &betweenSteps = {});

  private:
    /// The rest of an epoch whose batches the loader is already rendering.
    void trainEpoch(StepMetrics &metrics, const std::stop_token &stop, const BetweenSteps &betweenSteps);
    void beginTiming();
    void trainStep(const ViewBatch &batch, StepMetrics &metrics);
    BatchResult backward(const torch::Tensor &views);
    Projected project(const torch::Tensor &views);
    /// Also trains the probe. Scalars on the device.
    std::vector<MeasuredTensor> measureStep(const ViewBatch &batch, const BatchResult &result);
    StepFinished describeStep(double rate);
    double memoryMiB(double now);
    void tellBroken(Observer &observer);

    TrainOptions m_options;
    DatasetPtr m_dataset;
    bool m_hasLabels; ///< of images that are learned from
    ComputeDevice m_device;
    TwoViewLoader m_loader;
    ResNet m_encoder;
    ProjectionHead m_head;
    std::unique_ptr<Optimiser> m_optimiser;
    LearningRateSchedule m_schedule;
    std::optional<OnlineProbe> m_probe;
    ViewUpload m_upload;
    std::int64_t m_step = 0;
    double m_lastStepEnd = 0;
    double m_memory = 0; ///< MiB in use at the last query
    double m_memoryDue = 0;
    ProcessorLoad m_processors;
    GpuLoad m_gpu;
    double m_waitedBefore = 0; ///< secondsWaitedForViews() at the end of the last step
};

} // namespace simclr
