// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pretrainer.h"

#include "core/train/contrastive_loss.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace simclr {

namespace {

/// The head's weights come from other numbers than the encoder's.
constexpr std::uint64_t headSeedOffset = 0x68656164;

double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

LoaderOptions loaderOptions(const TrainOptions &options) {
    // A few threads draw views far faster than any encoder here takes them; on few cores they must not crowd
    // it out.
    const int automatic = std::clamp(coreCount() / 2, 1, 8);
    LoaderOptions loader;
    loader.batch = static_cast<std::uint32_t>(options.batch);
    loader.threads = options.loaderThreads > 0 ? static_cast<int>(options.loaderThreads) : automatic;
    loader.prefetch = loader.threads + 2;
    loader.seed = static_cast<std::uint64_t>(options.seed);
    return loader;
}

template <typename Module>
Module onDevice(Module module, const ComputeDevice &device) {
    module->to(device.device);
    return module;
}

ProjectionHead makeHead(const TrainOptions &options, std::int64_t featureSize) {
    ProjectionHead head(HeadOptions{options.head, featureSize, options.headOutput, options.headHiddenLayers,
                                    options.headBatchNorm});
    initialise(*head, static_cast<std::uint64_t>(options.seed) + headSeedOffset);
    return head;
}

} // namespace

ResNet makeEncoder(const TrainOptions &options) {
    ResNet encoder(EncoderOptions{options.encoder, options.width, usesSmallStem(options)});
    initialise(*encoder, static_cast<std::uint64_t>(options.seed));
    if (options.zeroInitResidual)
        encoder->zeroLastScales();
    useChannelsLast(*encoder);
    return encoder;
}

Pretrainer::Pretrainer(const TrainOptions &options, const Pipeline &pipeline, DatasetPtr dataset,
                       std::vector<std::uint32_t> samples, const ComputeDevice &device)
    : m_options(options),
      m_dataset(dataset),
      m_device(device),
      m_loader(std::move(dataset), std::move(samples),
               ViewRenderer(pipeline, static_cast<int>(options.imageSize)), loaderOptions(options)),
      m_encoder(onDevice(makeEncoder(options), device)),
      m_head(onDevice(makeHead(options, m_encoder->featureSize()), device)),
      m_optimiser(makeOptimiser(
          options, TrainedParameters({{"encoder.", m_encoder.get()}, {"head.", m_head.get()}}))) {
    m_schedule.peak = peakLearningRate(options);
    m_schedule.isCosine = options.schedule == "cosine";
    m_schedule.totalSteps = options.epochs * stepsPerEpoch();
    m_schedule.warmupSteps = std::llround(options.warmupEpochs * static_cast<double>(stepsPerEpoch()));
}

std::int64_t Pretrainer::projectionSize() const {
    return m_options.head == "none" ? m_encoder->featureSize() : m_options.headOutput;
}

Checkpoint Pretrainer::checkpoint() const {
    Checkpoint checkpoint;
    checkpoint.tensors = stateOf(*m_encoder, "encoder.");
    checkpoint.tensors.merge(stateOf(*m_head, "head."));
    checkpoint.tensors.merge(m_optimiser->state());
    checkpoint.options = trainOptionsDescription().toJson(m_options);
    checkpoint.fingerprint = m_dataset->fingerprint();
    checkpoint.step = m_step;
    checkpoint.totalSteps = totalSteps();
    return checkpoint;
}

void Pretrainer::restore(const Checkpoint &checkpoint) {
    if (checkpoint.fingerprint != m_dataset->fingerprint())
        throw InvalidInput("the images of \"" + m_dataset->report().title +
                           "\" have changed since the checkpoint was written");
    if (checkpoint.totalSteps != totalSteps() || checkpoint.step > totalSteps())
        throw InvalidInput("the checkpoint belongs to a run of another length");
    loadState(*m_encoder, checkpoint.tensors, "encoder.");
    loadState(*m_head, checkpoint.tensors, "head.");
    m_optimiser->load(checkpoint.tensors);
    m_step = checkpoint.step;
}

PretrainEnd Pretrainer::run(Observer &observer, const std::function<void(std::int64_t)> &epochDone,
                            std::stop_token stop) {
    useThreads(m_device);
    const std::int64_t perEpoch = stepsPerEpoch();
    while (m_step < totalSteps()) {
        const std::int64_t epoch = m_step / perEpoch;
        m_loader.startEpoch(static_cast<std::uint32_t>(epoch), m_step % perEpoch);
        m_encoder->train();
        m_head->train();
        m_lastStepEnd = secondsNow();
        while (!stop.stop_requested()) {
            const ViewBatch *batch = m_loader.next();
            if (!batch)
                break;
            trainStep(*batch, observer);
        }
        tellBroken(observer);
        if (stop.stop_requested())
            return PretrainEnd::Cancelled;
        observer.epochFinished(epoch + 1);
        epochDone(epoch + 1);
    }
    return PretrainEnd::Completed;
}

torch::Tensor Pretrainer::toViews(const ViewBatch &batch) const {
    const std::int64_t views = 2 * m_options.batch;
    const std::int64_t side = m_options.imageSize;
    // Rows of RGB bytes are channels-last already: only the names of the axes change.
    const torch::Tensor bytes = torch::from_blob(const_cast<std::uint8_t *>(batch.pixels.data()),
                                                 {views, side, side, 3}, torch::kUInt8);
    return bytes.permute({0, 3, 1, 2}).to(m_device.device).to(torch::kFloat32).div_(255);
}

torch::Tensor Pretrainer::project(const torch::Tensor &views) {
    const AutocastScope autocast(m_device.device.type(), m_device.bf16);
    return m_head(m_encoder(views));
}

void Pretrainer::trainStep(const ViewBatch &batch, Observer &observer) {
    const double rate = m_schedule.rate(m_step);
    // The loss stands outside the autocast scope of project(): similarities over τ need fp32.
    const ContrastiveLoss contrast = contrastiveLoss(project(toViews(batch)), m_options);
    contrast.loss.backward();
    const double loss = contrast.loss.item<double>();
    if (!std::isfinite(loss))
        throw DivergedError("the loss became " + std::string(std::isnan(loss) ? "NaN" : "infinite") +
                            " at step " + std::to_string(m_step + 1) + " (learning rate " + numberText(rate) +
                            "); a lower learning rate or a longer warm-up may help");
    m_optimiser->step(rate, m_options.clipNorm);
    ++m_step;
    const double now = secondsNow();
    StepFinished report;
    report.step = m_step;
    report.epoch = static_cast<double>(m_step) / static_cast<double>(stepsPerEpoch());
    report.loss = loss;
    report.learningRate = rate;
    report.contrastiveTop1 = contrast.top1.item<double>();
    report.imagesPerSecond = static_cast<double>(m_options.batch) / std::max(1e-9, now - m_lastStepEnd);
    m_lastStepEnd = now;
    observer.stepFinished(report);
}

void Pretrainer::tellBroken(Observer &observer) {
    for (const BrokenFile &broken : m_loader.takeBroken())
        observer.noted(broken.name +
                       " could not be read and was replaced by another image: " + broken.reason);
}

} // namespace simclr
