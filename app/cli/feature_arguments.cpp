// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/feature_arguments.h"

#include <iostream>
#include <unistd.h>

namespace simclr::cli {

void addFeatureArguments(CLI::App &command, FeatureArguments &arguments) {
    addImagesToUse(command, arguments.data);
    command
        .add_option("--features", arguments.features, "Features: h, or z (the output of the projection head)")
        ->check(CLI::IsMember({"h", "z"}))
        ->capture_default_str();
    command
        .add_option(
            "--split", arguments.split,
            "Images: all, learn (what the encoder learns from), train, validation or test, as the run "
            "would split them")
        ->check(CLI::IsMember({"all", "learn", "train", "validation", "test"}))
        ->capture_default_str();
    addDeviceOption(command, arguments.device);
}

FeatureRequest requestOf(const FeatureArguments &arguments) {
    FeatureRequest request;
    request.features = featureKindFromName(arguments.features);
    request.split = arguments.split;
    request.device = arguments.device;
    return request;
}

ProgressLine::~ProgressLine() {
    if (m_isDrawn)
        std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressLine::draw(const std::string &title, std::size_t done, std::size_t all) {
    if (::isatty(STDERR_FILENO) == 0)
        return;
    m_isDrawn = true;
    std::cerr << "\r" << title << " " << done << "/" << all << "\x1b[K" << std::flush;
}

std::optional<LoadedFeatures> loadFeatures(const RunRecord &run, const FeatureArguments &arguments,
                                           const Interrupt &interrupt) {
    LoadedFeatures loaded;
    loaded.dataset = openData(sourceOrThatOfRun(run, arguments.data), interrupt);
    FeatureRequest request = requestOf(arguments);
    ProgressLine progress;
    request.progress = [&](std::size_t done, std::size_t all) { progress.draw("embedding", done, all); };
    auto features = runFeatures(run, *loaded.dataset, request, interrupt.token());
    if (!features)
        return std::nullopt;
    for (const std::string &problem : features->problems)
        complain(problem);
    complainOfBroken(features->broken, features->broken.size());
    loaded.features = std::move(*features);
    return loaded;
}

std::string className(const Dataset &dataset, int label) {
    return label == Dataset::unlabelled ? std::string()
                                        : dataset.report().classNames.at(static_cast<std::size_t>(label));
}

Json imageJson(const LoadedFeatures &loaded, std::size_t row) {
    const FeatureTable &table = loaded.features.table;
    const std::string label = className(*loaded.dataset, table.labels[row]);
    return {{"index", table.samples[row]},
            {"file", loaded.dataset->sampleName(table.samples[row])},
            {"split", nameOf(table.splits[row])},
            {"label", label.empty() ? Json() : Json(label)}};
}

} // namespace simclr::cli
