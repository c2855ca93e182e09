// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/classifier.h"

#include "core/augment/pipeline.h"
#include "core/data/two_view_loader.h"
#include "core/model/weights.h"
#include "core/train/optimiser.h"
#include "core/train/schedule.h"
#include "core/util/error.h"

#include <cmath>

namespace simclr {

namespace {

/// Its views and order are other ones than those of pretraining with the same seed.
constexpr std::uint64_t evaluationSeed = 0x6576616c;

/// Crop and flip, then colour distortion of strength s (App. A) where it is wanted.
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

torch::nn::Linear zeroLayer(std::int64_t features, int classes, const ComputeDevice &device) {
    torch::nn::Linear layer(features, classes);
    const torch::NoGradGuard noGrad;
    layer->weight.zero_();
    layer->bias.zero_();
    layer->to(device.device);
    return layer;
}

std::vector<std::pair<std::string, torch::nn::Module *>>
trainedModules(Representation &representation, torch::nn::Linear &layer, bool trainsEncoder) {
    std::vector<std::pair<std::string, torch::nn::Module *>> modules{{"classifier.", layer.get()}};
    if (trainsEncoder)
        modules.emplace_back("", representation.get());
    return modules;
}

/// One training of a classifier from its first step to its last.
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
          m_layer(zeroLayer(representation->featureSize(), images.dataset->classCount(), device)),
          m_optimiser(makeOptimiser(
              optimiserOptions(recipe),
              TrainedParameters(trainedModules(representation, m_layer, recipe.trainsEncoder)))) {
        m_schedule.peak = recipe.peakRate;
        m_schedule.totalSteps = recipe.epochs * m_loader.batchesPerEpoch();
    }

    /// Whether it came to its end.
    bool run(const EpochDone &epochDone, const std::stop_token &stop) {
        m_representation->train(m_recipe.trainsEncoder);
        for (std::int64_t epoch = 0; epoch < m_recipe.epochs; ++epoch) {
            m_loader.startEpoch(static_cast<std::uint32_t>(epoch));
            double sum = 0;
            while (const ViewBatch *batch = stop.stop_requested() ? nullptr : m_loader.next())
                sum += trainStep(*batch);
            if (stop.stop_requested())
                return false;
            if (epochDone)
                epochDone(epoch + 1, sum / static_cast<double>(m_loader.batchesPerEpoch()));
        }
        return true;
    }

    torch::nn::Linear layer() const { return m_layer; }

  private:
    double trainStep(const ViewBatch &batch) {
        const torch::Tensor logits = m_layer(featuresOf(batch));
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, labelsOf(batch));
        loss.backward();
        const double value = loss.item<double>();
        if (!std::isfinite(value))
            throw ComputationError("the loss of the classifier is not finite at step " +
                                   std::to_string(m_step + 1) + "; a lower learning rate may help");
        m_optimiser->step(m_schedule.rate(m_step++));
        return value;
    }

    torch::Tensor featuresOf(const ViewBatch &batch) {
        const torch::AutoGradMode records(m_recipe.trainsEncoder);
        const std::int64_t side = m_images.imageSize;
        const torch::Tensor bytes = torch::from_blob(const_cast<std::uint8_t *>(batch.pixels.data()),
                                                     {m_recipe.batch, side, side, 3}, torch::kUInt8);
        const torch::Tensor views =
            bytes.permute({0, 3, 1, 2}).to(m_device.device).to(torch::kFloat32).div_(255);
        const AutocastScope autocast(m_device.device.type(), m_device.bf16);
        return m_representation(views).to(torch::kFloat32);
    }

    torch::Tensor labelsOf(const ViewBatch &batch) const {
        std::vector<std::int64_t> labels;
        for (const std::uint32_t sample : batch.samples)
            labels.push_back(m_images.dataset->label(sample));
        return torch::tensor(labels, torch::kInt64).to(m_device.device);
    }

    Representation &m_representation;
    const LabelledImages &m_images;
    const ClassifierRecipe &m_recipe;
    const ComputeDevice &m_device;
    TwoViewLoader m_loader;
    torch::nn::Linear m_layer;
    std::unique_ptr<Optimiser> m_optimiser;
    LearningRateSchedule m_schedule;
    std::int64_t m_step = 0;
};

} // namespace

std::optional<torch::nn::Linear> trainClassifier(Representation &representation, const LabelledImages &images,
                                                 const ClassifierRecipe &recipe, const ComputeDevice &device,
                                                 const EpochDone &epochDone, std::stop_token stop) {
    const std::string before = stateHash(*representation);
    ClassifierTraining training(representation, images, recipe, device);
    if (!training.run(epochDone, stop))
        return std::nullopt;
    if (!recipe.trainsEncoder && stateHash(*representation) != before)
        throw ComputationError("the encoder changed while it was evaluated");
    return training.layer();
}

} // namespace simclr
