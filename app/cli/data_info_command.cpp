// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_commands.h"
#include "app/cli/data_report.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct InfoArguments {
    std::string source;
    bool json = false;
};

int info(const InfoArguments &arguments) {
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(arguments.source, interrupt, DatasetNotes::ToldByTheRun);
    if (arguments.json)
        printJson(dataJson(*dataset));
    else
        std::cout << dataText(*dataset) << std::flush;
    return exitDone;
}

} // namespace

void addDataInfo(CLI::App &data, Action &action) {
    const auto arguments = std::make_shared<InfoArguments>();
    CLI::App *command =
        data.add_subcommand("info", "Describe images: form, classes, counts, sizes, and what is left out.");
    command->add_option("source", arguments->source, "Images, as for --data of train")->required();
    addDecodingOption(*command);
    command->add_flag("--json", arguments->json, "Print JSON instead of text");
    command->footer("Example:\n  simclr data info ~/photos\n\n" + std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return info(*arguments); }; });
}

} // namespace simclr::cli
