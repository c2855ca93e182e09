// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/data_arguments.h"
#include "app/cli/exit_status.h"
#include "app/cli/text_table.h"
#include "core/augment/view_renderer.h"
#include "core/data/splits.h"
#include "core/image/contact_sheet.h"
#include "core/image/resample.h"
#include "core/util/counted.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

namespace simclr::cli {

namespace {

struct PreviewArguments {
    std::string data = "shapes";
    std::string pipeline = "simclr-cifar10";
    std::string out;
    std::string as = "grid";
    std::optional<std::uint32_t> sample;
    std::uint64_t seed = 1;
    std::uint32_t epoch = 0;
    std::optional<std::uint32_t> count;
    int size = 32;
    bool json = false;
};

constexpr int picturesASample = 3; ///< the original and its two views
constexpr int smallestCell = 96;
constexpr int samplesARow = 4;
constexpr int columnsOfSheet = 8;
constexpr std::uint32_t usualSamples = 12;
constexpr std::uint32_t usualStrips = 1;
constexpr std::uint32_t usualDraws = 31;
constexpr std::uint32_t othersTried = 16; ///< if none of the selected images can be read

std::vector<std::uint32_t> chooseSamples(const Dataset &dataset, const PreviewArguments &arguments,
                                         std::uint32_t usual) {
    if (arguments.sample && *arguments.sample >= dataset.size())
        throw InvalidInput("there is no image " + std::to_string(*arguments.sample) + ": there are " +
                           std::to_string(dataset.size()) + ", indexed from 0");
    if (arguments.sample)
        return {*arguments.sample};
    std::vector<std::uint32_t> all(dataset.size());
    std::iota(all.begin(), all.end(), 0u);
    return balancedSubset(dataset, all, usual, arguments.seed);
}

/// The content of the sheet.
struct Drawn {
    std::vector<std::uint32_t> samples;
    std::vector<Image> pictures;
    int columns = 1;
    int columnsPerGroup = 0;
    Json frames = Json::array(); ///< of a filmstrip: the random values of each step
};

/// Renders a sample to its pictures.
using DrawOriginal = std::function<void(std::uint32_t, const Image &)>;

/// Renders at most `most` readable images of `samples`; broken files are reported. Returns the number
/// rendered.
std::size_t drawReadable(const Dataset &dataset, const std::vector<std::uint32_t> &samples, std::size_t most,
                         const DrawOriginal &draw) {
    std::size_t drawn = 0;
    for (const std::uint32_t sample : samples) {
        if (drawn == most)
            break;
        Image original;
        try {
            original = dataset.image(sample);
        } catch (const Error &error) {
            complain(std::string("left out: ") + error.what());
            continue;
        }
        draw(sample, original);
        ++drawn;
    }
    return drawn;
}

/// The images to show, never empty: if all selected ones are broken, another one.
void drawChosen(const Dataset &dataset, const PreviewArguments &arguments, std::uint32_t count,
                const DrawOriginal &draw) {
    const std::vector<std::uint32_t> chosen = chooseSamples(dataset, arguments, count);
    if (drawReadable(dataset, chosen, chosen.size(), draw) > 0)
        return;
    std::vector<std::uint32_t> others;
    if (!arguments.sample)
        others = chooseSamples(dataset, arguments, count + othersTried);
    std::erase_if(others,
                  [&](std::uint32_t sample) { return std::ranges::find(chosen, sample) != chosen.end(); });
    if (drawReadable(dataset, others, 1, draw) == 0)
        throw IoError("none of the images to show can be read");
}

Image shownOriginal(const Image &original, const PreviewArguments &arguments) {
    return fitted(original, std::max(smallestCell, arguments.size));
}

/// Original, view 1, view 2 of each, as training with this seed renders them in this epoch.
Drawn drawGrid(const Dataset &dataset, const Pipeline &pipeline, const PreviewArguments &arguments) {
    const ViewRenderer renderer(pipeline, arguments.size);
    Drawn drawn;
    drawChosen(dataset, arguments, arguments.count.value_or(usualSamples),
               [&](std::uint32_t sample, const Image &original) {
                   drawn.samples.push_back(sample);
                   drawn.pictures.push_back(shownOriginal(original, arguments));
                   for (std::uint16_t view = 0; view < 2; ++view)
                       renderer.render(original, {arguments.seed, arguments.epoch, sample, view},
                                       drawn.pictures.emplace_back());
               });
    drawn.columns = std::clamp(static_cast<int>(drawn.samples.size()), 1, samplesARow) * picturesASample;
    drawn.columnsPerGroup = picturesASample;
    return drawn;
}

Json frameJson(const PipelineStep &step, const TracedStep &traced, const ViewKey &key) {
    Json drawn = Json::array(); // not an object: a combination may sample one value several times
    for (const SampledValue &value : traced.sampled)
        drawn.push_back({{"what", value.what}, {"value", value.value}});
    return {{"sample", key.sample},
            {"view", key.view + 1},
            {"operation", step.operation},
            {"applied", traced.isApplied},
            {"drew", std::move(drawn)}};
}

/// One row per view: the original, and the picture after every step.
Drawn drawFilmstrips(const Dataset &dataset, const Pipeline &pipeline, const PreviewArguments &arguments) {
    const ViewRenderer renderer(pipeline, arguments.size);
    Drawn drawn;
    drawn.columns = 1 + static_cast<int>(std::max(renderer.stepsOf(0).size(), renderer.stepsOf(1).size()));
    const auto full = static_cast<std::size_t>(drawn.columns);
    const auto drawView = [&](const Image &original, const ViewKey &key) {
        drawn.pictures.push_back(shownOriginal(original, arguments));
        for (TracedStep &traced : renderer.trace(original, key)) {
            drawn.frames.push_back(frameJson(pipeline.stepsOf(key.view)[traced.step], traced, key));
            drawn.pictures.push_back(std::move(traced.after));
        }
        drawn.pictures.resize((drawn.pictures.size() + full - 1) / full * full); // the rest stays empty
    };
    drawChosen(dataset, arguments, arguments.count.value_or(usualStrips),
               [&](std::uint32_t sample, const Image &original) {
                   drawn.samples.push_back(sample);
                   for (std::uint16_t view = 0; view < 2; ++view)
                       drawView(original, {arguments.seed, arguments.epoch, sample, view});
               });
    return drawn;
}

/// One image, and both views of this epoch and of the following ones.
Drawn drawSheet(const Dataset &dataset, const Pipeline &pipeline, const PreviewArguments &arguments) {
    const ViewRenderer renderer(pipeline, arguments.size);
    Drawn drawn;
    drawChosen(dataset, arguments, 1, [&](std::uint32_t sample, const Image &original) {
        drawn.samples = {sample};
        drawn.pictures.push_back(shownOriginal(original, arguments));
        for (std::uint32_t i = 0; i < arguments.count.value_or(usualDraws); ++i)
            renderer.render(
                original,
                {arguments.seed, arguments.epoch + i / 2, sample, static_cast<std::uint16_t>(i % 2)},
                drawn.pictures.emplace_back());
    });
    drawn.columns = std::min(columnsOfSheet, static_cast<int>(drawn.pictures.size()));
    return drawn;
}

Drawn draw(const Dataset &dataset, const Pipeline &pipeline, const PreviewArguments &arguments) {
    return arguments.as == "filmstrip" ? drawFilmstrips(dataset, pipeline, arguments)
           : arguments.as == "sheet"   ? drawSheet(dataset, pipeline, arguments)
                                       : drawGrid(dataset, pipeline, arguments);
}

SheetLayout layoutFor(const Drawn &drawn, int size) {
    SheetLayout layout;
    layout.columns = drawn.columns;
    layout.cell = std::max(smallestCell, size);
    layout.columnsPerGroup = drawn.columnsPerGroup;
    layout.gutter = drawn.columnsPerGroup > 0 ? 3 * layout.gap : 0;
    return layout;
}

/// "view 1  color_jitter: brightness 1.2, hue 0.03"
void tellFrames(const Json &frames) {
    for (const Json &frame : frames) {
        std::string drew;
        for (const Json &value : frame["drew"])
            drew += (drew.empty() ? ": " : ", ") + value["what"].get<std::string>() + " " +
                    value["value"].get<std::string>();
        const bool isApplied = frame["applied"].get<bool>();
        std::cout << "sample " << frame["sample"] << " view " << frame["view"] << "  "
                  << frame["operation"].get<std::string>() << (isApplied ? drew : ": not applied") << "\n";
    }
}

void tell(const PreviewArguments &arguments, const Dataset &dataset, const Drawn &drawn, const Image &sheet) {
    if (!arguments.json) {
        std::cout << printable(displayName(arguments.out)) << ": "
                  << counted(std::ssize(drawn.samples), "image", "images") << ", "
                  << counted(std::ssize(drawn.pictures), "picture", "pictures") << " in all, "
                  << sheet.width() << " × " << sheet.height() << " px" << std::endl;
        tellFrames(drawn.frames);
        std::cout << std::flush;
        return;
    }
    Json samples = Json::array();
    for (const std::uint32_t sample : drawn.samples)
        samples.push_back({{"sample", sample}, {"name", dataset.sampleName(sample)}});
    Json json = {{"out", displayName(arguments.out)}, {"as", arguments.as},          {"seed", arguments.seed},
                 {"epoch", arguments.epoch},          {"view_size", arguments.size}, {"width", sheet.width()},
                 {"height", sheet.height()},          {"images", std::move(samples)}};
    if (arguments.as == "filmstrip")
        json["steps"] = drawn.frames;
    printJson(json);
}

int preview(const PreviewArguments &arguments) {
    const Pipeline pipeline = usablePipeline(arguments.pipeline); // a pipe can be read only once
    const Interrupt interrupt;
    const DatasetPtr dataset = openData(arguments.data, interrupt);
    requireOutsideImages(arguments.out, *dataset);
    const Drawn drawn = draw(*dataset, pipeline, arguments);
    const Image sheet = contactSheet(drawn.pictures, layoutFor(drawn, arguments.size));
    writePng(sheet, arguments.out);
    tell(arguments, *dataset, drawn, sheet);
    return exitDone;
}

} // namespace

void addPreview(CLI::App &app, Action &action) {
    const auto arguments = std::make_shared<PreviewArguments>();
    CLI::App *command = app.add_subcommand(
        "preview", "Render images and their two views, exactly as in training, to a PNG file.");
    addDataOption(*command, arguments->data);
    addPipelineOption(*command, arguments->pipeline);
    command->add_option("--out", arguments->out, "PNG file to write")->required();
    command->add_option("--seed", arguments->seed, "Seed of the run to preview")->capture_default_str();
    command->add_option("--epoch", arguments->epoch, "Epoch to preview, from 0")->capture_default_str();
    command
        ->add_option("--as", arguments->as,
                     "grid: images with both views; filmstrip: every step of one sample; sheet: many samples "
                     "of one image")
        ->check(CLI::IsMember({"grid", "filmstrip", "sheet"}))
        ->capture_default_str();
    command->add_option("--sample", arguments->sample, "Index of one image of the data, from 0");
    command
        ->add_option("--count", arguments->count,
                     "Images to show (12; filmstrip 1), or samples of a sheet (31)")
        ->check(CLI::Range(1, 1000));
    command->add_option("--size", arguments->size, "Side of the views in pixels")
        ->check(CLI::Range(8, 512))
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "Print JSON for machines instead of text");
    command->callback([arguments, &action] { action = [arguments] { return preview(*arguments); }; });
}

} // namespace simclr::cli
