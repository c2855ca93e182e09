// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation_options.h"

#include "core/options/parameter.h"

#include <algorithm>

namespace simclr {

namespace {

ClassifierRecipe usualRecipe(Protocol protocol, double labels) {
    constexpr double onePercent = 0.01;
    ClassifierRecipe recipe;
    if (protocol == Protocol::FineTune)
        return {
            .epochs = labels <= onePercent ? 60 : 30, .batch = 256, .peakRate = 0.05, .trainsEncoder = true};
    if (protocol == Protocol::Supervised)
        return {.epochs = 100, .batch = 256, .peakRate = 0.1, .weightDecay = 1e-4, .trainsEncoder = true};
    return recipe;
}

std::int64_t withEnoughSteps(std::int64_t batch, std::size_t images) {
    constexpr std::int64_t fewestSteps = 8;
    constexpr std::int64_t smallestBatch = 32;
    return std::min(batch, std::max(smallestBatch, static_cast<std::int64_t>(images) / fewestSteps));
}

/// Peak of half a cosine, for N = 256.
double unscaledRate(Protocol protocol, const EvaluationOptions &options, double labels) {
    return options.learningRate > 0 ? options.learningRate : usualRecipe(protocol, labels).peakRate;
}

Description<EvaluationOptions> describe() {
    return Description<EvaluationOptions>()
        .integer(&EvaluationOptions::epochs,
                 {.id = "epochs",
                  .title = "Epochs",
                  .help = "Passes over the labelled images; 0: the default, linear_sgd 100, "
                          "fine_tune 30 (60 for up to 1 % of the labels), supervised 100.",
                  .minimum = 0,
                  .maximum = 100000,
                  .step = 10,
                  .lowestMeans = "default"})
        .integer(&EvaluationOptions::batch,
                 {.id = "batch",
                  .title = "Batch N",
                  .help =
                      "Images per step, at most the number of images; 0: the default, linear_sgd 512, "
                      "fine_tune and supervised 256, and fewer if an epoch would have fewer than 8 steps.",
                  .minimum = 0,
                  .maximum = 16384,
                  .step = 64,
                  .lowestMeans = "default"})
        .real(&EvaluationOptions::learningRate,
              {.id = "learning_rate",
               .title = "Learning rate",
               .help = "Peak for N = 256, scaled by N / 256; 0: the default, linear_sgd and "
                       "supervised 0.1, fine_tune 0.05.",
               .minimum = 0,
               .maximum = 100,
               .step = 0.01,
               .lowestMeans = "default",
               .logarithmic = true})
        .real(&EvaluationOptions::weightDecay,
              {.id = "weight_decay",
               .title = "Weight decay",
               .help = "Weight decay (ℓ2); -1: the default, supervised 0.0001, others none.",
               .minimum = -1,
               .maximum = 1,
               .step = 0.0001,
               .lowestMeans = "default"})
        .real(&EvaluationOptions::momentum, {.id = "momentum",
                                             .title = "Momentum",
                                             .help = "Nesterov momentum coefficient.",
                                             .minimum = 0.01,
                                             .maximum = 0.9999,
                                             .step = 0.01})
        .real(&EvaluationOptions::colorStrength,
              {.id = "color_strength",
               .title = "Colour distortion",
               .help = "Strength s of colour jitter and colour drop after crop and flip (App. A); 0: none.",
               .minimum = 0,
               .maximum = 2,
               .step = 0.25,
               .lowestMeans = "none"});
}

} // namespace

const Description<EvaluationOptions> &evaluationOptionsDescription() {
    static const Description<EvaluationOptions> description = describe();
    return description;
}

const std::vector<Protocol> &evaluationProtocols() {
    static const std::vector<Protocol> protocols{Protocol::Linear, Protocol::Knn, Protocol::LinearSgd,
                                                 Protocol::FineTune, Protocol::Supervised};
    return protocols;
}

ClassifierRecipe evaluationRecipe(Protocol protocol, const EvaluationOptions &options, double labels,
                                  std::size_t images, std::uint64_t seed) {
    constexpr double referenceBatch = 256;
    ClassifierRecipe recipe = usualRecipe(protocol, labels);
    if (options.epochs > 0)
        recipe.epochs = options.epochs;
    recipe.batch = std::min(options.batch > 0 ? options.batch : withEnoughSteps(recipe.batch, images),
                            static_cast<std::int64_t>(images));
    recipe.peakRate =
        unscaledRate(protocol, options, labels) * static_cast<double>(recipe.batch) / referenceBatch;
    if (options.weightDecay >= 0)
        recipe.weightDecay = options.weightDecay;
    recipe.momentum = options.momentum;
    recipe.colorStrength = options.colorStrength;
    recipe.seed = seed;
    return recipe;
}

std::map<std::string, double> overridesOf(Protocol protocol, const EvaluationOptions &options, double labels,
                                          std::size_t images) {
    std::map<std::string, double> overrides;
    if (usesFrozenFeatures(protocol))
        return overrides;
    const ClassifierRecipe own = evaluationRecipe(protocol, options, labels, images, 0);
    const ClassifierRecipe usual = evaluationRecipe(protocol, {}, labels, images, 0);
    const auto add = [&](const char *id, auto value, auto other) {
        if (value != other)
            overrides.emplace(id, static_cast<double>(value));
    };
    add("epochs", own.epochs, usual.epochs);
    add("batch", own.batch, usual.batch);
    add("learning_rate", unscaledRate(protocol, options, labels), unscaledRate(protocol, {}, labels));
    add("weight_decay", own.weightDecay, usual.weightDecay);
    add("momentum", own.momentum, usual.momentum);
    add("color_strength", own.colorStrength, usual.colorStrength);
    return overrides;
}

Json toJson(const ClassifierRecipe &recipe) {
    return {{"solver", "SGD, Nesterov"},
            {"epochs", recipe.epochs},
            {"batch", recipe.batch},
            {"peak_learning_rate", recipe.peakRate},
            {"weight_decay", recipe.weightDecay},
            {"momentum", recipe.momentum},
            {"color_strength", recipe.colorStrength},
            {"seed", recipe.seed}};
}

} // namespace simclr
