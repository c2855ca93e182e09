// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/run_arguments.h"
#include "app/cli/text_table.h"
#include "core/run/preflight.h"
#include "core/train/recipe.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct CheckArguments {
    RunArguments run;
    std::string reference;
    bool json = false;
};

std::string megabytes(std::uint64_t bytes) {
    return fixedText(static_cast<double>(bytes) / (1 << 20), 0) + " MiB";
}

void printText(const Preflight &result, const TrainingRecipe &reference,
               const std::vector<RecipeDifference> &list) {
    using enum TextTable::Alignment;
    TextTable table({Left, Left});
    table.addRow({"measured", result.device + ", " + result.precision});
    table.addRow({"rendering views only", fixedText(result.renderedViewsPerSecond, 0) + " views/s"});
    table.addRow({"training", fixedText(result.trainedViewsPerSecond, 0) + " views/s"});
    table.addRow({"bottleneck", result.isLoaderBound ? "rendering views" : "the encoder"});
    table.addRow({"peak memory", result.peakBytes == 0 ? "unknown" : megabytes(result.peakBytes)});
    table.addRow({"steps", std::to_string(result.totalSteps) + " on " + std::to_string(result.learnImages) +
                               " images to learn from"});
    table.addRow({"time, without evaluations", durationText(result.seconds)});
    std::cout << table.text() << "\n";
    for (const RecipeFinding &finding : result.findings)
        std::cout << printable(finding.option + ": " + toText(finding.sentence)) << "\n";
    if (result.findings.empty())
        std::cout << "The recipe check has no findings.\n";
    if (list.empty())
        return;
    TextTable changes({Left, Right, Right});
    changes.addRow({"option", "this run", reference.id});
    for (const RecipeDifference &difference : list)
        changes.addRow({difference.option, difference.own, difference.reference});
    std::cout << "\n" << changes.text();
}

void printAsJson(const Preflight &result, const TrainingRecipe &reference,
                 const std::vector<RecipeDifference> &list) {
    Json findings = Json::array();
    for (const RecipeFinding &finding : result.findings)
        findings.push_back({{"option", finding.option}, {"sentence", toText(finding.sentence)}});
    Json changes = Json::array();
    for (const RecipeDifference &difference : list)
        changes.push_back(
            {{"option", difference.option}, {"value", difference.own}, {"reference", difference.reference}});
    printJson({{"device", result.device},
               {"precision", result.precision},
               {"drawn_views_per_second", result.renderedViewsPerSecond},
               {"trained_views_per_second", result.trainedViewsPerSecond},
               {"bottleneck", result.isLoaderBound ? "views" : "encoder"},
               {"peak_bytes", result.peakBytes},
               {"total_steps", result.totalSteps},
               {"learn_images", result.learnImages},
               {"seconds", result.seconds},
               {"findings", std::move(findings)},
               {"reference", reference.id},
               {"differences", std::move(changes)}});
}

int check(const CheckArguments &arguments) {
    const RunConfiguration configuration = configurationFrom(arguments.run);
    const TrainingRecipe &reference =
        arguments.reference.empty() ? usualRecipe(configuration.options) : recipeByName(arguments.reference);
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(sourceFrom(arguments.run.data), interrupt);
    const auto result = measurePreflight(configuration, dataset, interrupt.token());
    if (!result)
        return exitCancelled;
    const std::vector<RecipeDifference> list = differencesFrom(reference, configuration.options);
    if (arguments.json)
        printAsJson(*result, reference, list);
    else
        printText(*result, reference, list);
    return exitDone;
}

} // namespace

void addCheck(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<CheckArguments>();
    CLI::App *command = app.add_subcommand(
        "check",
        "Estimate a run's time and memory from a short measurement, and check its recipe against the paper.");
    addRunArguments(*command, arguments->run);
    command->add_option("--against", arguments->reference,
                        "Reference recipe; default: the authors' for views of this size");
    command->add_flag("--json", arguments->json, "Print JSON");
    command->callback([arguments, &action] { action = [arguments] { return check(*arguments); }; });
}

} // namespace simclr::cli
