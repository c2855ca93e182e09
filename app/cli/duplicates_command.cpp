// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/data/splits.h"
#include "core/embed/near_duplicates.h"
#include "core/embed/thumbnails.h"
#include "core/util/counted.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct DuplicatesArguments {
    std::string subject; ///< the number of a run, or images
    std::size_t limit = 1000;
    DuplicateOptions options;
    FeatureArguments features;
    OutputOptions output;
};

bool isNumber(const std::string &text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// The splits that a run with the usual options would have.
void setUsualSplits(FeatureTable &table, const Dataset &dataset) {
    const Splits splits = makeSplits(dataset, {});
    std::vector<ImageSplit> each(dataset.size(), ImageSplit::None);
    for (const auto &[samples, split] :
         {std::pair(&splits.learn, ImageSplit::Learn), std::pair(&splits.train, ImageSplit::Train),
          std::pair(&splits.validation, ImageSplit::Validation), std::pair(&splits.test, ImageSplit::Test)})
        for (const std::uint32_t sample : *samples)
            each[sample] = split;
    for (std::size_t i = 0; i < table.rows(); ++i)
        table.splits[i] = each[table.samples[i]];
}

std::optional<LoadedFeatures> loadThumbnails(const std::string &source, const Interrupt &interrupt) {
    LoadedFeatures loaded;
    loaded.dataset = openData(source, interrupt);
    ProgressLine progress;
    auto thumbnails = thumbnailFeatures(*loaded.dataset, 0, interrupt.token(), [&](std::size_t done) {
        progress.draw("reading", done, loaded.dataset->size());
    });
    if (!thumbnails)
        return std::nullopt;
    complainOfBroken(thumbnails->broken, thumbnails->broken.size());
    setUsualSplits(thumbnails->table, *loaded.dataset);
    loaded.features.table = std::move(thumbnails->table);
    loaded.features.broken = std::move(thumbnails->broken);
    return loaded;
}

std::optional<LoadedFeatures> load(const DuplicatesArguments &arguments, const Interrupt &interrupt) {
    if (!isNumber(arguments.subject))
        return loadThumbnails(sourceFrom({arguments.subject, arguments.features.data.labelled}), interrupt);
    const RunRecord run = openExisting(arguments.output.database).runs().one(std::stoll(arguments.subject));
    return loadFeatures(run, arguments.features, interrupt);
}

void printJson(const DuplicatesArguments &arguments, const LoadedFeatures &loaded,
               const NearDuplicates &found) {
    Json pairs = Json::array();
    for (const SimilarPair &pair : found.pairs)
        pairs.push_back({{"cosine", pair.cosine},
                         {"leak", isLeak(loaded.features.table, pair)},
                         {"first", imageJson(loaded, pair.first)},
                         {"second", imageJson(loaded, pair.second)}});
    cli::printJson({{"compared", isNumber(arguments.subject) ? arguments.features.features : "thumbnails"},
                    {"images", loaded.features.table.rows()},
                    {"threshold", arguments.options.threshold},
                    {"found", found.found},
                    {"pairs", std::move(pairs)}});
}

void printText(const DuplicatesArguments &arguments, const LoadedFeatures &loaded,
               const NearDuplicates &found) {
    using enum TextTable::Alignment;
    const FeatureTable &table = loaded.features.table;
    TextTable text({Right, Left, Left, Left, Left});
    text.addRow({"cosine", "splits", "", "first", "second"});
    for (const SimilarPair &pair : found.pairs)
        text.addRow({fixedText(pair.cosine, 4),
                     nameOf(table.splits[pair.first]) + "–" + nameOf(table.splits[pair.second]),
                     isLeak(table, pair) ? "leak" : "", loaded.dataset->sampleName(table.samples[pair.first]),
                     loaded.dataset->sampleName(table.samples[pair.second])});
    if (!found.pairs.empty())
        std::cout << text.text();
    std::cout << counted(static_cast<std::int64_t>(found.found), "pair", "pairs") << " above "
              << fixedText(arguments.options.threshold, 2);
    if (found.pairs.size() < found.found)
        std::cout << ", of which the " << found.pairs.size() << " most similar are listed";
    std::cout << std::endl;
}

int duplicates(const DuplicatesArguments &arguments) {
    const Interrupt interrupt;
    const auto loaded = load(arguments, interrupt);
    DuplicateOptions options = arguments.options;
    options.most = arguments.limit;
    const auto found =
        loaded ? nearDuplicates(loaded->features.table, options, interrupt.token()) : std::nullopt;
    if (!found) {
        complain("cancelled");
        return exitCancelled;
    }
    if (arguments.output.json)
        printJson(arguments, *loaded, *found);
    else
        printText(arguments, *loaded, *found);
    return exitDone;
}

void addSearchOptions(CLI::App &command, DuplicatesArguments &arguments) {
    command
        .add_option("--threshold", arguments.options.threshold, "List pairs whose cosine is larger than this")
        ->check(CLI::Range(-1.0, 1.0))
        ->capture_default_str();
    command.add_flag("--leaks", arguments.options.onlyLeaks, "Only pairs in different splits");
    command.add_option("--limit", arguments.limit, "List at most so many pairs, the most similar ones")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
}

} // namespace

void addDuplicates(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<DuplicatesArguments>();
    CLI::App *command = app.add_subcommand(
        "duplicates",
        "List near-duplicates: pairs of images that are nearly equal, and leaks between splits.");
    command
        ->add_option(
            "subject", arguments->subject,
            "Number of a run, whose features are compared; or images, as for --data, of which 16 × 16 "
            "thumbnails are compared")
        ->required();
    addSearchOptions(*command, *arguments);
    addFeatureArguments(*command, arguments->features);
    addOutputOptions(*command, arguments->output);
    command->footer(
        "An encoder that was trained briefly finds nearly all images similar: then compare the images.\n"
        "For images, the splits are those of a run with the usual options.\n\n" +
        std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return duplicates(*arguments); }; });
}

} // namespace simclr::cli
