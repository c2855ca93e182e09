// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/import_report.h"
#include "core/exchange/runs_import.h"

#include <memory>

namespace simclr::cli {

namespace {

struct RunsArguments {
    std::string other;
    std::vector<RunId> runs;
    bool withoutFiles = false;
    OutputOptions output;
};

int importOtherRuns(const RunsArguments &arguments) {
    const Interrupt interrupt;
    const RunsImportOptions options{arguments.runs, !arguments.withoutFiles};
    return printReport(importRuns(arguments.other, arguments.output.database, options, interrupt.token()),
                       arguments.output);
}

} // namespace

void addImportRuns(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<RunsArguments>();
    CLI::App *command =
        app.add_subcommand("import-runs", "Import runs of another run database, which is not changed.");
    command->add_option("database", arguments->other, "The other run database")->required();
    command->add_option("--run", arguments->runs, "Numbers of its runs, separated by commas; default: all")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_flag("--without-files", arguments->withoutFiles,
                      "Leave out checkpoints: the runs can be compared, but not evaluated or resumed");
    addOutputOptions(*command, arguments->output);
    command->footer("Runs that were imported before are recognised and get only what is new.\n\nExample:\n"
                    "  simclr import-runs /media/cluster/runs.sqlite --run 3,4\n\n" +
                    std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return importOtherRuns(*arguments); }; });
}

} // namespace simclr::cli
