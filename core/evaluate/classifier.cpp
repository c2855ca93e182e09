// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/classifier.h"

#include "core/augment/pipeline.h"
#include "core/data/two_view_loader.h"
#include "core/model/linear_classifier.h"
#include "core/model/weights.h"
#include "core/train/optimiser.h"
#include "core/train/schedule.h"
#include "core/train/view_upload.h"
#include "core/util/error.h"

#include <cmath>

namespace simclr {

namespace {

/// Its views and order differ from those of pretraining with the same seed.
constexpr std::uint64_t evaluationSeed = 0x6576616c;

/// Crop and flip, then colour distortion of strength s (App. A) if requested.
Pipeline labelledPipeline(double s) {
    Pipeline pipeline{"Labelled", {makeStep("random_resized_crop"), makeStep("horizontal_flip")}};
    if (s > 0) {
        PipelineStep jitter = makeStep("color_jitter");
        for (const char *property : {"brightness", "contrast", "saturation"})
            jitter.parameters[property] = std::min(1.0, 0.8 * s);
        jitter.parameters["hue"] = std::min(0.5, 0.2 * s);
        pipeline.steps.push_back(std::move(jitter));
        pipeline.steps.push_back(makeStep("color_drop"));
    }
    return pipeline;
}

LoaderOptions loaderOptions(const LabelledImages &images, const ClassifierRecipe &recipe) {
    LoaderOptions loader;
    loader.batch = static_cast<std::uint32_t>(recipe.batch);
    loader.threads = images.loaderThreads;
    loader.prefetch = loader.threads + 2;
    loader.seed = recipe.seed ^ evaluationSeed;
    loader.views = 1;
    return loader;
}

TrainOptions optimiserOptions(const ClassifierRecipe &recipe) {
    TrainOptions options;
    options.optimiser = "sgd";
    options.nesterov = true;
    options.momentum = recipe.momentum;
    options.weightDecay = recipe.weightDecay;
    return options;
}

std::vector<std::pair<std::string, torch::nn::Module *>>
trainedModules(Representation &representation, torch::nn::Linear &layer, bool trainsEncoder) {
    std::vector<std::pair<std::string, torch::nn::Module *>> modules{{"classifier.", layer.get()}};
    if (trainsEncoder)
        modules.emplace_back("", representation.get());
    return modules;
}

/// The training of a classifier from its first step to its last.
class ClassifierTraining {
  public:
    ClassifierTraining(Representation &representation, const LabelledImages &images,
                       const ClassifierRecipe &recipe, const ComputeDevice &device)
        : m_representation(representation),
          m_images(images),
          m_recipe(recipe),
          m_device(device),
          m_loader(images.dataset, images.samples,
                   ViewRenderer(labelledPipeline(recipe.colorStrength), images.imageSize),
                   loaderOptions(images, recipe)),
          m_layer(zeroClassifier(representation->featureSize(), images.dataset->classCount(), device.device)),
          m_upload(device.device, recipe.batch, images.imageSize),
          m_optimiser(makeOptimiser(
              optimiserOptions(recipe),
              TrainedParameters(trainedModules(representation, m_layer, recipe.trainsEncoder)))) {
        m_schedule.peak = recipe.peakRate;
        m_schedule.totalSteps = recipe.epochs * m_loader.batchesPerEpoch();
    }

    /// Whether it was completed.
    bool run(const EpochDone &epochDone, const std::stop_token &stop) {
        const ConvolutionSearch search;
        m_representation->train(m_recipe.trainsEncoder);
        for (std::int64_t epoch = 0; epoch < m_recipe.epochs; ++epoch) {
            m_loader.startEpoch(static_cast<std::uint32_t>(epoch));
            m_sum = torch::zeros({}, m_device.device);
            while (const ViewBatch *batch = stop.stop_requested() ? nullptr : m_loader.next())
                trainStep(*batch);
            if (stop.stop_requested())
                return false;
            const double loss = meanLoss(epoch);
            if (epochDone)
                epochDone(epoch + 1, loss);
        }
        return true;
    }

    TrainedClassifier result() { return {m_layer, m_loader.takeBroken().size()}; }

  private:
    void trainStep(const ViewBatch &batch) {
        const torch::Tensor logits = m_layer(featuresOf(batch));
        const torch::Tensor labels = uploadLabels(*m_images.dataset, batch, m_device.device);
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, labels);
        loss.backward();
        m_sum += loss.detach(); // on the device: the host waits for it once per epoch
        m_optimiser->step(m_schedule.rate(m_step++));
    }

    /// Of the epoch that has just ended, counted from 0.
    double meanLoss(std::int64_t epoch) const {
        const double loss = m_sum.item<double>() / static_cast<double>(m_loader.batchesPerEpoch());
        if (!std::isfinite(loss))
            throw ComputationError("the loss of the classifier is not finite in epoch " +
                                   std::to_string(epoch + 1) + "; a lower learning rate may help");
        return loss;
    }

    torch::Tensor featuresOf(const ViewBatch &batch) {
        const torch::AutoGradMode records(m_recipe.trainsEncoder);
        const torch::Tensor views = m_upload(batch).to(torch::kFloat32).div_(255);
        const AutocastScope autocast(m_device.device.type(), m_device.bf16);
        return m_representation(views).to(torch::kFloat32);
    }

    Representation &m_representation;
    const LabelledImages &m_images;
    const ClassifierRecipe &m_recipe;
    const ComputeDevice &m_device;
    TwoViewLoader m_loader;
    torch::nn::Linear m_layer;
    ViewUpload m_upload;
    std::unique_ptr<Optimiser> m_optimiser;
    LearningRateSchedule m_schedule;
    std::int64_t m_step = 0;
    torch::Tensor m_sum; ///< of the epoch's losses
};

} // namespace

std::optional<TrainedClassifier> trainClassifier(Representation &representation, const LabelledImages &images,
                                                 const ClassifierRecipe &recipe, const ComputeDevice &device,
                                                 const EpochDone &epochDone, std::stop_token stop) {
    const std::string before = stateHash(*representation);
    ClassifierTraining training(representation, images, recipe, device);
    if (!training.run(epochDone, stop))
        return std::nullopt;
    if (!recipe.trainsEncoder && stateHash(*representation) != before)
        throw ComputationError("the encoder changed while it was evaluated");
    return training.result();
}

} // namespace simclr
