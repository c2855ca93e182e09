// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_arguments.h"

#include "app/cli/common.h"
#include "core/data/data_source.h"

#include <filesystem>

namespace simclr::cli {

namespace {

constexpr const char *labelledHelp =
    "Labelled images to evaluate on, as for --data; those of --data are then learned from without labels";

void addSelectionOption(CLI::App &command, DataArguments &arguments) {
    command.add_option(
        "--selection", arguments.selection,
        "Use only a part of these images: a selection from the Data page or from \"simclr data "
        "duplicates --leave-out\"");
}

} // namespace

void addDataOption(CLI::App &command, std::string &source) {
    addDecodingOption(command);
    command
        .add_option("--data", source,
                    "Images: \"shapes\" (built in), a folder or file whose form is detected, or FORM:PATH, "
                    "such as cifar100-coarse:PATH; docs/data.md lists the forms")
        ->capture_default_str();
}

void addTrainingImages(CLI::App &command, DataArguments &arguments) {
    addDataOption(command, arguments.images);
    command.add_option("--labelled", arguments.labelled, labelledHelp);
    addSelectionOption(command, arguments);
}

void addImagesOfRun(CLI::App &command, DataArguments &arguments, const std::string &help) {
    addDecodingOption(command);
    command.add_option("--data", arguments.images, help);
    command.add_option(
        "--labelled", arguments.labelled,
        "Current location of its labelled images, if these are apart; default: the recorded one");
    command.add_option("--selection", arguments.selection,
                       "Current location of its selection; default: the recorded one");
}

void addImagesToUse(CLI::App &command, DataArguments &arguments) {
    addDecodingOption(command);
    command.add_option("--data", arguments.images, "Images, as for train; default: those of the run");
    command.add_option("--labelled", arguments.labelled, labelledHelp);
    addSelectionOption(command, arguments);
}

namespace {

/// `source` with the selection that is given instead of its own, if one is.
std::string withSelection(const std::string &source, const std::string &selection) {
    if (selection.empty())
        return source;
    DataSource selected = dataSourceFromText(source);
    selected.selection = std::filesystem::absolute(selection).string(); // runs store it
    return toText(selected);
}

} // namespace

std::string sourceFrom(const DataArguments &arguments) {
    const std::string images = arguments.images.empty()
                                   ? arguments.labelled
                                   : replacedSource(arguments.images, {}, arguments.labelled);
    return withSelection(images, arguments.selection);
}

std::string sourceOfRun(const RunRecord &run, const DataArguments &arguments) {
    if (!arguments.areGiven())
        return run.dataset.source;
    return withSelection(replacedSource(run.dataset.source, arguments.images, arguments.labelled),
                         arguments.selection);
}

std::string sourceOrThatOfRun(const RunRecord &run, const DataArguments &arguments) {
    return arguments.images.empty() ? sourceOfRun(run, arguments) : sourceFrom(arguments);
}

} // namespace simclr::cli
