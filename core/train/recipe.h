// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <string>
#include <vector>

namespace simclr {

/// Training options that somebody published or that this program starts with.
struct TrainingRecipe {
    std::string id;       ///< as typed on the command line: "paper-cifar10"
    std::string title;    ///< what the window shows
    std::string help;     ///< one sentence with its source
    std::string pipeline; ///< id of the pipeline preset that goes with it
    TrainOptions options;
};

/// quick, paper-cifar10, paper-imagenet, code-head, small-batch.
const std::vector<TrainingRecipe> &trainingRecipes();

/// Throws InvalidInput, listing those there are.
const TrainingRecipe &recipeByName(const std::string &id);

/// An option that a recipe has otherwise, as a person would type both.
struct RecipeDifference {
    std::string option; ///< id
    std::string own;
    std::string reference;
};

/// In what `options` differ from `recipe`. Where and with how many threads a run computes, and how it is
/// evaluated, is nobody's recipe.
std::vector<RecipeDifference> differencesFrom(const TrainingRecipe &recipe, const TrainOptions &options);

/// The recipe that views of this size are usually compared with: of CIFAR-10 up to 64 px, of ImageNet above.
const TrainingRecipe &usualRecipe(const TrainOptions &options);

} // namespace simclr
