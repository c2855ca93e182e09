// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/common.h"
#include "app/cli/data_arguments.h"
#include "core/run/run_features.h"

namespace simclr::cli {

/// Which features of which images a command looks at; shared by map, neighbours, duplicates and quality.
struct FeatureArguments {
    DataArguments data; ///< not given: the images of the run
    std::string features = "h";
    std::string split = "all";
    std::string device;
};

/// --data, --labelled, --features, --split, --device. `arguments` must outlive the command.
void addFeatureArguments(CLI::App &command, FeatureArguments &arguments);

/// What runFeatures() is asked for, without progress. Throws InvalidInput.
FeatureRequest requestOf(const FeatureArguments &arguments);

/// A line on a terminal that is overwritten and finally erased; nothing without a terminal.
class ProgressLine {
  public:
    ~ProgressLine();
    /// "embedding 5/10".
    void draw(const std::string &title, std::size_t done, std::size_t all);

  private:
    bool m_isDrawn = false;
};

/// The features with the images that they are of.
struct LoadedFeatures {
    DatasetPtr dataset;
    RunFeatures features;
};

/// Opens the images, computes the features with progress on stderr, and reports what was left out. Nothing if
/// it was interrupted. Throws as openDataset() and runFeatures().
std::optional<LoadedFeatures> loadFeatures(const RunRecord &run, const FeatureArguments &arguments,
                                           const Interrupt &interrupt);

/// The name of a class; empty for −1.
std::string className(const Dataset &dataset, int label);

/// An image as commands print it: {"index": 3, "file": "cats/3.jpg", "split": "train", "label": "cats"}.
Json imageJson(const LoadedFeatures &loaded, std::size_t row);

} // namespace simclr::cli
