// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/run/quality_ranking.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct QualityArguments {
    std::vector<RunId> runs;
    FeatureArguments features;
    OutputOptions output;
};

/// The runs with the measures of their encoders and their accuracies, in their order.
struct MeasuredRuns {
    std::vector<RunRecord> runs;
    std::vector<MeasuredQuality> measured;
    AccuracyKind kind; ///< one protocol and split for all runs
    std::vector<std::optional<double>> accuracies;
};

const char *titleOf(QualityMeasure measure) {
    constexpr std::array titles{"RankMe", "alpha-ReQ", "alignment", "uniformity"};
    return titles[static_cast<std::size_t>(measure)];
}

std::optional<double> lastAlignment(const RunStore &store, RunId run) {
    const std::vector<MetricPoint> curve = store.metrics().curve(run, "alignment");
    return curve.empty() ? std::nullopt : std::optional(curve.back().value);
}

/// Returns whether it was not interrupted.
bool measure(MeasuredRuns &all, const RunStore &store, const FeatureArguments &arguments,
             const Interrupt &interrupt) {
    for (const RunRecord &run : all.runs) {
        const auto loaded = loadFeatures(run, arguments, interrupt);
        if (!loaded)
            return false;
        all.measured.push_back({labelFreeQuality(loaded->features.table), lastAlignment(store, run.id)});
        const Result *result = latestResult(run, all.kind.protocol, all.kind.split);
        all.accuracies.push_back(result ? std::optional(result->value) : std::nullopt);
    }
    return true;
}

Json finiteOrNull(const std::optional<double> &value) {
    return value && std::isfinite(*value) ? Json(*value) : Json();
}

Json runsJson(const MeasuredRuns &all) {
    Json list = Json::array();
    for (std::size_t i = 0; i < all.runs.size(); ++i) {
        const MeasuredQuality &measured = all.measured[i];
        Json json{{"run", all.runs[i].id}, {"name", all.runs[i].name}, {"images", measured.quality.images}};
        for (const QualityMeasure each : allQualityMeasures)
            json[nameOf(each)] = finiteOrNull(valueOf(each, measured));
        json["accuracy"] = finiteOrNull(all.accuracies[i]);
        list.push_back(std::move(json));
    }
    return list;
}

void printJson(const MeasuredRuns &all, const FeatureArguments &arguments) {
    Json ranking = Json::object();
    for (const QualityMeasure each : allQualityMeasures) {
        const RankCorrelation correlation = rankingBy(each, all.measured, all.accuracies);
        ranking[nameOf(each)] = {{"n", correlation.count},
                                 {"kendall_tau", correlation.tau ? Json(*correlation.tau) : Json()}};
    }
    cli::printJson(
        {{"features", arguments.features},
         {"split", arguments.split},
         {"accuracy", {{"protocol", nameOf(all.kind.protocol)}, {"split", nameOf(all.kind.split)}}},
         {"runs", runsJson(all)},
         {"ranking", std::move(ranking)}});
}

std::string numberOr(const std::optional<double> &value) {
    return value && std::isfinite(*value) ? fixedText(*value, 3) : "—";
}

std::string tauText(const RankCorrelation &correlation) {
    return (correlation.tau ? fixedText(*correlation.tau, 2) : std::string("not decidable")) + " (n " +
           std::to_string(correlation.count) + ")";
}

void printText(const MeasuredRuns &all) {
    using enum TextTable::Alignment;
    TextTable table({Right, Left, Right, Right, Right, Right, Right});
    table.addRow({"run", "name", "RankMe", "alpha-ReQ", "alignment", "uniformity", "accuracy"});
    for (std::size_t i = 0; i < all.runs.size(); ++i) {
        std::vector<std::string> row{std::to_string(all.runs[i].id), all.runs[i].name};
        for (const QualityMeasure each : allQualityMeasures)
            row.push_back(numberOr(valueOf(each, all.measured[i])));
        row.push_back(percentText(all.accuracies[i] ? &*all.accuracies[i] : nullptr));
        table.addRow(row);
    }
    TextTable ranking({Left, Right});
    ranking.addRow({"ranks the runs as their accuracies do", "Kendall's tau"});
    for (const QualityMeasure each : allQualityMeasures)
        ranking.addRow({titleOf(each), tauText(rankingBy(each, all.measured, all.accuracies))});
    std::cout << table.text() << "\n"
              << ranking.text() << "accuracy: " << nameOf(all.kind.protocol) << ", " << nameOf(all.kind.split)
              << "; tau: 1 the same order, −1 the reverse, at least 3 runs" << std::endl;
}

std::vector<RunRecord> recordsOf(const RunStore &store, const std::vector<RunId> &ids) {
    std::vector<RunRecord> runs;
    for (const RunId id : ids) {
        if (std::ranges::find(runs, id, &RunRecord::id) != runs.end())
            throw InvalidInput("run " + std::to_string(id) + " is given twice");
        runs.push_back(store.runs().one(id));
    }
    return runs;
}

int quality(const QualityArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    MeasuredRuns all{.runs = recordsOf(store, arguments.runs), .measured = {}, .kind = {}, .accuracies = {}};
    all.kind = commonAccuracy(all.runs);
    const Interrupt interrupt;
    if (!measure(all, store, arguments.features, interrupt)) {
        complain("cancelled");
        return exitCancelled;
    }
    if (arguments.output.json)
        printJson(all, arguments.features);
    else
        printText(all);
    return exitDone;
}

} // namespace

void addQuality(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<QualityArguments>();
    arguments->features.split = "train";
    CLI::App *command = app.add_subcommand(
        "quality", "Measure representations without labels, and how well each measure ranks the runs.");
    command->add_option("runs", arguments->runs, "Numbers of one or more runs")
        ->required()
        ->expected(1, 1000);
    addFeatureArguments(*command, arguments->features);
    addOutputOptions(*command, arguments->output);
    command->footer("RankMe: effective rank, higher is better (Garrido et al. 2023). alpha-ReQ: decay of the "
                    "spectrum, about 1 "
                    "is best (Agrawal et al. 2022).\nalignment (recorded in training, of z) and uniformity: "
                    "lower is better "
                    "(Wang and Isola 2020).\n\n" +
                    std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return quality(*arguments); }; });
}

} // namespace simclr::cli
