// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_text.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct ShowArguments {
    RunId run = 0;
    OutputOptions output;
};

int show(const ShowArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    if (arguments.output.json)
        printJson(toJson(run, false));
    else
        std::cout << runDetails(run) << std::flush;
    return exitDone;
}

} // namespace

void addShow(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<ShowArguments>();
    CLI::App *command = app.add_subcommand("show", "Show everything about one run except its curves.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return show(*arguments); }; });
}

} // namespace simclr::cli
