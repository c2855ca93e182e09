// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/progress.h"
#include "app/cli/settings.h"
#include "core/run/weights_import.h"

#include <array>
#include <memory>

namespace simclr::cli {

namespace {

struct TrainArguments {
    std::string data = "shapes";
    std::string pipeline = "simclr-cifar10";
    std::string name;
    std::vector<std::string> settings;
    OutputOptions output;
};

/// An encoder that starts from a file is the file's, as far as nothing else was asked for.
TrainOptions chosenOptions(const std::vector<std::string> &settings) {
    TrainOptions options = optionsFromSettings(settings);
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

int train(const TrainArguments &arguments) {
    const RunConfiguration configuration{arguments.name, pipelineByName(arguments.pipeline),
                                         chosenOptions(arguments.settings)};
    checkTrainOptions(configuration.options);
    checkPipeline(configuration.pipeline);
    const RunStore early(
        arguments.output.database); // whatever is wrong with it is said before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(arguments.data, interrupt);
    RunOutcome outcome;
    {
        Progress progress;
        const std::array<Observer *, 1> observers{&progress};
        outcome = executeRun(configuration, dataset, arguments.output.database, observers, interrupt.token());
    }
    return reportOutcome(outcome, arguments.output);
}

} // namespace

void addTrain(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<TrainArguments>();
    CLI::App *command = app.add_subcommand("train", "Train an encoder and keep the run in the database.");
    addDataOption(*command, arguments->data);
    addPipelineOption(*command, arguments->pipeline);
    command
        ->add_option("--set", arguments->settings,
                     "KEY=VALUE: an option of training, see below; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--name", arguments->name, "Name of the run; otherwise that of the pipeline");
    addOutputOptions(*command, arguments->output);
    command->footer(settingsHelp() + "\n" + exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return train(*arguments); }; });
}

} // namespace simclr::cli
