// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/store/records.h"
#include "core/train/train_options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace simclr {

/// What a file of weights turned out to hold.
struct WeightsDescription {
    std::string encoder;                 ///< as TrainOptions::encoder
    double width = 1;                    ///< as TrainOptions::width
    std::string stem;                    ///< "small" or "imagenet"
    std::string prefix;                  ///< what stands before torchvision's names
    std::vector<std::string> passedOver; ///< tensors that are no part of the encoder: a classifier, say

    std::string text() const; ///< "resnet18, width 1, stem imagenet"
};

/// Reads a state dict of torch.save(), or a safetensors file, whose names are torchvision's with any prefix.
/// Runs nothing that stands in it. `prefix` chooses among several encoders. Throws InvalidInput, IoError.
WeightsDescription describeWeights(const std::filesystem::path &file, const std::string &prefix = {});

struct ImportOptions {
    std::filesystem::path file;
    std::string prefix; ///< chooses among several encoders; empty where there is one
    std::string name;   ///< of the run; empty: made from the file's name
    /// Encoder, width and stem are found in the file; what only training needs is left out.
    TrainOptions options;
    /// The encoder was trained on pictures with ImageNet's mean and standard deviation taken out; that step
    /// becomes part of its first layer.
    bool expectsNormalised = false;
};

/// Keeps the encoder of `file` as a completed run of no epochs on `dataset`, so that it is evaluated,
/// embedded, exported and compared as any other. Throws InvalidInput, IoError, StorageError.
RunId importWeights(const ImportOptions &import, const DatasetPtr &dataset,
                    const std::filesystem::path &database);

/// Whether this option of training says nothing about an encoder that is not trained.
bool isOnlyForTraining(const std::string &option);

} // namespace simclr
