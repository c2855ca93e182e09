// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct EvalArguments {
    RunId run = 0;
    std::string data;
    std::string split = "test";
    std::string device;
    OutputOptions output;
};

void print(RunId run, const std::vector<ResultRecord> &results, bool asJson) {
    if (asJson) {
        Json list = Json::array();
        for (const ResultRecord &result : results)
            list.push_back({{"protocol", result.protocol},
                            {"split", result.split},
                            {"epoch", result.epoch},
                            {"value", result.value},
                            {"detail", result.detail}});
        return printJson({{"run", run}, {"results", std::move(list)}});
    }
    for (const ResultRecord &result : results)
        std::cout << result.protocol << " accuracy on " << result.split << " at epoch " << result.epoch
                  << ": " << percentText(&result.value) << std::endl;
}

int evaluate(const EvalArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).run(arguments.run);
    const Interrupt interrupt;
    const DatasetPtr dataset =
        openData(arguments.data.empty() ? run.dataset.source : arguments.data, interrupt);
    const std::vector<ResultRecord> results =
        evaluateRun(arguments.run, dataset, arguments.output.database, arguments.split, interrupt.token(),
                    arguments.device);
    print(arguments.run, results, arguments.output.json);
    return interrupt.isRequested() ? exitCancelled : exitDone;
}

} // namespace

void addEval(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<EvalArguments>();
    CLI::App *command = app.add_subcommand(
        "eval", "Evaluate the encoder of a run's last checkpoint by all protocols, and keep the results.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command->add_option("--split", arguments->split, "Images to evaluate on: validation or test")
        ->check(CLI::IsMember({"validation", "test"}))
        ->capture_default_str();
    command->add_option("--data", arguments->data,
                        "Where the run's images are now; otherwise where they were");
    addDeviceOption(*command, arguments->device);
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return evaluate(*arguments); }; });
}

} // namespace simclr::cli
