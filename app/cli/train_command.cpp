// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/progress.h"
#include "app/cli/run_arguments.h"
#include "app/cli/settings.h"

#include <array>
#include <memory>

namespace simclr::cli {

namespace {

struct TrainArguments {
    RunArguments run;
    std::vector<std::string> rules;
    OutputOptions output;
};

int train(const TrainArguments &arguments) {
    const RunConfiguration configuration = configurationFrom(arguments.run);
    const Supervision supervision{rulesFromSettings(arguments.rules)};
    const RunStore early(arguments.output.database); // errors in it are reported before images are read
    const Interrupt interrupt;
    const DatasetPtr dataset =
        openData(sourceFrom(arguments.run.data), interrupt, DatasetNotes::ToldByTheRun);
    RunOutcome outcome;
    {
        Progress progress;
        const std::array<Observer *, 1> observers{&progress};
        outcome = executeRun(configuration, dataset, arguments.output.database, observers, interrupt.token(),
                             {}, supervision);
    }
    return reportOutcome(outcome, arguments.output);
}

} // namespace

void addTrain(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<TrainArguments>();
    CLI::App *command = app.add_subcommand("train", "Train an encoder and store the run in the database.");
    addRunArguments(*command, arguments->run);
    addRuleOption(*command, arguments->rules);
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return train(*arguments); }; });
}

} // namespace simclr::cli
