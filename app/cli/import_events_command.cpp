// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/import_report.h"
#include "core/exchange/event_import.h"

#include <memory>

namespace simclr::cli {

namespace {

struct EventsArguments {
    std::string folder;
    OutputOptions output;
};

int importEventFiles(const EventsArguments &arguments) {
    const Interrupt interrupt;
    return printReport(importEvents(arguments.folder, arguments.output.database, interrupt.token()),
                       arguments.output);
}

} // namespace

void addImportEvents(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<EventsArguments>();
    CLI::App *command = app.add_subcommand(
        "import-events", "Import TensorBoard event files as runs: scalars, and hparams as options.");
    command->add_option("folder", arguments->folder, "Folder with event files, at any depth")->required();
    addOutputOptions(*command, arguments->output);
    command->footer(
        "Each folder that contains event files is a run. Importing a folder again adds only what is "
        "new.\nImported runs have curves, but no encoder to evaluate.\n\nExample:\n"
        "  simclr import-events ~/experiments/runs\n\n" +
        std::string(exitStatusHelp));
    command->callback(
        [arguments, &action] { action = [arguments] { return importEventFiles(*arguments); }; });
}

} // namespace simclr::cli
