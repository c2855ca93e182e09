// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"

namespace simclr {

struct SgdOptions {
    double momentum = 0.9;
    bool nesterov = true;
    double weightDecay = 0; ///< on parameters of two or more dimensions only
};

/// Stochastic gradient descent with momentum as in PyTorch: v ← μ v + (g + λ w), w ← w − η v, or with
/// Nesterov w ← w − η (g + λ w + μ v). Updates all tensors at once. Holds the parameters of `modules`; one
/// thread.
class Sgd {
  public:
    Sgd(const std::vector<std::pair<std::string, torch::nn::Module *>> &modules, const SgdOptions &options);

    /// Applies the gradients at this learning rate and forgets them.
    void step(double learningRate);

    /// The momentum buffers under "momentum." and the parameters' names.
    NamedTensors state() const;
    /// Throws InvalidInput where a buffer is missing or does not fit.
    void load(const NamedTensors &state);

  private:
    SgdOptions m_options;
    std::vector<std::string> m_names;
    std::vector<torch::Tensor> m_parameters;
    std::vector<torch::Tensor> m_momentum;
    std::vector<torch::Tensor> m_decayed; ///< those of m_parameters that decay
    std::vector<std::size_t> m_decayedIndices;
};

} // namespace simclr
