// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/store/records.h"
#include "core/train/train_options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace simclr {

/// The content of a weights file.
struct WeightsDescription {
    std::string encoder;                 ///< as TrainOptions::encoder
    double width = 1;                    ///< as TrainOptions::width
    std::string stem;                    ///< "small" or "imagenet"
    std::string prefix;                  ///< prefix of torchvision's names
    std::vector<std::string> passedOver; ///< tensors that do not belong to the encoder, such as a classifier

    std::string text() const; ///< "resnet18, width 1, stem imagenet"
};

/// Reads a state dict of torch.save(), or a safetensors file, with torchvision's names after any prefix.
/// Executes no code from the file. `prefix` selects one of several encoders. Throws InvalidInput, IoError.
WeightsDescription describeWeights(const std::filesystem::path &file, const std::string &prefix = {});

struct ImportOptions {
    std::filesystem::path file;
    std::string prefix; ///< selects one of several encoders; empty if there is one
    std::string name;   ///< of the run; empty: derived from the file's name
    /// Encoder, width and stem are read from the file; options that only training needs are omitted.
    TrainOptions options;
    /// The encoder was trained on images with ImageNet normalisation, which is folded into its first layer.
    bool expectsNormalised = false;
};

/// Imports the encoder of `file` as a completed run of 0 epochs on `dataset`, so that it can be evaluated,
/// embedded, exported and compared like any other. Throws InvalidInput, IoError, StorageError.
RunId importWeights(const ImportOptions &import, const DatasetPtr &dataset,
                    const std::filesystem::path &database);

/// Whether this training option does not apply to an encoder that is not trained.
bool isOnlyForTraining(const std::string &option);

} // namespace simclr
