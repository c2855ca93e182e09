// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recipe.h"

#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace {

/// Common to all runs of the paper: LARS with linear scaling, ten epochs of warm-up (App. B.1).
TrainOptions paperOptions() {
    TrainOptions options;
    options.width = 1;
    options.optimiser = "lars";
    options.nesterov = false;
    options.learningRate = 0.3;
    options.learningRateScaling = "linear";
    options.warmupEpochs = 10;
    options.weightDecay = 1e-6;
    options.evaluateEvery = 10;
    return options;
}

TrainOptions cifarOptions() {
    TrainOptions options = paperOptions();
    options.learningRate = 1.0;
    options.weightDecay = 1e-4;
    options.batch = 512;
    options.epochs = 1000;
    options.temperature = 0.5;
    return options;
}

TrainOptions imagenetOptions() {
    TrainOptions options = paperOptions();
    options.encoder = "resnet50";
    options.imageSize = 224;
    options.batch = 4096;
    options.epochs = 100;
    options.temperature = 0.1;
    return options;
}

TrainOptions headOptions() {
    TrainOptions options = imagenetOptions();
    options.headHiddenLayers = 2;
    options.weightDecay = 1e-4;
    return options;
}

TrainOptions smallBatchOptions() {
    TrainOptions options = imagenetOptions();
    options.batch = 256;
    options.learningRate = 0.075;
    options.learningRateScaling = "sqrt";
    return options;
}

} // namespace

const std::vector<TrainingRecipe> &trainingRecipes() {
    static const std::vector<TrainingRecipe> recipes{
        {"quick", "Quick", "A quarter-width ResNet-18 for small images: results within minutes on a CPU.",
         "simclr-cifar10", TrainOptions{}},
        {"paper-cifar10", "CIFAR-10, authors",
         "ResNet-18, N 512, 1000 epochs of LARS at 1.0 · N / 256, τ 0.5 (the authors' README; B.9).",
         "simclr-cifar10", cifarOptions()},
        {"paper-imagenet", "ImageNet, paper and first release",
         "ResNet-50, N 4096, 100 epochs of LARS at 0.3 · N / 256, τ 0.1, a head with one hidden layer "
         "(sections 2.2 and 5; App. B.1).",
         "simclr-imagenet", imagenetOptions()},
        {"code-head", "ImageNet, last release",
         "As the authors' last release: a head with two hidden layers and weight decay 1e-4 (model_util.py).",
         "simclr-imagenet", headOptions()},
        {"small-batch", "ImageNet, small batches",
         "N 256 with a learning rate of 0.075 · √N, which is better for small batches (App. B.1).",
         "simclr-imagenet", smallBatchOptions()},
    };
    return recipes;
}

const TrainingRecipe &recipeByName(const std::string &id) {
    const auto &recipes = trainingRecipes();
    const auto found = std::ranges::find(recipes, id, &TrainingRecipe::id);
    if (found != recipes.end())
        return *found;
    std::string known;
    for (const TrainingRecipe &recipe : recipes)
        known += (known.empty() ? "" : ", ") + recipe.id;
    throw InvalidInput("unknown recipe \"" + id + "\"; available: " + known);
}

std::vector<RecipeDifference> differencesFrom(const TrainingRecipe &recipe, const TrainOptions &options) {
    const auto &description = trainOptionsDescription();
    const Values own = description.read(options);
    const Values usual = description.read(recipe.options);
    std::vector<RecipeDifference> list;
    for (const Parameter &parameter : description.schema())
        if (parameter.section != Section::Machine && parameter.section != Section::Evaluation &&
            own.at(parameter.id) != usual.at(parameter.id))
            list.push_back({parameter.id, toText(own.at(parameter.id)), toText(usual.at(parameter.id))});
    return list;
}

const TrainingRecipe &usualRecipe(const TrainOptions &options) {
    return recipeByName(options.imageSize <= largestSmallView ? "paper-cifar10" : "paper-imagenet");
}

} // namespace simclr
