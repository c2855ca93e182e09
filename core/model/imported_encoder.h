// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/model/weights.h"

#include <string>
#include <vector>

namespace simclr {

/// A ResNet that was found among the tensors of a file.
struct ImportedEncoder {
    EncoderOptions options;              ///< recognised by names and shapes
    NamedTensors tensors;                ///< complete, with torchvision's names; counts of batches may be 0
    std::string prefix;                  ///< what stood before those names in the file: "", "module.", …
    std::vector<std::string> passedOver; ///< names of tensors that are no part of the encoder
};

/// The tensors of a file by what it is: one of torch.save() or a safetensors file. Runs nothing that stands
/// in it. Throws IoError, or InvalidInput naming the file and what is wrong with it.
NamedTensors readWeights(const std::filesystem::path &path);

/// The ResNet among `tensors`; its depth, width and stem follow from their names and shapes. `prefix` says
/// which where there are several. Throws InvalidInput where there is none or more than one, or where names or
/// shapes are those of another architecture, listing them.
ImportedEncoder findEncoder(const NamedTensors &tensors, const std::string &prefix = {});

/// readWeights() and findEncoder() with the file's name in every message.
ImportedEncoder readEncoder(const std::filesystem::path &path, const std::string &prefix = {});

/// Changes the first layer of an encoder that was trained on pictures of ImageNet's mean 0 and standard
/// deviation 1 so that it takes plain ones in [0, 1]: the deviation goes into the weights of the convolution,
/// the mean into that of the batch norm after it. Exact but where the convolution meets the border, whose
/// zeros meant the mean colour and now mean black.
void buildInImageNetNormalisation(NamedTensors &encoder);

/// "resnet18, width 0.25, stem for small pictures".
std::string describe(const EncoderOptions &options);

} // namespace simclr
