// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pretrainer.h"

#include "core/compute/device_memory.h"
#include "core/train/adaptive_threads.h"
#include "core/train/contrastive_loss.h"
#include "core/util/clock.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// The head's weights use other random numbers than the encoder's.
constexpr std::uint64_t headSeedOffset = 0x68656164;

template <typename Module>
Module onDevice(Module module, const ComputeDevice &device) {
    module->to(device.device);
    return module;
}

bool haveLabels(const Dataset &dataset, const std::vector<std::uint32_t> &samples) {
    return dataset.isLabelled() && std::ranges::any_of(samples, [&](std::uint32_t sample) {
               return dataset.label(sample) != Dataset::unlabelled;
           });
}

void requireFinite(const StepFinished &step) {
    const double loss = step.values["loss"];
    if (!std::isfinite(loss))
        throw DivergedError("the loss became " + std::string(std::isnan(loss) ? "NaN" : "infinite") +
                            " at step " + std::to_string(step.step) + " (learning rate " +
                            numberText(step.values["learning_rate"]) +
                            "); a lower learning rate or a longer warm-up may help");
}

} // namespace

ProjectionHead makeHead(const TrainOptions &options, std::int64_t featureSize) {
    ProjectionHead head(HeadOptions{options.head, featureSize, options.headOutput, options.headHiddenLayers,
                                    options.headBatchNorm});
    initialise(*head, static_cast<std::uint64_t>(options.seed) + headSeedOffset);
    return head;
}

LoaderOptions loaderOptions(const TrainOptions &options) {
    LoaderOptions loader;
    loader.batch = static_cast<std::uint32_t>(options.batch);
    loader.threads = loaderThreads(options);
    loader.prefetch = loader.threads + 2;
    loader.seed = static_cast<std::uint64_t>(options.seed);
    return loader;
}

ResNet makeEncoder(const TrainOptions &options) {
    ResNet encoder(EncoderOptions{options.encoder, options.width, usesSmallStem(options)});
    initialise(*encoder, static_cast<std::uint64_t>(options.seed));
    if (options.zeroInitResidual)
        encoder->zeroLastScales();
    useChannelsLast(*encoder);
    return encoder;
}

LearningRateSchedule scheduleOf(const TrainOptions &options, std::int64_t stepsPerEpoch) {
    LearningRateSchedule schedule;
    schedule.peak = peakLearningRate(options);
    schedule.isCosine = options.schedule == "cosine";
    schedule.totalSteps = options.epochs * stepsPerEpoch;
    schedule.warmupSteps = std::llround(options.warmupEpochs * static_cast<double>(stepsPerEpoch));
    return schedule;
}

Pretrainer::Pretrainer(const TrainOptions &options, const Pipeline &pipeline, DatasetPtr dataset,
                       std::vector<std::uint32_t> samples, const ComputeDevice &device)
    : m_options(options),
      m_dataset(dataset),
      m_hasLabels(haveLabels(*m_dataset, samples)),
      m_device(device),
      m_loader(std::move(dataset), std::move(samples),
               ViewRenderer(pipeline, static_cast<int>(options.imageSize)), loaderOptions(options)),
      m_encoder(onDevice(makeEncoder(options), device)),
      m_head(onDevice(makeHead(options, m_encoder->featureSize()), device)),
      m_optimiser(makeOptimiser(options,
                                TrainedParameters({{"encoder.", m_encoder.get()}, {"head.", m_head.get()}}))),
      m_schedule(scheduleOf(options, stepsPerEpoch())),
      m_upload(device.device, 2 * options.batch, options.imageSize),
      m_gpu(device.device) {
    if (options.onlineProbe && m_hasLabels)
        m_probe.emplace(m_encoder->featureSize(), m_dataset->classCount(), options.batch, totalSteps(),
                        device.device);
}

std::int64_t Pretrainer::projectionSize() const {
    return simclr::projectionSize(m_options, m_encoder->featureSize());
}

Checkpoint Pretrainer::checkpoint() const {
    Checkpoint checkpoint;
    checkpoint.tensors = sharedStateOf(*m_encoder, "encoder.");
    checkpoint.tensors.merge(sharedStateOf(*m_head, "head."));
    checkpoint.tensors.merge(m_optimiser->state());
    if (m_probe)
        checkpoint.tensors.merge(m_probe->state());
    checkpoint.options = trainOptionsDescription().toJson(m_options);
    checkpoint.fingerprint = m_dataset->fingerprint();
    checkpoint.step = m_step;
    checkpoint.totalSteps = totalSteps();
    return checkpoint;
}

void Pretrainer::restore(const Checkpoint &checkpoint, bool allowChangedImages) {
    requireFits(checkpoint, m_options, totalSteps());
    if (!allowChangedImages && checkpoint.fingerprint != m_dataset->fingerprint())
        throw InvalidInput("the images of \"" + m_dataset->report().title +
                           "\" have changed since the checkpoint was written");
    loadState(*m_encoder, checkpoint.tensors, "encoder.");
    loadState(*m_head, checkpoint.tensors, "head.");
    m_optimiser->load(checkpoint.tensors);
    if (m_probe && checkpoint.tensors.contains("probe.weight"))
        m_probe->load(checkpoint.tensors);
    else
        m_probe.reset(); // older checkpoints had none, and a probe that starts late in its schedule learns
                         // little
    m_step = checkpoint.step;
}

void Pretrainer::continueRate(std::int64_t step, double rate) {
    m_schedule.continuedStep = step;
    m_schedule.continuedRate = rate;
}

