// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/weights.h"
#include "core/train/train_options.h"

#include <memory>

namespace simclr {

/// The parameters that an optimiser updates, with the names under which its state is kept.
struct TrainedParameters {
    std::vector<std::string> names;
    std::vector<torch::Tensor> tensors;
    /// Indices in `tensors` of those with two or more dimensions: biases and batch-norm parameters are
    /// excluded from weight decay and from LARS adaptation (the authors' lars_optimizer.py).
    std::vector<std::size_t> weights;

    /// The trainable parameters of `modules`; each module's name is the prefix of its parameters' names.
    explicit TrainedParameters(const std::vector<std::pair<std::string, torch::nn::Module *>> &modules);
};

/// Turns gradients into steps, by LibTorch's operations on lists of tensors. Keeps references to its
/// parameters; one thread.
class Optimiser {
  public:
    explicit Optimiser(TrainedParameters parameters) : m_parameters(std::move(parameters)) {}
    virtual ~Optimiser() = default;
    Optimiser(const Optimiser &) = delete;
    Optimiser &operator=(const Optimiser &) = delete;

    /// Applies the gradients at this learning rate and clears them. Gradients whose ℓ2 norm over all
    /// parameters exceeds `clipNorm` are scaled down to it; 0: no clipping.
    void step(double learningRate, double clipNorm = 0);

    /// ℓ2 norm over all parameters, of the gradients and of the weights: scalars on their device. Parameters
    /// without a gradient count as 0.
    torch::Tensor gradientNorm() const;
    torch::Tensor weightNorm() const;

    /// The buffers themselves, not copies, each under its own name before the parameter's
    /// ("momentum.encoder.conv1.weight").
    NamedTensors state() const;
    /// Throws InvalidInput if a buffer is missing or does not fit.
    void load(const NamedTensors &state);

  protected:
    using Tensors = std::vector<torch::Tensor>;

    /// Updates the parameters by `gradients`, which it may modify.
    virtual void apply(Tensors &gradients, double learningRate) = 0;

    /// A buffer of zeros for each parameter, as part of the state.
    Tensors &addBuffers(const std::string &name);
    /// One tensor, as part of the state.
    torch::Tensor &addBuffer(const std::string &name, const torch::Tensor &initial);
    const TrainedParameters &parameters() const { return m_parameters; }
    /// g ← g + λ w, for weights only.
    void addDecay(Tensors &gradients, double weightDecay) const;

  private:
    void clip(Tensors &gradients, double clipNorm) const;

    /// Tensors of the state with their names; on the heap, so that references to them stay valid.
    struct Buffers {
        std::vector<std::string> names;
        Tensors tensors;
    };
    /// Calls `visit(name, tensor)`.
    template <typename Visit>
    void visitBuffers(Visit visit) const;

    TrainedParameters m_parameters;
    std::vector<std::unique_ptr<Buffers>> m_buffers;
};

/// The optimiser selected by `options`.
std::unique_ptr<Optimiser> makeOptimiser(const TrainOptions &options, TrainedParameters parameters);

} // namespace simclr
