// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/recipe_check.h"

#include "core/augment/augmentation_check.h"
#include "core/options/parameter.h"
#include "core/util/counted.h"

#include <algorithm>

namespace simclr {

namespace {

/// The input of the rules.
struct Subject {
    const TrainOptions &options;
    const Pipeline &pipeline;
    std::int64_t trainImages;
    int smallestSide; ///< of the images, pixels
    int usualSide;
};

using Findings = std::vector<RecipeFinding>;

void checkStem(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    if (options.imageSize <= 64 && !usesSmallStem(options))
        findings.push_back({"stem", "The stem for large images discards most of the detail of views of " +
                                        std::to_string(options.imageSize) +
                                        " px before the first block; the small stem keeps it (B.9)."});
    if (options.imageSize >= 128 && usesSmallStem(options))
        findings.push_back({"stem", "The small stem on views of " + std::to_string(options.imageSize) +
                                        " px needs about 16 times the memory and time of the default stem."});
}

/// Findings that make a pipeline unusable are not listed here: such a run is refused.
void checkViews(const Subject &subject, Findings &findings) {
    const auto side = static_cast<int>(subject.options.imageSize);
    for (const AugmentationFinding &finding :
         checkAugmentation(subject.pipeline, side, subject.smallestSide, subject.usualSide))
        if (finding.verdict == AugmentationFinding::Verdict::Unusual)
            findings.push_back({finding.id == "image_size" ? finding.id : "pipeline",
                                finding.sentence + " " + finding.reason});
}

void checkOptimiser(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    const double per256 = peakLearningRate(options) * 256 / static_cast<double>(options.batch);
    const std::string rate = "A peak learning rate of " + numberText(peakLearningRate(options));
    if (options.optimiser == "adamw" && peakLearningRate(options) > 0.01)
        findings.push_back({"learning_rate", rate + " is high for AdamW; about 0.001 is typical."});
    const bool isSquareRootRule = options.learningRateScaling == "sqrt" && options.learningRate <= 0.075;
    if (options.optimiser != "adamw" && per256 > 2 && !isSquareRootRule)
        findings.push_back(
            {"learning_rate", rate + " is high for N " + std::to_string(options.batch) +
                                  "; the paper uses 0.3 · N / 256, for CIFAR-10 1.0 · N / 256."});
    if (options.optimiser == "lars" && options.learningRateScaling == "none" && options.batch != 256)
        findings.push_back({"learning_rate_scaling", "LARS is normally used with a rate that is scaled by "
                                                     "the batch: 0.3 · N / 256, or 0.075 · √N (App. B.1)."});
    if (options.weightDecay > 1e-3 && options.optimiser != "adamw")
        findings.push_back({"weight_decay", "A weight decay of " + numberText(options.weightDecay) +
                                                " is high; the paper uses 1e-6, the authors' code 1e-4."});
    if (options.warmupEpochs == 0 && options.batch >= 1024)
        findings.push_back({"warmup_epochs", "Large batches without warm-up tend to diverge; the paper uses "
                                             "10 epochs of warm-up (App. B.1)."});
}

void checkBatch(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    const std::int64_t perEpoch = stepsPerEpoch(static_cast<std::size_t>(subject.trainImages), options.batch);
    if (perEpoch < 4)
        findings.push_back(
            {"batch", "A batch of " + std::to_string(options.batch) + " gives only " +
                          counted(perEpoch, "step", "steps") + " per epoch of " +
                          std::to_string(subject.trainImages) +
                          " images, so that the weights hardly change; a smaller batch gives more."});
    if (options.batch < 64)
        findings.push_back(
            {"batch", "With N " + std::to_string(options.batch) + " each anchor has only " +
                          std::to_string(2 * (options.batch - 1)) +
                          " negatives; larger batches are better, above all in short training (Fig. 9)."});
}

void checkInitialWeights(const Subject &subject, Findings &findings) {
    if (!subject.options.initialWeights.empty())
        findings.push_back({"initial_weights",
                            "If these weights expect ImageNet's normalisation, as torchvision's do, they do "
                            "not fit views in [0, 1]: import them with simclr import-weights --normalisation "
                            "imagenet, export that run, and start from the exported file."});
}

void checkLoss(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    if (!options.normalise)
        findings.push_back({"normalise", "Without ℓ2-normalisation contrastive accuracy is higher, but the "
                                         "representation is worse (Table 5)."});
    if (options.loss == "nt_xent" && options.normalise &&
        (options.temperature < 0.05 || options.temperature > 1))
        findings.push_back({"temperature", "A temperature of " + numberText(options.temperature) +
                                               " is unusual; 0.1 to 0.5 work best (Table 5)."});
    if (options.head != "nonlinear")
        findings.push_back(
            {"head",
             "A nonlinear head improves h by 3 % over a linear head and by 10 % over none (Fig. 8)."});
}

} // namespace

std::vector<RecipeFinding> checkRecipe(const RunConfiguration &configuration, const Dataset &dataset,
                                       std::int64_t trainImages) {
    const ImageSize smallest = dataset.report().smallest;
    const Subject subject{configuration.options, configuration.pipeline, trainImages,
                          std::min(smallest.width, smallest.height), dataset.report().usualSide};
    Findings findings;
    for (const auto check :
         {checkStem, checkViews, checkOptimiser, checkBatch, checkLoss, checkInitialWeights})
        check(subject, findings);
    return findings;
}

} // namespace simclr
