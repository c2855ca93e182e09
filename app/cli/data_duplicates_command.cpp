// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/data/selection.h"
#include "core/inspect/duplicate_images.h"
#include "core/run/run_features.h"
#include "core/util/counted.h"
#include "core/util/files.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <memory>

namespace simclr::cli {

namespace {

const std::map<std::string, LeaveOut> leaveOutChoices{{"all-but-one", LeaveOut::AllButOne},
                                                      {"training", LeaveOut::TrainingCopies},
                                                      {"held-out", LeaveOut::HeldOutCopies}};

struct Arguments {
    std::string source;
    DuplicateImageOptions options;
    std::size_t limit = 50;
    std::string selection; ///< file to write; empty: none
    LeaveOut which = LeaveOut::AllButOne;
    bool json = false;
};

/// The images, what was found, and the splits that a run with the usual options would have.
struct Found {
    DatasetPtr dataset;
    DuplicateImages duplicates;
    std::vector<ImageSplit> splits;
};

const char *titleOf(DuplicateStage stage) {
    switch (stage) {
    case DuplicateStage::Reading:
        return "reading";
    case DuplicateStage::Comparing:
        return "comparing";
    case DuplicateStage::Confirming:
        return "confirming";
    }
    return "";
}

std::optional<Found> search(const Arguments &arguments, const Interrupt &interrupt) {
    const DatasetPtr dataset = openData(arguments.source, interrupt);
    ProgressLine progress;
    DuplicateImageOptions options = arguments.options;
    options.progress = [&](DuplicateStage stage, std::size_t done, std::size_t all) {
        progress.draw(titleOf(stage), done, all);
    };
    auto duplicates = findDuplicateImages(*dataset, options, interrupt.token());
    if (!duplicates)
        return std::nullopt;
    return Found{dataset, std::move(*duplicates), splitOfEach({}, *dataset)};
}

Json countsJson(const DuplicateCounts &counts) {
    Json json = Json::object();
    for (std::size_t low = 0; low < DuplicateCounts::splits; ++low)
        for (std::size_t high = low; high < DuplicateCounts::splits; ++high)
            if (counts.pairs[low][high] > 0)
                json[nameOf(ImageSplit(low)) + "-" + nameOf(ImageSplit(high))] = counts.pairs[low][high];
    return json;
}

Json imageJson(const Found &found, std::uint32_t sample) {
    return {{"index", sample},
            {"name", found.dataset->sampleName(sample)},
            {"split", nameOf(found.splits[sample])}};
}

void printFoundJson(const Found &found, const Json &selection) {
    const DuplicateCounts counts = countDuplicates(found.duplicates, found.splits);
    Json pairs = Json::array();
    for (const DuplicatePair &pair : found.duplicates.pairs)
        pairs.push_back({{"similarity", pair.similarity},
                         {"exact", pair.isExact},
                         {"first", imageJson(found, pair.first)},
                         {"second", imageJson(found, pair.second)}});
    printJson({{"images", found.duplicates.compared},
               {"groups", found.duplicates.groups.size()},
               {"exact", counts.exact},
               {"leaks", counts.leaks()},
               {"test_in_train", counts.testInTrain},
               {"validation_in_train", counts.validationInTrain},
               {"complete", !found.duplicates.isCut},
               {"pairs_by_split", countsJson(counts)},
               {"selection", selection},
               {"pairs", std::move(pairs)}});
}

void printPairs(const Found &found, std::size_t limit) {
    using enum TextTable::Alignment;
    TextTable text({Right, Left, Left, Left});
    text.addRow({"similarity", "splits", "first", "second"});
    std::vector<DuplicatePair> pairs = found.duplicates.pairs;
    std::ranges::stable_sort(pairs, std::ranges::greater(), &DuplicatePair::similarity);
    pairs.resize(std::min(pairs.size(), limit));
    for (const DuplicatePair &pair : pairs)
        text.addRow({pair.isExact ? "equal" : fixedText(pair.similarity, 3),
                     nameOf(found.splits[pair.first]) + "–" + nameOf(found.splits[pair.second]),
                     found.dataset->sampleName(pair.first), found.dataset->sampleName(pair.second)});
    if (!pairs.empty())
        std::cout << text.text();
    if (pairs.size() < found.duplicates.pairs.size())
        std::cout << "(the " << pairs.size() << " most similar; --limit lists more)\n";
}

void printFound(const Found &found, std::size_t limit) {
    printPairs(found, limit);
    const DuplicateCounts counts = countDuplicates(found.duplicates, found.splits);
    std::cout << counted(static_cast<std::int64_t>(found.duplicates.pairs.size()), "pair", "pairs") << " in "
              << counted(static_cast<std::int64_t>(found.duplicates.groups.size()), "group", "groups") << ", "
              << counts.exact << " of them equal, among "
              << counted(static_cast<std::int64_t>(found.duplicates.compared), "image", "images") << "\n";
    const Json bySplit = countsJson(counts);
    for (const auto &[splits, count] : bySplit.items())
        std::cout << "  " << splits << ": " << count << "\n";
    if (counts.testInTrain > 0)
        std::cout << counted(static_cast<std::int64_t>(counts.testInTrain), "test image is",
                             "test images are")
                  << " also trained on\n";
    if (found.duplicates.isCut)
        std::cout << "There are more: the search ended.\n";
    std::cout << std::flush;
}

/// Writes the selection; the number of images that it leaves out.
std::size_t writeLeftOut(const Arguments &arguments, const Found &found) {
    requireOutsideImages(arguments.selection, *found.dataset);
    const std::filesystem::path file = arguments.selection;
    const std::vector<std::uint32_t> samples =
        samplesToLeaveOut(found.duplicates, *found.dataset, found.splits, arguments.which);
    saveSelection(leavingOut(*found.dataset, samples, toValidUtf8(file.stem().string())), file);
    return samples.size();
}

int duplicates(const Arguments &arguments) {
    const Interrupt interrupt;
    const std::optional<Found> found = search(arguments, interrupt);
    if (!found) {
        complain("cancelled");
        return exitCancelled;
    }
    complainOfBroken(found->duplicates.broken, found->duplicates.brokenCount);
    Json selection;
    if (!arguments.selection.empty())
        selection = {{"file", displayName(arguments.selection)},
                     {"left_out", writeLeftOut(arguments, *found)}};
    if (arguments.json) {
        printFoundJson(*found, selection);
        return exitDone;
    }
    printFound(*found, arguments.limit);
    if (!selection.is_null())
        std::cout << "Written: " << displayName(arguments.selection) << ", which leaves "
                  << counted(selection.at("left_out").get<std::int64_t>(), "image", "images") << " out"
                  << std::endl;
    return exitDone;
}

void addOptions(CLI::App &command, Arguments &arguments) {
    command
        .add_option("--similarity", arguments.options.similarity,
                    "Smallest similarity of a pair; 1: only equal images")
        ->check(CLI::Range(0.5, 1.0))
        ->capture_default_str();
    command
        .add_option("--distance", arguments.options.distance,
                    "Most bits in which the perceptual hashes of a pair differ; more find stronger changes")
        ->check(CLI::Range(0, 24))
        ->capture_default_str();
    command.add_option("--limit", arguments.limit, "List at most so many pairs, the most similar ones")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command.add_option("--leave-out", arguments.selection,
                       "Write a selection that leaves duplicates out to this file");
    command
        .add_option(
            "--which", arguments.which,
            "What it leaves out: all-but-one of each group (a test image is kept first), the training "
            "images that are also held out, or the held-out images that are also trained on; of labelled "
            "images that are split again, each leaves one of a group")
        ->transform(CLI::CheckedTransformer(leaveOutChoices))
        ->default_str("all-but-one");
    command.add_flag("--json", arguments.json, "Print JSON instead of text");
}

} // namespace

void addDataDuplicates(CLI::App &data, Action &action) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App *command = data.add_subcommand(
        "duplicates", "Find equal and nearly equal images, within and between splits, without an encoder.");
    command->add_option("source", arguments->source, "Images, as for --data")->required();
    addDecodingOption(*command);
    addOptions(*command, *arguments);
    command->footer("Splits are those of a run with the usual options. Mirrored images are not found.\n\n"
                    "Example:\n  simclr data duplicates photos/ --leave-out no-duplicates.json\n\n" +
                    std::string(exitStatusHelp));
    command->callback([arguments, &action] { action = [arguments] { return duplicates(*arguments); }; });
}

} // namespace simclr::cli
