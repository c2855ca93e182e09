// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/exit_status.h"
#include "core/augment/view_renderer.h"
#include "core/data/splits.h"
#include "core/image/contact_sheet.h"
#include "core/image/resample.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>

namespace simclr::cli {

namespace {

struct PreviewArguments {
    std::string data = "shapes";
    std::string pipeline = "simclr-cifar10";
    std::string out;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    std::uint32_t count = 12;
    int size = 32;
    bool json = false;
};

constexpr int picturesASample = 3; ///< the original and its two views
constexpr int smallestCell = 96;
constexpr int samplesARow = 4;

std::vector<std::uint32_t> chooseSamples(const Dataset &dataset, const PreviewArguments &arguments) {
    std::vector<std::uint32_t> all(dataset.size());
    std::iota(all.begin(), all.end(), 0u);
    return balancedSubset(dataset, all, arguments.count, arguments.seed);
}

struct Drawn {
    std::vector<std::uint32_t> samples;
    std::vector<Image> pictures; ///< original, view 1, view 2 of each
};

/// The picture, or nothing where its file turns out to be broken, which is told.
std::optional<Image> readableImage(const Dataset &dataset, std::uint32_t sample) {
    try {
        return dataset.image(sample);
    } catch (const Error &error) {
        complain(std::string("left out: ") + error.what());
        return std::nullopt;
    }
}

/// As training with this seed draws them in this epoch.
Drawn draw(const Dataset &dataset, const PreviewArguments &arguments) {
    const ViewRenderer renderer(pipelineByName(arguments.pipeline), arguments.size);
    Drawn drawn;
    for (const std::uint32_t sample : chooseSamples(dataset, arguments)) {
        const std::optional<Image> original = readableImage(dataset, sample);
        if (!original)
            continue;
        drawn.samples.push_back(sample);
        drawn.pictures.push_back(fitted(*original, std::max(smallestCell, arguments.size)));
        for (std::uint16_t view = 0; view < 2; ++view)
            renderer.render(*original, {arguments.seed, arguments.epoch, sample, view},
                            drawn.pictures.emplace_back());
    }
    if (drawn.samples.empty())
        throw IoError("none of the images to show can be read");
    return drawn;
}

SheetLayout layoutFor(std::size_t pictures, int size) {
    const int samples = static_cast<int>(pictures) / picturesASample;
    SheetLayout layout;
    layout.columns = std::clamp(samples, 1, samplesARow) * picturesASample;
    layout.cell = std::max(smallestCell, size);
    layout.gutter = 3 * layout.gap;
    layout.columnsPerGroup = picturesASample;
    return layout;
}

void tell(const PreviewArguments &arguments, const Dataset &dataset, const Drawn &drawn, const Image &sheet) {
    if (!arguments.json) {
        std::cout << displayName(arguments.out) << ": "
                  << counted(std::ssize(drawn.samples), "image", "images") << ", each with its two views, "
                  << sheet.width() << " × " << sheet.height() << " px" << std::endl;
        return;
    }
    Json samples = Json::array();
    for (const std::uint32_t sample : drawn.samples)
        samples.push_back({{"sample", sample}, {"name", dataset.sampleName(sample)}});
    printJson({{"out", displayName(arguments.out)},
               {"seed", arguments.seed},
               {"epoch", arguments.epoch},
               {"view_size", arguments.size},
               {"width", sheet.width()},
               {"height", sheet.height()},
               {"images", std::move(samples)}});
}

int preview(const PreviewArguments &arguments) {
    const Interrupt interrupt;
    checkPipeline(pipelineByName(arguments.pipeline));
    const DatasetPtr dataset = openData(arguments.data, interrupt);
    const Drawn drawn = draw(*dataset, arguments);
    const Image sheet = contactSheet(drawn.pictures, layoutFor(drawn.pictures.size(), arguments.size));
    writePng(sheet, arguments.out);
    tell(arguments, *dataset, drawn, sheet);
    return exitDone;
}

} // namespace

void addPreview(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<PreviewArguments>();
    CLI::App *command = app.add_subcommand(
        "preview", "Draw images and their two views, exactly as training would, into a PNG file.");
    addDataOption(*command, arguments->data);
    addPipelineOption(*command, arguments->pipeline);
    command->add_option("--out", arguments->out, "PNG file to write")->required();
    command->add_option("--seed", arguments->seed, "Seed of the run to preview")->capture_default_str();
    command->add_option("--epoch", arguments->epoch, "Epoch to preview, from 0")->capture_default_str();
    command->add_option("--count", arguments->count, "Images to show")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--size", arguments->size, "Side of the views in pixels")
        ->check(CLI::Range(8, 512))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON for machines instead of text");
    command->callback([arguments, &action] { action = [arguments] { return preview(*arguments); }; });
}

} // namespace simclr::cli
