// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sgd.h"

#include "core/util/error.h"

namespace simclr {

Sgd::Sgd(const std::vector<std::pair<std::string, torch::nn::Module *>> &modules, const SgdOptions &options)
    : m_options(options) {
    for (const auto &[prefix, module] : modules)
        for (const auto &item : module->named_parameters()) {
            if (!item.value().requires_grad())
                continue;
            if (item.value().dim() >= 2) {
                m_decayedIndices.push_back(m_parameters.size());
                m_decayed.push_back(item.value());
            }
            m_names.push_back("momentum." + prefix + item.key());
            m_parameters.push_back(item.value());
            m_momentum.push_back(torch::zeros_like(item.value()));
        }
}

void Sgd::step(double learningRate) {
    const torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> gradients;
    for (torch::Tensor &parameter : m_parameters)
        gradients.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
    if (m_options.weightDecay > 0) {
        std::vector<torch::Tensor> decayedGradients;
        for (const std::size_t index : m_decayedIndices)
            decayedGradients.push_back(gradients[index]);
        at::_foreach_add_(decayedGradients, m_decayed, m_options.weightDecay);
    }
    at::_foreach_mul_(m_momentum, m_options.momentum);
    at::_foreach_add_(m_momentum, gradients, 1);
    if (m_options.nesterov) {
        at::_foreach_add_(gradients, m_momentum, m_options.momentum);
        at::_foreach_add_(m_parameters, gradients, -learningRate);
    } else {
        at::_foreach_add_(m_parameters, m_momentum, -learningRate);
    }
    for (torch::Tensor &parameter : m_parameters)
        parameter.mutable_grad().reset();
}

NamedTensors Sgd::state() const {
    NamedTensors state;
    for (std::size_t i = 0; i < m_names.size(); ++i)
        state.emplace(m_names[i], m_momentum[i].detach().to(torch::kCPU).contiguous().clone());
    return state;
}

void Sgd::load(const NamedTensors &state) {
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const auto found = state.find(m_names[i]);
        if (found == state.end() || found->second.sizes() != m_momentum[i].sizes())
            throw InvalidInput("the optimiser's state does not fit this model: " + m_names[i]);
        m_momentum[i].copy_(found->second);
    }
}

} // namespace simclr
