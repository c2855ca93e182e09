// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/augment/operation.h"
#include "core/diagnose/view_diagnostics.h"
#include "core/util/counted.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct DiagnosticsArguments {
    std::string data = "shapes";
    std::string pipeline = "simclr-cifar10";
    DiagnosticsOptions options;
    bool json = false;
};

std::string orDash(const std::optional<double> &number) {
    return number ? fixedText(*number, 2) : "—";
}

void addCosts(TextTable &table, const std::string &heading, const std::vector<StepCost> &costs,
              const std::vector<PipelineStep> &steps) {
    for (const StepCost &cost : costs)
        table.addRow({heading + findOperationType(steps[cost.step].operation)->title,
                      fixedText(cost.microseconds, 1) + " µs/view"});
}

std::string text(const ViewDiagnostics &diagnostics, const Pipeline &pipeline) {
    using enum TextTable::Alignment;
    TextTable table({Left, Left});
    table.addRow({"meter", "value"});
    table.addRow({"images", std::to_string(diagnostics.images)});
    table.addRow({"pairs matched by colour alone", percentText(&diagnostics.colorShortcut) + " (chance " +
                                                       percentText(&diagnostics.chance) + ")"});
    table.addRow({"pairs matched by layout alone", percentText(&diagnostics.layoutShortcut) + " (chance " +
                                                       percentText(&diagnostics.chance) + ")"});
    table.addRow({"overlap of the crops, IoU", orDash(diagnostics.cropIou)});
    table.addRow({"crop area ratio (smaller / larger)", orDash(diagnostics.scaleRatio)});
    table.addRow({"clipped pixels", percentText(&diagnostics.clipped) +
                                        " (images: " + percentText(&diagnostics.clippedSources) + ")"});
    table.addRow({"nearly uniform views", percentText(&diagnostics.uniform)});
    table.addRow({"total", fixedText(diagnostics.microsecondsPerView, 1) + " µs/view on one core"});
    table.addRow({"this machine can render", fixedText(imagesPerSecond(diagnostics), 0) + " images/s"});
    addCosts(table, pipeline.secondSteps ? "view 1: " : "", diagnostics.costs, pipeline.stepsOf(0));
    addCosts(table, "view 2: ", diagnostics.secondCosts, pipeline.stepsOf(1));
    return table.text();
}

int measure(const DiagnosticsArguments &arguments) {
    const Pipeline pipeline = usablePipeline(arguments.pipeline);
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(arguments.data, interrupt);
    const auto diagnostics = measureDiagnostics(*dataset, pipeline, arguments.options, interrupt.token());
    if (!diagnostics)
        return exitCancelled;
    if (const std::uint32_t wanted = std::min(arguments.options.images, dataset->size());
        diagnostics->images < wanted)
        complain(counted(std::int64_t{wanted} - diagnostics->images, "image", "images") +
                 " of the selected ones cannot be read and are left out");
    if (arguments.json)
        printJson(toJson(*diagnostics, pipeline));
    else
        std::cout << text(*diagnostics, pipeline) << std::flush;
    return exitDone;
}

} // namespace

void addMeters(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<DiagnosticsArguments>();
    CLI::App *command = app.add_subcommand(
        "meters", "Measure before training whether shortcuts make the task of a pipeline too easy.");
    addDataOption(*command, arguments->data);
    addPipelineOption(*command, arguments->pipeline);
    command
        ->add_option("--images", arguments->options.images, "Number of images to measure, sampled from all")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--seed", arguments->options.seed, "Seed of the image sample and of the views")
        ->capture_default_str();
    command->add_option("--size", arguments->options.viewSize, "Side of the views in pixels")
        ->check(CLI::Range(8, 512))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON for machines instead of text");
    command->footer("Pairs matched by colour: how often the colour histogram of view 1 is nearest to that of "
                    "its own view 2 among all view 2s (Fig. 6).\nNear 100 %, colour alone solves the task, "
                    "and little else is learnt.");
    command->callback([arguments, &action] { action = [arguments] { return measure(*arguments); }; });
}

} // namespace simclr::cli
