// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <string>
#include <vector>

namespace simclr {

/// Published training options, or this program's defaults.
struct TrainingRecipe {
    std::string id;       ///< as typed on the command line: "paper-cifar10"
    std::string title;    ///< what the window shows
    std::string help;     ///< one sentence with its source
    std::string pipeline; ///< id of the pipeline preset that goes with it
    TrainOptions options;
};

/// quick, paper-cifar10, paper-imagenet, code-head, small-batch.
const std::vector<TrainingRecipe> &trainingRecipes();

/// Throws InvalidInput, listing the available ones.
const TrainingRecipe &recipeByName(const std::string &id);

/// An option that differs from a recipe, with both values as text.
struct RecipeDifference {
    std::string option; ///< id
    std::string own;
    std::string reference;
};

/// How `options` differ from `recipe`. Device, threads and evaluation are not part of a recipe.
std::vector<RecipeDifference> differencesFrom(const TrainingRecipe &recipe, const TrainOptions &options);

/// The reference recipe for views of this size: of CIFAR-10 up to 64 px, of ImageNet above.
const TrainingRecipe &usualRecipe(const TrainOptions &options);

} // namespace simclr
