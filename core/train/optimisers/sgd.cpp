// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimisers/optimisers.h"

namespace simclr {

namespace {

class Sgd final : public Optimiser {
  public:
    Sgd(const TrainOptions &options, TrainedParameters parameters)
        : Optimiser(std::move(parameters)),
          m_momentum(options.momentum),
          m_nesterov(options.nesterov),
          m_weightDecay(options.weightDecay),
          m_velocity(addBuffers("momentum")) {}

  private:
    void apply(Tensors &gradients, double learningRate) override {
        addDecay(gradients, m_weightDecay);
        at::_foreach_mul_(m_velocity, m_momentum);
        at::_foreach_add_(m_velocity, gradients, 1);
        if (m_nesterov)
            at::_foreach_add_(gradients, m_velocity, m_momentum);
        at::_foreach_add_(parameters().tensors, m_nesterov ? gradients : m_velocity, -learningRate);
    }

    double m_momentum;
    bool m_nesterov;
    double m_weightDecay;
    Tensors &m_velocity;
};

} // namespace

std::unique_ptr<Optimiser> makeSgd(const TrainOptions &options, TrainedParameters parameters) {
    return std::make_unique<Sgd>(options, std::move(parameters));
}

} // namespace simclr
