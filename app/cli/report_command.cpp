// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/report/run_report.h"
#include "core/train/train_options.h"
#include "core/util/files.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ReportArguments {
    std::vector<RunId> runs;
    std::string out;
    bool hasViews = true;
    OutputOptions output;
};

int writeReport(const ReportArguments &arguments) {
    const Interrupt interrupt;
    const RunStore store = openExisting(arguments.output.database);
    ReportOptions options{
        .schema = trainOptionsDescription().schema(), .open = {}, .stop = interrupt.token()};
    if (arguments.hasViews)
        options.open = [&interrupt](const DatasetRecord &images) {
            return openData(images.source, interrupt, DatasetNotes::ToldByTheRun);
        };
    writeRunReport(store, arguments.runs, arguments.out, options);
    if (arguments.output.json)
        printJson({{"file", displayName(arguments.out)}, {"runs", arguments.runs}});
    else
        std::cout << printable(displayName(arguments.out)) << std::endl;
    return exitDone;
}

} // namespace

void addReport(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ReportArguments>();
    CLI::App *command = app.add_subcommand(
        "report", "Write a run, or a comparison of several, as one HTML page for a browser and for paper.");
    command->add_option("runs", arguments->runs, "Numbers of the runs; the first is what others compare with")
        ->required();
    command->add_option("--out", arguments->out, "File to write")->required();
    command->add_flag("!--no-views", arguments->hasViews, "Do not open the images to render views of them");
    addDecodingOption(*command);
    addOutputOptions(*command, arguments->output);
    command->footer("Example:\n  simclr report 3 4 --out comparison.html\n\n" + std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return writeReport(*arguments); }; });
}

} // namespace simclr::cli
