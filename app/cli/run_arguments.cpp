// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_arguments.h"

#include "app/cli/exit_status.h"
#include "app/cli/settings.h"
#include "core/run/weights_import.h"
#include "core/train/recipe.h"

namespace simclr::cli {

namespace {

/// With initial weights from a file, the encoder options are the file's unless they are set.
TrainOptions chosenOptions(const RunArguments &arguments) {
    const std::vector<std::string> &settings = arguments.settings;
    TrainOptions options = optionsFromSettings(settings, recipeByName(arguments.recipe).options);
    if (options.initialWeights.empty())
        return options;
    const WeightsDescription weights = describeWeights(options.initialWeights);
    if (!hasSetting(settings, "encoder"))
        options.encoder = weights.encoder;
    if (!hasSetting(settings, "width"))
        options.width = weights.width;
    if (!hasSetting(settings, "stem"))
        options.stem = weights.stem;
    return options;
}

std::string recipesHelp() {
    std::string text = "Recipes for --recipe:\n";
    for (const TrainingRecipe &recipe : trainingRecipes())
        text += "  " + recipe.id + "  (" + recipe.title + ")\n      " + recipe.help + "\n";
    return text;
}

} // namespace

void addRunArguments(CLI::App &command, RunArguments &arguments) {
    addTrainingImages(command, arguments.data);
    addPipelineOption(command, arguments.pipeline);
    command.add_option("--recipe", arguments.recipe, "Training options to start from, see below")
        ->capture_default_str();
    command
        .add_option("--set", arguments.settings, "KEY=VALUE: a training option, see below; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--name", arguments.name, "Name of the run; default: that of the pipeline");
    command.footer(recipesHelp() + "\n" + settingsHelp() + "\n" + exitStatusHelp);
}

void addRuleOption(CLI::App &command, std::vector<std::string> &rules) {
    command
        .add_option("--rule", rules,
                    "KEY=VALUE: what to watch for during training, such as plateau=stop, see below; may be "
                    "repeated")
        ->allow_extra_args(false);
    command.footer(command.get_footer() + "\n\n" + ruleSettingsHelp());
}

RunConfiguration configurationFrom(const RunArguments &arguments) {
    const std::string &preset = recipeByName(arguments.recipe).pipeline;
    RunConfiguration configuration{arguments.name,
                                   usablePipeline(arguments.pipeline.empty() ? preset : arguments.pipeline),
                                   chosenOptions(arguments)};
    checkTrainOptions(configuration.options);
    return configuration;
}

} // namespace simclr::cli
