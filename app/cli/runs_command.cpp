// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct RunsArguments {
    bool trash = false;
    OutputOptions output;
};

/// Before the first run the default database does not exist, which is not an error.
std::vector<RunRecord> allRuns(const std::string &database, TrashedRuns which) {
    std::error_code failure;
    const bool isThere = std::filesystem::exists(database, failure);
    if (database == usualDatabase() && !isThere && !failure)
        return {};
    return openExisting(database).runs().all(which);
}

const char *emptyText(bool trash) {
    return trash ? "The trash is empty." : "There are no runs yet; \"simclr train\" creates one.";
}

int listRuns(const RunsArguments &arguments) {
    const std::vector<RunRecord> runs =
        allRuns(arguments.output.database, arguments.trash ? TrashedRuns::Only : TrashedRuns::LeftOut);
    if (arguments.output.json) {
        Json list = Json::array();
        for (const RunRecord &run : runs)
            list.push_back(toJson(run, true));
        printJson(list);
    } else if (runs.empty()) {
        std::cout << emptyText(arguments.trash) << std::endl;
    } else {
        std::cout << runsTable(runs) << std::flush;
    }
    return exitDone;
}

} // namespace

void addRuns(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<RunsArguments>();
    CLI::App *command = app.add_subcommand("runs", "List all runs, newest first.");
    command->add_flag("--trash", arguments->trash, "List the runs in the trash instead");
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return listRuns(*arguments); }; });
}

} // namespace simclr::cli
