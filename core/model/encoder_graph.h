// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/resnet.h"

#include <string>
#include <vector>

namespace simclr {

/// One step of the encoder's computation. Its value is numbered by its position in the graph plus 1; value 0
/// is the batch of images.
struct GraphStep {
    enum class Kind {
        Convolution,    ///< without bias
        BatchNorm,      ///<
        Relu,           ///<
        MaxPool,        ///<
        Add,            ///< of two values
        PaddedShortcut, ///< every other pixel, with channels of zeros before and after
        Mean,           ///< over the pixels of each channel
    };
    Kind kind = Kind::Relu;
    std::vector<int> inputs;  ///< numbers of its input values
    std::string module;       ///< module with its weights: "layer1.0.conv1"; empty if it has none
    std::int64_t kernel = 1;  ///< side, of a convolution or pooling
    std::int64_t stride = 1;  ///<
    std::int64_t padding = 0; ///< on every side
    double epsilon = 1e-5;    ///< of a batch norm
    double momentum = 0.1;    ///< of its running statistics
    std::int64_t before = 0;  ///< channels of zeros
    std::int64_t after = 0;   ///<
};

/// The computation of `encoder`, in order; the last step gives h. The exports to other formats use it, so
/// that the network is analysed in one place.
std::vector<GraphStep> graphOf(const ResNetImpl &encoder);

} // namespace simclr
