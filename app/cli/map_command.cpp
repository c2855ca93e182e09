// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/embed/representation_map.h"
#include "core/util/atomic_file.h"
#include "core/util/csv.h"
#include "core/util/number_text.h"

#include <cmath>
#include <iostream>
#include <memory>
#include <unordered_map>

namespace simclr::cli {

namespace {

struct MapArguments {
    RunId run = 0;
    std::string to;
    std::string method = "umap";
    MapOptions options;
    FeatureArguments features;
    OutputOptions output;
};

/// Predicted class by sample; of the newest plain linear evaluation, or kNN, on each split.
using PredictedClasses = std::unordered_map<std::uint32_t, std::int32_t>;

void addPredictions(PredictedClasses &classes, const RunStore &store, const RunRecord &run, Split split) {
    for (const Protocol protocol : {Protocol::Linear, Protocol::Knn}) {
        const Result *result = latestResult(run, protocol, split);
        const auto predictions = result ? store.results().predictions(run.id, result->key) : std::nullopt;
        if (!predictions)
            continue;
        for (std::size_t i = 0; i < predictions->samples.size(); ++i)
            classes[static_cast<std::uint32_t>(predictions->samples[i])] = predictions->predicted[i];
        return;
    }
}

/// Stored predictions name images by their number in the run's own dataset.
PredictedClasses predictedClasses(const RunStore &store, const RunRecord &run, const Dataset &dataset) {
    PredictedClasses classes;
    if (dataset.fingerprint() != run.dataset.fingerprint)
        return classes;
    for (const Split split : {Split::Validation, Split::Test})
        addPredictions(classes, store, run, split);
    return classes;
}

std::string predictionText(const PredictedClasses &classes, std::uint32_t sample, const Dataset &dataset) {
    const auto found = classes.find(sample);
    return found == classes.end() || found->second < 0 || found->second >= dataset.classCount()
               ? std::string()
               : className(dataset, found->second);
}

void writeMap(const std::string &file, const MapPoints &points, const LoadedFeatures &loaded,
              const PredictedClasses &classes) {
    const FeatureTable &table = loaded.features.table;
    AtomicFile csv(file);
    csv.append("x,y,file,split,label,prediction\n");
    for (std::size_t i = 0; i < points.size(); ++i)
        csv.append(numberText(points[i].x) + "," + numberText(points[i].y) + "," +
                   csvField(loaded.dataset->sampleName(table.samples[i])) + "," + nameOf(table.splits[i]) +
                   "," + csvField(className(*loaded.dataset, table.labels[i])) + "," +
                   csvField(predictionText(classes, table.samples[i], *loaded.dataset)) + "\n");
    csv.commit();
}

void print(const MapArguments &arguments, const LoadedFeatures &loaded, std::size_t predictions) {
    const RunFeatures &features = loaded.features;
    const std::string to = displayName(arguments.to);
    const double epoch = std::round(100 * features.epochs) / 100;
    if (!arguments.output.json) {
        std::cout << printable(to) << ": map of " << features.table.rows() << " images by "
                  << arguments.method << " of " << arguments.features.features << ", run " << arguments.run
                  << " at epoch " << numberText(epoch) << std::endl;
        return;
    }
    printJson({{"run", arguments.run},
               {"to", to},
               {"method", arguments.method},
               {"features", arguments.features.features},
               {"feature_size", features.table.columns},
               {"split", arguments.features.split},
               {"seed", arguments.options.seed},
               {"images", features.table.rows()},
               {"predictions", predictions},
               {"left_out", features.broken.size()},
               {"epoch", wholeOrNot(features.epochs)},
               {"device", features.device}});
}

std::optional<MapPoints> compute(const FeatureTable &table, const MapOptions &options,
                                 const Interrupt &interrupt) {
    constexpr std::size_t percent = 100;
    ProgressLine line;
    return makeMap(table, options, interrupt.token(), [&](const MapProgress &progress) {
        line.draw("map %", static_cast<std::size_t>(progress.done * percent), percent);
    });
}

int map(const MapArguments &arguments) {
    const RunStore store = openExisting(arguments.output.database);
    const RunRecord run = store.runs().one(arguments.run);
    const Interrupt interrupt;
    const auto loaded = loadFeatures(run, arguments.features, interrupt);
    std::optional<MapPoints> points;
    if (loaded) {
        requireOutsideImages(arguments.to, *loaded->dataset);
        MapOptions options = arguments.options;
        options.method = mapMethodFromName(arguments.method);
        points = compute(loaded->features.table, options, interrupt);
    }
    if (!points) {
        complain("cancelled; nothing was written");
        return exitCancelled;
    }
    const PredictedClasses classes = predictedClasses(store, run, *loaded->dataset);
    writeMap(arguments.to, *points, *loaded, classes);
    print(arguments, *loaded, classes.size());
    return exitDone;
}

void addMapOptions(CLI::App &command, MapArguments &arguments) {
    command.add_option("--to", arguments.to, "CSV file to write: x, y, file, split, label, prediction")
        ->required();
    command
        .add_option("--method", arguments.method,
                    "umap (neighbours stay neighbours; McInnes et al. 2018) or pca (the two directions of "
                    "largest variance)")
        ->check(CLI::IsMember({"pca", "umap"}))
        ->capture_default_str();
    command
        .add_option("--neighbours", arguments.options.neighbours,
                    "For umap: neighbours of an image, itself included; more show the large, fewer the small")
        ->check(CLI::Range(2, 200))
        ->capture_default_str();
    command
        .add_option(
            "--min-dist", arguments.options.minDist,
            "For umap: smallest distance of neighbours on the map; smaller values give denser clusters")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command
        .add_option("--seed", arguments.options.seed,
                    "For umap: the same seed gives the same map, on any number of threads")
        ->capture_default_str();
}

} // namespace

void addMap(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<MapArguments>();
    CLI::App *command =
        app.add_subcommand("map", "Write a map of images by the features of a run's encoder.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    addMapOptions(*command, *arguments);
    addFeatureArguments(*command, arguments->features);
    addOutputOptions(*command, arguments->output);
    command->footer(
        "Distances between clusters of a map, and their sizes, are not those of the features.\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return map(*arguments); }; });
}

} // namespace simclr::cli
