// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <string>

namespace simclr {

struct HeadOptions {
    std::string kind = "nonlinear"; ///< none, linear or nonlinear
    std::int64_t inputSize = 512;   ///< dimensions of h
    std::int64_t outputSize = 128;  ///< dimensions of z
    std::int64_t hiddenLayers = 1;  ///< of "nonlinear", each inputSize wide
    bool batchNorm = true;
};

/// The projection head g, as in the authors' code (model_util.py): "none" passes h on, "linear" is one dense
/// layer, "nonlinear" has hidden layers with ReLU before it: 1 in their first release, 2 in their last. A
/// batch norm follows every dense layer, the last one without shift; dense layers followed by a batch norm
/// have no bias. Without batch norm the hidden layers have a bias and the last has none.
class ProjectionHeadImpl : public torch::nn::Module {
  public:
    explicit ProjectionHeadImpl(const HeadOptions &options);

    /// h (n, inputSize) → z (n, outputSize), not normalised.
    torch::Tensor forward(torch::Tensor h);

  private:
    torch::nn::Sequential layers{nullptr};
};
TORCH_MODULE(ProjectionHead);

} // namespace simclr
