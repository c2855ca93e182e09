// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/util/error.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ChangeArguments {
    RunId run = 0;
    std::vector<RunId> runs;
    std::string name;
    bool toTrash = false;
    OutputOptions output;
};

int moveToTrash(const ChangeArguments &arguments) {
    RunStore store = openExisting(arguments.output.database);
    store.annotations().moveToTrash(arguments.runs);
    if (arguments.output.json)
        printJson({{"trashed", arguments.runs}});
    else
        for (const RunId run : arguments.runs)
            std::cout << "run " << run << " moved to the trash; \"simclr restore " << run << "\" takes it out"
                      << std::endl;
    return exitDone;
}

/// Continues after a run that cannot be deleted.
int deleteRuns(const ChangeArguments &arguments) {
    if (arguments.toTrash)
        return moveToTrash(arguments);
    RunStore store = openExisting(arguments.output.database);
    int status = exitDone;
    Json gone = Json::array();
    for (const RunId run : arguments.runs) {
        try {
            store.runs().remove(run);
            gone.push_back(run);
        } catch (const Error &error) {
            complain(error.what());
            status = exitWrongInput;
        }
    }
    if (arguments.output.json)
        printJson({{"deleted", gone}});
    else
        for (const Json &run : gone)
            std::cout << "run " << run << " deleted, with its curves, results and checkpoints" << std::endl;
    return status;
}

int renameRun(const ChangeArguments &arguments) {
    RunStore store = openExisting(arguments.output.database);
    store.runs().rename(arguments.run, arguments.name);
    const RunRecord run = store.runs().one(arguments.run);
    if (arguments.output.json)
        printJson(toJson(run, true));
    else
        std::cout << "run " << run.id << " is now named \"" << printable(run.name) << "\"" << std::endl;
    return exitDone;
}

} // namespace

void addDelete(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ChangeArguments>();
    CLI::App *command =
        app.add_subcommand("delete", "Delete runs with their curves, results and checkpoints. This cannot be "
                                     "undone, except with --trash.");
    command->add_option("runs", arguments->runs, "Numbers of the runs")->required();
    command->add_flag("--trash", arguments->toTrash,
                      "Move the runs to the trash instead, which deletes nothing");
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return deleteRuns(*arguments); }; });
}

void addRename(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ChangeArguments>();
    CLI::App *command = app.add_subcommand("rename", "Rename a run.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command->add_option("name", arguments->name, "New name")->required();
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return renameRun(*arguments); }; });
}

} // namespace simclr::cli
