// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "core/util/counted.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct RestoreArguments {
    std::vector<RunId> runs;
    OutputOptions output;
};

int restore(const RestoreArguments &arguments) {
    RunStore store = openExisting(arguments.output.database);
    store.annotations().restore(arguments.runs);
    if (arguments.output.json)
        printJson({{"restored", arguments.runs}});
    else
        for (const RunId run : arguments.runs)
            std::cout << "run " << run << " restored" << std::endl;
    return exitDone;
}

/// Continues after a run that cannot be deleted.
int emptyTrash(const OutputOptions &output) {
    RunStore store = openExisting(output.database);
    const TrashEmptied emptied = store.annotations().emptyTrash();
    for (const std::string &problem : emptied.problems)
        complain(problem);
    if (output.json)
        printJson({{"deleted", emptied.deleted}});
    else
        std::cout << counted(static_cast<std::int64_t>(emptied.deleted.size()), "run", "runs")
                  << " deleted, with curves, results and checkpoints" << std::endl;
    return emptied.problems.empty() ? exitDone : exitWrongInput;
}

} // namespace

void addRestore(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<RestoreArguments>();
    CLI::App *command = app.add_subcommand("restore", "Take runs out of the trash.");
    command->add_option("runs", arguments->runs, "Numbers of the runs")->required();
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return restore(*arguments); }; });
}

void addEmptyTrash(CLI::App &app, Action &action) {
    const auto output = std::make_shared<OutputOptions>();
    CLI::App *command = app.add_subcommand(
        "empty-trash",
        "Delete the runs in the trash with their curves, results and checkpoints. This cannot be undone.");
    addOutputOptions(*command, *output);
    command->callback([output, &action] { action = [output] { return emptyTrash(*output); }; });
}

} // namespace simclr::cli
