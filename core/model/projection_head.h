// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/torch.h"

#include <string>

namespace simclr {

/// The projection head g, as in the first release of the authors' code (model_util.py, linear_layer): "none"
/// passes h on, "linear" is one dense layer and batch norm, "nonlinear" dense, batch norm, ReLU, dense, batch
/// norm. Dense layers have no bias; the last batch norm only scales.
class ProjectionHeadImpl : public torch::nn::Module {
  public:
    ProjectionHeadImpl(const std::string &kind, std::int64_t inputSize, std::int64_t outputSize);

    /// h (n, inputSize) → z (n, outputSize), not normalised.
    torch::Tensor forward(torch::Tensor h);

  private:
    torch::nn::Sequential layers{nullptr};
};
TORCH_MODULE(ProjectionHead);

} // namespace simclr
