// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/recipe_check.h"

#include "core/augment/augmentation_check.h"
#include "core/run/recipe_messages.h"
#include "core/util/message_lists.h"

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

constexpr auto &message = recipeMessage;

void checkStem(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    if (options.imageSize <= 64 && !usesSmallStem(options))
        findings.push_back({"stem", message("stem_large", options.imageSize)});
    if (options.imageSize >= 128 && usesSmallStem(options))
        findings.push_back({"stem", message("stem_small", options.imageSize)});
}

/// Findings that make a pipeline unusable are not listed here: such a run is refused.
void checkViews(const Subject &subject, Findings &findings) {
    const auto side = static_cast<int>(subject.options.imageSize);
    for (const AugmentationFinding &finding :
         checkAugmentation(subject.pipeline, side, subject.smallestSide, subject.usualSide))
        if (finding.verdict == AugmentationFinding::Verdict::Unusual)
            findings.push_back({finding.id == "image_size" ? finding.id : "pipeline",
                                listMessage("two_sentences", finding.sentence, finding.reason)});
}

void checkOptimiser(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    const double rate = peakLearningRate(options);
    const double per256 = rate * 256 / static_cast<double>(options.batch);
    if (options.optimiser == "adamw" && rate > 0.01)
        findings.push_back({"learning_rate", message("adamw_learning_rate", rate)});
    const bool isSquareRootRule = options.learningRateScaling == "sqrt" && options.learningRate <= 0.075;
    if (options.optimiser != "adamw" && per256 > 2 && !isSquareRootRule)
        findings.push_back({"learning_rate", message("learning_rate", rate, options.batch)});
    if (options.optimiser == "lars" && options.learningRateScaling == "none" && options.batch != 256)
        findings.push_back({"learning_rate_scaling", message("lars_scaling")});
    if (options.weightDecay > 1e-3 && options.optimiser != "adamw")
        findings.push_back({"weight_decay", message("weight_decay", options.weightDecay)});
    if (options.warmupEpochs == 0 && options.batch >= 1024)
        findings.push_back({"warmup_epochs", message("warmup")});
}

void checkBatch(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    const std::int64_t perEpoch = stepsPerEpoch(static_cast<std::size_t>(subject.trainImages), options.batch);
    if (perEpoch < 4)
        findings.push_back({"batch", message("few_steps", perEpoch, options.batch, subject.trainImages)});
    if (options.batch < 64)
        findings.push_back({"batch", message("few_negatives", options.batch, 2 * (options.batch - 1))});
}

void checkInitialWeights(const Subject &subject, Findings &findings) {
    if (!subject.options.initialWeights.empty())
        findings.push_back({"initial_weights", message("initial_weights")});
}

void checkLoss(const Subject &subject, Findings &findings) {
    const TrainOptions &options = subject.options;
    if (!options.normalise)
        findings.push_back({"normalise", message("unnormalised")});
    if (options.loss == "nt_xent" && options.normalise &&
        (options.temperature < 0.05 || options.temperature > 1))
        findings.push_back({"temperature", message("temperature", options.temperature)});
    if (options.head != "nonlinear")
        findings.push_back({"head", message("head")});
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
