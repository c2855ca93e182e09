// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <CLI/CLI.hpp>
#include <string>

namespace simclr::cli {

/// Which images a command opens: --data, --labelled and --selection.
struct DataArguments {
    std::string images;    ///< empty: not given
    std::string labelled;  ///< empty: not given
    std::string selection; ///< file of a selection; empty: all images

    bool areGiven() const { return !images.empty() || !labelled.empty() || !selection.empty(); }
};

/// --data, with --max-megapixels, for commands that look at images of one source. `source` must outlive the
/// command.
void addDataOption(CLI::App &command, std::string &source);
/// --data, --labelled and --selection, for commands that train.
void addTrainingImages(CLI::App &command, DataArguments &arguments);
/// The same for commands about a run, whose images and selection they are the current location of.
void addImagesOfRun(CLI::App &command, DataArguments &arguments, const std::string &help);
/// The same for commands that use the images of a run or any others.
void addImagesToUse(CLI::App &command, DataArguments &arguments);

/// The source that they name, for openDataset(). Throws InvalidInput.
std::string sourceFrom(const DataArguments &arguments);
/// The source of the run's images, with the parts that are given instead of the recorded ones.
std::string sourceOfRun(const RunRecord &run, const DataArguments &arguments);
/// The images that are given; otherwise those of the run, with the labelled images and the selection that are
/// given.
std::string sourceOrThatOfRun(const RunRecord &run, const DataArguments &arguments);

} // namespace simclr::cli
