// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/embed/label_free_quality.h"
#include "core/results/rank_correlation.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <limits>
#include <memory>

namespace simclr::cli {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct QualityArguments {
    std::vector<RunId> runs;
    FeatureArguments features;
    OutputOptions output;
};

/// One run: the measures of its encoder, and its accuracy if there is one.
struct MeasuredRun {
    RunId run = 0;
    std::string name;
    LabelFreeQuality quality;
    double alignment = unknown; ///< of z, at the last epoch that was recorded
    const Result *accuracy = nullptr;
};

/// A measure, and how a run is ranked by it: higher is better.
struct Measure {
    const char *id;
    const char *title;
    double (*value)(const MeasuredRun &);
    double (*rank)(double value);
};

double same(double value) {
    return value;
}
double negative(double value) {
    return -value;
}
double nearnessToOne(double value) {
    return -std::abs(value - 1);
}

constexpr std::array measures{
    Measure{"rankme", "RankMe", [](const MeasuredRun &run) { return run.quality.rankMe; }, same},
    Measure{"alpha_req", "alpha-ReQ",
            [](const MeasuredRun &run) { return run.quality.alphaReq.value_or(unknown); }, nearnessToOne},
    Measure{"alignment", "alignment", [](const MeasuredRun &run) { return run.alignment; }, negative},
    Measure{"uniformity", "uniformity", [](const MeasuredRun &run) { return run.quality.uniformity; },
            negative},
};

/// Which accuracy the measures are held against: one protocol and split for all runs.
struct AccuracyKind {
    Protocol protocol = Protocol::Linear;
    Split split = Split::Test;
};

constexpr std::array accuracyKinds{
    AccuracyKind{Protocol::Linear, Split::Test}, AccuracyKind{Protocol::Linear, Split::Validation},
    AccuracyKind{Protocol::Knn, Split::Test}, AccuracyKind{Protocol::Knn, Split::Validation}};

std::int64_t runsWith(const std::vector<RunRecord> &runs, const AccuracyKind &kind) {
    return std::ranges::count_if(
        runs, [&](const RunRecord &run) { return latestResult(run, kind.protocol, kind.split) != nullptr; });
}

/// The kind that most of the runs have; of several, the first.
AccuracyKind commonKind(const std::vector<RunRecord> &runs) {
    return *std::ranges::max_element(accuracyKinds, {},
                                     [&](const AccuracyKind &kind) { return runsWith(runs, kind); });
}

double lastAlignment(const RunStore &store, RunId run) {
    const std::vector<MetricPoint> curve = store.metrics().curve(run, "alignment");
    return curve.empty() ? unknown : curve.back().value;
}

std::optional<MeasuredRun> measure(const RunStore &store, const RunRecord &run, const AccuracyKind &kind,
                                   const FeatureArguments &arguments, const Interrupt &interrupt) {
    const auto loaded = loadFeatures(run, arguments, interrupt);
    if (!loaded)
        return std::nullopt;
    return MeasuredRun{run.id, run.name, labelFreeQuality(loaded->features.table),
                       lastAlignment(store, run.id), latestResult(run, kind.protocol, kind.split)};
}

RankCorrelation correlationOf(const Measure &measure, const std::vector<MeasuredRun> &runs) {
    std::vector<double> ranks;
    std::vector<double> accuracies;
    for (const MeasuredRun &run : runs) {
        ranks.push_back(measure.rank(measure.value(run)));
        accuracies.push_back(run.accuracy ? run.accuracy->value : unknown);
    }
    return rankCorrelation(ranks, accuracies);
}

Json finiteOrNull(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

Json runsJson(const std::vector<MeasuredRun> &runs) {
    Json list = Json::array();
    for (const MeasuredRun &run : runs) {
        Json json{{"run", run.run}, {"name", run.name}, {"images", run.quality.images}};
        for (const Measure &measure : measures)
            json[measure.id] = finiteOrNull(measure.value(run));
        json["accuracy"] = run.accuracy ? Json(run.accuracy->value) : Json();
        list.push_back(std::move(json));
    }
    return list;
}

void printJson(const std::vector<MeasuredRun> &runs, const AccuracyKind &kind,
               const FeatureArguments &arguments) {
    Json ranking = Json::object();
    for (const Measure &measure : measures) {
        const RankCorrelation correlation = correlationOf(measure, runs);
        ranking[measure.id] = {{"n", correlation.count},
                               {"kendall_tau", correlation.tau ? Json(*correlation.tau) : Json()}};
    }
    cli::printJson({{"features", arguments.features},
                    {"split", arguments.split},
                    {"accuracy", {{"protocol", nameOf(kind.protocol)}, {"split", nameOf(kind.split)}}},
                    {"runs", runsJson(runs)},
                    {"ranking", std::move(ranking)}});
}

std::string numberOr(double value) {
    return std::isfinite(value) ? fixedText(value, 3) : "—";
}

std::string tauText(const RankCorrelation &correlation) {
    return (correlation.tau ? fixedText(*correlation.tau, 2) : std::string("not decidable")) + " (n " +
           std::to_string(correlation.count) + ")";
}

void printText(const std::vector<MeasuredRun> &runs, const AccuracyKind &kind) {
    using enum TextTable::Alignment;
    TextTable table({Right, Left, Right, Right, Right, Right, Right});
    table.addRow({"run", "name", "RankMe", "alpha-ReQ", "alignment", "uniformity", "accuracy"});
    for (const MeasuredRun &run : runs)
        table.addRow({std::to_string(run.run), run.name, numberOr(measures[0].value(run)),
                      numberOr(measures[1].value(run)), numberOr(measures[2].value(run)),
                      numberOr(measures[3].value(run)),
                      percentText(run.accuracy ? &run.accuracy->value : nullptr)});
    TextTable ranking({Left, Right});
    ranking.addRow({"ranks the runs as their accuracies do", "Kendall's tau"});
    for (const Measure &measure : measures)
        ranking.addRow({measure.title, tauText(correlationOf(measure, runs))});
    std::cout << table.text() << "\n"
              << ranking.text() << "accuracy: " << nameOf(kind.protocol) << ", " << nameOf(kind.split)
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
    const std::vector<RunRecord> records = recordsOf(store, arguments.runs);
    const AccuracyKind kind = commonKind(records);
    const Interrupt interrupt;
    std::vector<MeasuredRun> measured;
    for (const RunRecord &record : records) {
        auto run = measure(store, record, kind, arguments.features, interrupt);
        if (!run) {
            complain("cancelled");
            return exitCancelled;
        }
        measured.push_back(std::move(*run));
    }
    if (arguments.output.json)
        printJson(measured, kind, arguments.features);
    else
        printText(measured, kind);
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
