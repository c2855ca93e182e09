// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimisers/optimisers.h"

#include <cmath>

namespace simclr {

namespace {

constexpr double secondDecay = 0.999; // β₂
constexpr double epsilon = 1e-8;

class AdamW final : public Optimiser {
  public:
    AdamW(const TrainOptions &options, TrainedParameters trained)
        : Optimiser(std::move(trained)),
          m_firstDecay(options.momentum),
          m_weightDecay(options.weightDecay),
          m_first(addBuffers("adam_first")),
          m_second(addBuffers("adam_second")),
          m_steps(addCounter()) {}

  private:
    /// One number, kept as a buffer so that it is saved with the state. It is on the host, so that nothing
    /// waits for it.
    torch::Tensor &addCounter() { return addBuffer("adam_steps", torch::zeros({}, torch::kFloat64)); }

    void apply(Tensors &gradients, double learningRate) override {
        m_steps += 1;
        const double step = m_steps.item<double>();
        decay(learningRate);
        at::_foreach_mul_(m_first, m_firstDecay);
        at::_foreach_add_(m_first, gradients, 1 - m_firstDecay);
        at::_foreach_mul_(m_second, secondDecay);
        at::_foreach_addcmul_(m_second, gradients, gradients, 1 - secondDecay);
        Tensors denominators = at::_foreach_sqrt(m_second);
        at::_foreach_div_(denominators, std::sqrt(1 - std::pow(secondDecay, step)));
        at::_foreach_add_(denominators, epsilon);
        at::_foreach_addcdiv_(parameters().tensors, m_first, denominators,
                              -learningRate / (1 - std::pow(m_firstDecay, step)));
    }

    /// w ← w − η λ w, decoupled from the gradient.
    void decay(double learningRate) const {
        Tensors weights;
        for (const std::size_t index : parameters().weights)
            weights.push_back(parameters().tensors[index]);
        at::_foreach_mul_(weights, 1 - learningRate * m_weightDecay);
    }

    double m_firstDecay;
    double m_weightDecay;
    Tensors &m_first;
    Tensors &m_second;
    torch::Tensor &m_steps;
};

} // namespace

std::unique_ptr<Optimiser> makeAdamW(const TrainOptions &options, TrainedParameters parameters) {
    return std::make_unique<AdamW>(options, std::move(parameters));
}

} // namespace simclr
