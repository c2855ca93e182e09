// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimisers/optimisers.h"

namespace simclr {

namespace {

constexpr double trustCoefficient = 0.001; // "eeta"

class Lars final : public Optimiser {
  public:
    Lars(const TrainOptions &options, TrainedParameters trained)
        : Optimiser(std::move(trained)),
          m_momentum(options.momentum),
          m_weightDecay(options.weightDecay),
          m_velocity(addBuffers("momentum")) {}

  private:
    void apply(Tensors &gradients, double learningRate) override {
        addDecay(gradients, m_weightDecay);
        adapt(gradients);
        at::_foreach_mul_(gradients, learningRate); // scaled by the learning rate from here on
        at::_foreach_mul_(m_velocity, m_momentum);
        at::_foreach_add_(m_velocity, gradients, 1);
        at::_foreach_add_(parameters().tensors, m_velocity, -1);
    }

    /// Scales the gradient of each weight by 0.001 ‖w‖ / ‖g‖; by 1 if either norm is 0.
    void adapt(Tensors &gradients) const {
        Tensors adapted;
        Tensors weights;
        for (const std::size_t index : parameters().weights) {
            adapted.push_back(gradients[index]);
            weights.push_back(parameters().tensors[index]);
        }
        const torch::Tensor weightNorms = torch::stack(at::_foreach_norm(weights, 2));
        const torch::Tensor gradientNorms = torch::stack(at::_foreach_norm(adapted, 2));
        const torch::Tensor known = weightNorms.gt(0).logical_and(gradientNorms.gt(0));
        const Tensors ratios =
            torch::where(known, trustCoefficient * weightNorms / gradientNorms, torch::ones_like(weightNorms))
                .unbind();
        at::_foreach_mul_(adapted, ratios);
    }

    double m_momentum;
    double m_weightDecay;
    Tensors &m_velocity;
};

} // namespace

std::unique_ptr<Optimiser> makeLars(const TrainOptions &options, TrainedParameters parameters) {
    return std::make_unique<Lars>(options, std::move(parameters));
}

} // namespace simclr