PretrainEnd Pretrainer::run(Observer &observer, const std::function<void(std::int64_t)> &epochDone,
                            std::stop_token stop, const BetweenSteps &betweenSteps) {
    useDevice(m_device);
    StepMetrics metrics(m_device.device, [&observer](const StepFinished &step) {
        requireFinite(step);
        observer.on(step);
    });
    AdaptiveThreads threads(m_options, m_device, observer);
    const BetweenSteps andAdapt{[&] {
                                    threads.adapt();
                                    return betweenSteps.isDue && betweenSteps.isDue();
                                },
                                betweenSteps.act};
    const std::int64_t perEpoch = stepsPerEpoch();
    while (m_step < totalSteps()) {
        const std::int64_t epoch = m_step / perEpoch;
        m_loader.startEpoch(static_cast<std::uint32_t>(epoch), m_step % perEpoch);
        trainEpoch(metrics, stop, andAdapt);
        metrics.flush();
        tellBroken(observer);
        if (stop.stop_requested())
            return PretrainEnd::Cancelled;
        observer.on(EpochFinished{epoch + 1});
        epochDone(epoch + 1);
    }
    return PretrainEnd::Completed;
}

void Pretrainer::trainEpoch(StepMetrics &metrics, const std::stop_token &stop,
                            const BetweenSteps &betweenSteps) {
    const ConvolutionSearch search;
    beginTiming();
    while (!stop.stop_requested()) {
        const ViewBatch *batch = m_loader.next();
        if (!batch)
            break;
        trainStep(*batch, metrics);
        if (betweenSteps.isDue && betweenSteps.isDue()) {
            metrics.flush(); // a loss that is not finite is detected before it is saved
            betweenSteps.act();
            beginTiming();
        }
    }
}

/// Steps follow one another from here on.
void Pretrainer::beginTiming() {
    m_encoder->train();
    m_head->train();
    m_lastStepEnd = secondsNow();
    m_waitedBefore = secondsWaitedForViews();
}

Projected Pretrainer::project(const torch::Tensor &views) {
    const AutocastScope autocast(m_device.device.type(), m_device.bf16);
    const torch::Tensor h = m_encoder(views.to(torch::kFloat32).div_(255));
    return {h, m_head(h)};
}

BatchResult Pretrainer::backward(const torch::Tensor &views) {
    const auto projection = [this](const torch::Tensor &part) { return project(part); };
    // The loss is outside the autocast scope of project(): similarities over τ need fp32.
    const auto loss = [this](const torch::Tensor &z) { return contrastiveLoss(z, m_options); };
    if (m_options.chunk == 0 || m_options.chunk == m_options.batch)
        return backwardWhole(views, projection, loss);
    return backwardInChunks(views, m_options.chunk, {m_encoder.get(), m_head.get()}, projection, loss);
}

std::vector<MeasuredTensor> Pretrainer::measureStep(const ViewBatch &batch, const BatchResult &result) {
    std::vector<MeasuredTensor> values{{"loss", result.contrast.loss},
                                       {"contrastive_top1", result.contrast.top1},
                                       {"contrastive_top5", result.contrast.top5},
                                       {"gradient_norm", m_optimiser->gradientNorm()},
                                       {"weight_norm", m_optimiser->weightNorm()}};
    if (m_probe)
        values.push_back(
            {"online_top1",
             m_probe->train(result.h, uploadLabels(*m_dataset, batch, m_device.device), m_step)});
    return values;
}

/// Queried once per second: it changes slowly, and the query takes time on a GPU.
double Pretrainer::memoryMiB(double now) {
    constexpr double bytesPerMiB = 1 << 20;
    if (now >= m_memoryDue) {
        m_memory = static_cast<double>(memoryInUse(m_device.device)) / bytesPerMiB;
        m_memoryDue = now + 1;
    }
    return m_memory;
}

StepFinished Pretrainer::describeStep(double rate) {
    const double now = secondsNow();
    StepFinished report;
    report.step = m_step + 1;
    report.epoch = static_cast<double>(report.step) / static_cast<double>(stepsPerEpoch());
    const double seconds = std::max(1e-9, now - m_lastStepEnd);
    const double waited = secondsWaitedForViews();
    report.values.set("learning_rate", rate);
    report.values.set("images_per_second", static_cast<double>(m_options.batch) / seconds);
    report.values.set("data_wait", std::clamp((waited - m_waitedBefore) / seconds, 0.0, 1.0));
    if (const double memory = memoryMiB(now); memory > 0)
        report.values.set("memory", memory);
    report.values.set("cpu", m_processors.share(now));
    if (const std::optional<double> gpu = m_gpu.share(now))
        report.values.set("gpu", *gpu);
    m_lastStepEnd = now;
    m_waitedBefore = waited;
    return report;
}

void Pretrainer::trainStep(const ViewBatch &batch, StepMetrics &metrics) {
    const double rate = m_schedule.rate(m_step);
    const BatchResult result = backward(m_upload(batch));
    const std::vector<MeasuredTensor> measured = measureStep(batch, result);
    // Before the weights change: if the loss is known at once not to be finite, they are kept.
    metrics.add(describeStep(rate), measured);
    m_optimiser->step(rate, m_options.clipNorm);
    ++m_step;
}

void Pretrainer::tellBroken(Observer &observer) {
    for (const BrokenFile &broken : m_loader.takeBroken())
        observer.on(
            Noted{broken.name + " could not be read and was replaced by another image: " + broken.reason});
}

} // namespace simclr
