// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/progress.h"
#include "app/cli/run_text.h"
#include "app/cli/text_table.h"
#include "core/store/run_comparison.h"

#include <array>
#include <cmath>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct DemoArguments {
    std::int64_t seed = 1;
    std::int64_t epochs = 30;
    OutputOptions output;
};

/// Both runs of the demonstration differ only in their pipeline. Small enough for a few minutes on two cores.
TrainOptions demoOptions(const DemoArguments &arguments) {
    TrainOptions options;
    options.encoder = "resnet18";
    options.width = 0.25;
    options.batch = 128;
    options.epochs = arguments.epochs;
    options.evaluateEvery = 0;
    options.checkpointEvery = 0;
    options.seed = arguments.seed;
    return options;
}

/// One line of the table.
struct DemoRow {
    std::string name;
    const Result *linear = nullptr;
    const Result *knn = nullptr;
    std::optional<double> imagesPerSecond;
    std::optional<double> seconds;
};

DemoRow rowOf(const std::string &name, const RunRecord &run, bool isRandomEncoder) {
    DemoRow row{name,
                findResult(run, Protocol::Linear, Split::Test, isRandomEncoder),
                findResult(run, Protocol::Knn, Split::Test, isRandomEncoder),
                {},
                {}};
    if (!isRandomEncoder) {
        row.imagesPerSecond = run.imagesPerSecond;
        row.seconds = run.finished.value_or(run.created) - run.created;
    }
    return row;
}

/// Standard error of the difference of two accuracies, each measured on `images` images.
double differenceError(double first, double second, std::uint32_t images) {
    return std::sqrt((first * (1 - first) + second * (1 - second)) / std::max(1u, images));
}

/// The conclusion from the accuracies.
std::string conclusion(const DemoRow &random, const DemoRow &crop, const DemoRow &simclr,
                       std::uint32_t testImages) {
    if (!random.linear || !crop.linear || !simclr.linear)
        return "The runs have no test accuracies to compare.";
    const double margin = simclr.linear->value - crop.linear->value;
    const double noise = 2 * differenceError(simclr.linear->value, crop.linear->value, testImages);
    const std::string numbers =
        percentText(&simclr.linear->value) + " against " + percentText(&crop.linear->value) +
        " linear accuracy (random encoder: " + percentText(&random.linear->value) + ")";
    if (margin > noise && simclr.linear->value <= random.linear->value)
        return "Colour distortion helps, but training was too short to beat the random encoder: " + numbers +
               ".";
    if (margin > noise)
        return "Colour distortion improves the accuracy, as in Figure 5 of the paper: " + numbers + ".";
    if (margin > 0)
        return "Colour distortion seems to help, but the difference is not significant on " +
               std::to_string(testImages) + " test images: " + numbers + ".";
    return "Colour distortion did not help in this run: " + numbers + ".";
}

std::string tableText(const std::vector<DemoRow> &rows) {
    using enum TextTable::Alignment;
    TextTable table({Left, Right, Right, Right, Right});
    table.addRow({"encoder", "linear (test)", "kNN (test)", "images/s", "seconds"});
    for (const DemoRow &row : rows)
        table.addRow({row.name, percentText(row.linear ? &row.linear->value : nullptr),
                      percentText(row.knn ? &row.knn->value : nullptr),
                      row.imagesPerSecond ? fixedText(*row.imagesPerSecond, 0) : "—",
                      row.seconds ? fixedText(*row.seconds, 0) : "—"});
    return table.text();
}

Json tableJson(const std::vector<DemoRow> &rows) {
    Json table = Json::array();
    for (const DemoRow &row : rows)
        table.push_back({{"encoder", row.name},
                         {"linear", row.linear ? Json(row.linear->value) : Json()},
                         {"knn", row.knn ? Json(row.knn->value) : Json()},
                         {"images_per_second", row.imagesPerSecond ? Json(*row.imagesPerSecond) : Json()},
                         {"seconds", row.seconds ? Json(*row.seconds) : Json()}});
    return table;
}

void print(const DemoArguments &arguments, const RunRecord &crop, const RunRecord &simclr) {
    const std::vector<DemoRow> rows{rowOf("random", simclr, true), rowOf("crop only", crop, false),
                                    rowOf("SimCLR", simclr, false)};
    const std::string sentence = conclusion(rows[0], rows[1], rows[2], simclr.dataset.testImages);
    if (arguments.output.json)
        printJson({{"database", arguments.output.database},
                   {"seed", arguments.seed},
                   {"runs", {crop.id, simclr.id}},
                   {"table", tableJson(rows)},
                   {"conclusion", sentence}});
    else
        std::cout << tableText(rows) << "\n" << printable(sentence) << std::endl;
}

RunOutcome trainWith(const std::string &preset, const DemoArguments &arguments, const DatasetPtr &dataset,
                     const Interrupt &interrupt) {
    Pipeline pipeline = pipelineByName(preset);
    const RunConfiguration configuration{"demo: " + pipeline.name, pipeline, demoOptions(arguments)};
    Progress progress(pipeline.name);
    const std::array<Observer *, 1> observers{&progress};
    return executeRun(configuration, dataset, arguments.output.database, observers, interrupt.token());
}

int demonstrate(const DemoArguments &arguments) {
    const Interrupt interrupt;
    const DatasetPtr dataset = openData("shapes", interrupt);
    std::vector<RunRecord> runs;
    for (const char *preset : {"crop-only", "simclr-cifar10"}) {
        const RunOutcome outcome = trainWith(preset, arguments, dataset, interrupt);
        if (outcome.end == RunEnd::Cancelled)
            return exitCancelled;
        if (outcome.end == RunEnd::Failed) {
            complain(outcome.failure);
            return exitFailed;
        }
        runs.push_back(RunStore(arguments.output.database).runs().one(outcome.run));
    }
    print(arguments, runs[0], runs[1]);
    return exitDone;
}

} // namespace

void addDemo(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<DemoArguments>();
    CLI::App *command =
        app.add_subcommand("demo", "Show on built-in images why SimCLR uses colour distortion: takes a few "
                                   "minutes, needs no display and no network.");
    command->add_option("--seed", arguments->seed, "Seed of both runs")->capture_default_str();
    command->add_option("--epochs", arguments->epochs, "Epochs of both runs; few show less")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    addOutputOptions(*command, arguments->output);
    command->callback([arguments, &action] { action = [arguments] { return demonstrate(*arguments); }; });
}

} // namespace simclr::cli
