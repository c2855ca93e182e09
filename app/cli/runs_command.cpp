// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"
#include "app/cli/runs_export.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

/// Before the first run the default database does not exist, which is not an error.
std::vector<RunRecord> allRuns(const std::string &database) {
    std::error_code failure;
    const bool isThere = std::filesystem::exists(database, failure);
    if (database == usualDatabase() && !isThere && !failure)
        return {};
    return openExisting(database).runs().all();
}

int listRuns(const OutputOptions &output, const TableOptions &tables) {
    const std::vector<RunRecord> runs = allRuns(output.database);
    if (output.json) {
        Json list = Json::array();
        for (const RunRecord &run : runs)
            list.push_back(toJson(run, true));
        printJson(list);
    } else if (const auto format = tables.format()) {
        std::cout << toText(runsValues(runs), *format) << std::flush;
    } else if (runs.empty()) {
        std::cout << "There are no runs yet; \"simclr train\" creates one." << std::endl;
    } else {
        std::cout << runsTable(runs) << std::flush;
    }
    return exitDone;
}

} // namespace

void addRuns(CLI::App &app, Action &action) {
    const auto output = std::make_shared<OutputOptions>();
    const auto tables = std::make_shared<TableOptions>();
    CLI::App *command = app.add_subcommand("runs", "List all runs, newest first.");
    addOutputOptions(*command, *output);
    addTableOptions(*command, *tables);
    command->callback(
        [output, tables, &action] { action = [output, tables] { return listRuns(*output, *tables); }; });
}

} // namespace simclr::cli
