// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/exchange/event_export.h"
#include "core/util/files.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct EventsArguments {
    std::vector<RunId> runs;
    std::string folder;
    OutputOptions output;
};

int exportEventFiles(const EventsArguments &arguments) {
    const Interrupt interrupt;
    const RunStore store = openExisting(arguments.output.database);
    Json list = Json::array();
    for (const ExportedEvents &each :
         exportEvents(store, arguments.runs, arguments.folder, interrupt.token())) {
        list.push_back({{"run", each.run}, {"file", displayName(each.file)}, {"points", each.points}});
        if (!arguments.output.json)
            std::cout << "run " << each.run << ": " << each.points << " points in "
                      << printable(displayName(each.file)) << std::endl;
    }
    if (arguments.output.json)
        printJson({{"files", list}});
    return exitDone;
}

} // namespace

void addExportEvents(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<EventsArguments>();
    CLI::App *command = app.add_subcommand(
        "export-events", "Write runs as TensorBoard event files: curves, accuracies, options as hparams.");
    command->add_option("runs", arguments->runs, "Numbers of the runs")->required();
    command->add_option("--to", arguments->folder, "Folder to write to; each run gets a folder in it")
        ->required();
    addOutputOptions(*command, arguments->output);
    command->footer(
        "Example:\n  simclr export-events 3 4 --to tensorboard && tensorboard --logdir tensorboard\n\n" +
        std::string(exitStatusHelp));
    command->callback(
        [arguments, &action] { action = [arguments] { return exportEventFiles(*arguments); }; });
}

} // namespace simclr::cli
