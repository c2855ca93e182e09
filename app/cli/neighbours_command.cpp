// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/image/codec.h"
#include "core/layout/neighbours.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <charconv>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct NeighboursArguments {
    RunId run = 0;
    std::string image;
    std::size_t count = 10;
    FeatureArguments features;
    OutputOptions output;
};

std::optional<std::uint32_t> numberIn(const std::string &text) {
    std::uint32_t number = 0;
    const char *end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

/// The image that neighbours are wanted of: a row of the table, or a file from elsewhere.
struct Query {
    std::optional<std::size_t> row;
    int label = Dataset::unlabelled;
    std::vector<Neighbour> nearest;
};

/// An image of the dataset by its name, or else by its number, from 0.
std::optional<std::uint32_t> sampleOf(const Dataset &dataset, const std::string &image) {
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (dataset.sampleName(sample) == image)
            return sample;
    const auto number = numberIn(image);
    return number && *number < dataset.size() ? number : std::nullopt;
}

bool isFile(const std::string &path) {
    std::error_code failure;
    return std::filesystem::is_regular_file(path, failure);
}

Query queryFor(const NeighboursArguments &arguments, const RunRecord &run, const LoadedFeatures &loaded) {
    const FeatureTable &table = loaded.features.table;
    const std::string &image = arguments.image;
    if (const auto sample = sampleOf(*loaded.dataset, image)) {
        const std::size_t row = rowOf(table, *sample);
        return {row, table.labels[row], nearestToRow(table, row, arguments.count, FeatureDistance::Cosine)};
    }
    if (!isFile(image))
        throw InvalidInput("\"" + loaded.dataset->report().title + "\" has no image \"" + image +
                           "\"; name it by its path in the images, or by a number from 0 to " +
                           std::to_string(loaded.dataset->size() - 1) + ", or name another image file");
    const auto features =
        featuresOfImage(run, readImage(image), displayName(image), requestOf(arguments.features));
    return {std::nullopt, Dataset::unlabelled,
            nearestTo(table, features, arguments.count, FeatureDistance::Cosine)};
}

/// "same" or "other" class; a dash without labels.
std::string verdict(int label, int other) {
    if (label == Dataset::unlabelled || other == Dataset::unlabelled)
        return "—";
    return label == other ? "same" : "other";
}

void printJson(const NeighboursArguments &arguments, const LoadedFeatures &loaded, const Query &query) {
    Json list = Json::array();
    for (const Neighbour &neighbour : query.nearest) {
        Json json = imageJson(loaded, neighbour.row);
        json["cosine_distance"] = neighbour.distance;
        list.push_back(std::move(json));
    }
    cli::printJson({{"run", arguments.run},
                    {"features", arguments.features.features},
                    {"image", query.row ? imageJson(loaded, *query.row)
                                        : Json::object({{"file", displayName(arguments.image)}})},
                    {"neighbours", std::move(list)}});
}

void printText(const LoadedFeatures &loaded, const Query &query) {
    using enum TextTable::Alignment;
    const FeatureTable &table = loaded.features.table;
    TextTable text({Right, Right, Left, Left, Left, Left});
    text.addRow({"index", "distance", "class", "split", "label", "file"});
    const auto addRow = [&](std::size_t at, const std::string &distance) {
        text.addRow({std::to_string(table.samples[at]), distance, verdict(query.label, table.labels[at]),
                     nameOf(table.splits[at]), className(*loaded.dataset, table.labels[at]),
                     loaded.dataset->sampleName(table.samples[at])});
    };
    if (query.row)
        addRow(*query.row, "—");
    for (const Neighbour &neighbour : query.nearest)
        addRow(neighbour.row, fixedText(neighbour.distance, 4));
    std::cout << text.text() << "distance: 1 − cosine; class: whether it is that of the image" << std::endl;
}

int neighbours(const NeighboursArguments &arguments) {
    const RunRecord run = openExisting(arguments.output.database).runs().one(arguments.run);
    const Interrupt interrupt;
    const auto loaded = loadFeatures(run, arguments.features, interrupt);
    if (!loaded) {
        complain("cancelled");
        return exitCancelled;
    }
    const Query query = queryFor(arguments, run, *loaded);
    if (arguments.output.json)
        printJson(arguments, *loaded, query);
    else
        printText(*loaded, query);
    return exitDone;
}

} // namespace

void addNeighbours(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<NeighboursArguments>();
    CLI::App *command =
        app.add_subcommand("neighbours", "List the images that are nearest to an image for a run's encoder.");
    command->add_option("run", arguments->run, "Number of the run")->required();
    command
        ->add_option("image", arguments->image,
                     "The image: its path in the images, its number from 0, or another image file")
        ->required();
    command->add_option("-k", arguments->count, "Number of neighbours")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    addFeatureArguments(*command, arguments->features);
    addOutputOptions(*command, arguments->output);
    command->footer(exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return neighbours(*arguments); }; });
}

} // namespace simclr::cli
