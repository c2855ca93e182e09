// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"
#include "core/model/weights.h"

#include <string>
#include <vector>

namespace simclr {

/// A ResNet found among the tensors of a file.
struct ImportedEncoder {
    EncoderOptions options;              ///< recognised by names and shapes
    NamedTensors tensors;                ///< complete, with torchvision's names; batch counts may be 0
    std::string prefix;                  ///< prefix of those names in the file: "", "module.", …
    std::vector<std::string> passedOver; ///< names of tensors that do not belong to the encoder
};

/// Reads the tensors of a torch.save() or safetensors file. Executes no code from the file. Throws IoError,
/// or InvalidInput with the file name and the reason.
NamedTensors readWeights(const std::filesystem::path &path);

/// The ResNet among `tensors`; its depth, width and stem follow from their names and shapes. `prefix` selects
/// one of several. Throws InvalidInput if there is none or more than one, or if names or shapes belong to
/// another architecture, listing them.
ImportedEncoder findEncoder(const NamedTensors &tensors, const std::string &prefix = {});

/// readWeights() and findEncoder() with the file's name in every message.
ImportedEncoder readEncoder(const std::filesystem::path &path, const std::string &prefix = {});

/// Changes the first layer of an encoder trained on images with ImageNet normalisation (mean 0, standard
/// deviation 1) so that it takes images in [0, 1]: the deviation is folded into the convolution's weights,
/// the mean into the running mean of the batch norm after it. Exact except at the image border, where zero
/// padding meant the mean colour and now means black.
void buildInImageNetNormalisation(NamedTensors &encoder);

/// "resnet18, width 0.25, stem for small images".
std::string describe(const EncoderOptions &options);

} // namespace simclr
