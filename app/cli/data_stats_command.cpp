// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_commands.h"
#include "app/cli/exit_status.h"
#include "app/cli/feature_arguments.h"
#include "app/cli/text_table.h"
#include "core/data/splits.h"
#include "core/inspect/image_statistics.h"
#include "core/util/counted.h"

#include <iostream>
#include <memory>

namespace simclr::cli {

namespace {

struct Arguments {
    std::string source;
    StatisticsOptions options;
    bool json = false;
};

constexpr int bars = 16;

Json barsJson(const std::vector<HistogramBar> &histogram) {
    Json json = Json::array();
    for (const HistogramBar &bar : histogram)
        json.push_back({{"low", bar.low}, {"high", bar.high}, {"images", bar.count}});
    return json;
}

void printStatisticsJson(const ImageStatistics &statistics, int side) {
    printJson({{"measured", statistics.measured},
               {"sampled", statistics.isSampled},
               {"unreadable", statistics.unreadable.size()},
               {"side", side},
               {"channel_images", statistics.channelImages},
               {"mean", statistics.mean},
               {"deviation", statistics.deviation},
               {"shorter_side", barsJson(sideHistogram(statistics.sizes, bars))},
               {"aspect_ratio", barsJson(aspectHistogram(statistics.sizes, bars))}});
}

std::string channelsText(const std::array<double, 3> &values) {
    return fixedText(values[0], 4) + ", " + fixedText(values[1], 4) + ", " + fixedText(values[2], 4);
}

void printHistogram(const std::string &title, const std::vector<HistogramBar> &histogram, int decimals) {
    using enum TextTable::Alignment;
    TextTable text({Right, Right});
    text.addRow({title, "images"});
    for (const HistogramBar &bar : histogram)
        if (bar.count > 0)
            text.addRow({fixedText(bar.low, decimals) +
                             (bar.low == bar.high ? "" : " to " + fixedText(bar.high, decimals)),
                         std::to_string(bar.count)});
    std::cout << text.text() << "\n";
}

void printStatistics(const ImageStatistics &statistics, int side) {
    printHistogram("shorter side, px", sideHistogram(statistics.sizes, bars), 0);
    printHistogram("width / height", aspectHistogram(statistics.sizes, bars), 2);
    std::cout << "mean of red, green, blue: " << channelsText(statistics.mean) << "\n"
              << "standard deviation:       " << channelsText(statistics.deviation) << "\n"
              << "of " << counted(static_cast<std::int64_t>(statistics.channelImages), "image", "images")
              << " to learn from at " << side << " × " << side << " px, levels from 0 to 1\n";
    if (statistics.isSampled)
        std::cout << "a sample: " << statistics.measured << " of " << statistics.sizes.size()
                  << " images were read\n";
    if (!statistics.unreadable.empty())
        std::cout << counted(static_cast<std::int64_t>(statistics.unreadable.size()), "image", "images")
                  << " cannot be read\n";
    std::cout << std::flush;
}

int stats(const Arguments &arguments) {
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(arguments.source, interrupt);
    std::optional<ImageStatistics> statistics;
    {
        ProgressLine progress;
        StatisticsOptions options = arguments.options;
        options.progress = [&](std::size_t done, std::size_t all) { progress.draw("measuring", done, all); };
        statistics = measureImages(*dataset, makeSplits(*dataset, {}).learn, options, interrupt.token());
    }
    if (!statistics) {
        complain("cancelled");
        return exitCancelled;
    }
    if (arguments.json)
        printStatisticsJson(*statistics, arguments.options.side);
    else
        printStatistics(*statistics, arguments.options.side);
    return exitDone;
}

} // namespace

void addDataStats(CLI::App &data, Action &action) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App *command = data.add_subcommand(
        "stats", "Measure sizes, aspect ratios, and mean and standard deviation of the colours.");
    command->add_option("source", arguments->source, "Images, as for --data")->required();
    addDecodingOption(*command);
    command
        ->add_option("--side", arguments->options.side, "Training size at which colours are measured, pixels")
        ->check(CLI::Range(8, 1024))
        ->capture_default_str();
    command
        ->add_option("--most", arguments->options.most,
                     "Read at most so many images, a random sample; 0: all")
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON instead of text");
    command->footer(exitStatusHelp);
    command->callback([arguments, &action] { action = [arguments] { return stats(*arguments); }; });
}

} // namespace simclr::cli
