// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser.h"

#include "core/train/optimisers/optimisers.h"
#include "core/util/error.h"

namespace simclr {

namespace {

/// ℓ2 norm over all of them. The host does not wait for it.
torch::Tensor normOf(const std::vector<torch::Tensor> &tensors) {
    return torch::stack(at::_foreach_norm(tensors, 2)).norm();
}

} // namespace

TrainedParameters::TrainedParameters(
    const std::vector<std::pair<std::string, torch::nn::Module *>> &modules) {
    for (const auto &[prefix, module] : modules)
        for (const auto &item : module->named_parameters()) {
            if (!item.value().requires_grad())
                continue;
            if (item.value().dim() >= 2)
                weights.push_back(tensors.size());
            names.push_back(prefix + item.key());
            tensors.push_back(item.value());
        }
}

void Optimiser::step(double learningRate, double clipNorm) {
    const torch::NoGradGuard noGrad;
    Tensors gradients;
    for (const torch::Tensor &parameter : m_parameters.tensors)
        gradients.push_back(parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter));
    if (clipNorm > 0)
        clip(gradients, clipNorm);
    apply(gradients, learningRate);
    for (torch::Tensor &parameter : m_parameters.tensors)
        parameter.mutable_grad().reset();
}

torch::Tensor Optimiser::gradientNorm() const {
    const torch::NoGradGuard noGrad;
    Tensors gradients;
    for (const torch::Tensor &parameter : m_parameters.tensors)
        if (parameter.grad().defined())
            gradients.push_back(parameter.grad());
    return normOf(gradients);
}

torch::Tensor Optimiser::weightNorm() const {
    const torch::NoGradGuard noGrad;
    return normOf(m_parameters.tensors);
}

void Optimiser::clip(Tensors &gradients, double clipNorm) const {
    const torch::Tensor norm = normOf(gradients);
    const torch::Tensor scale = (clipNorm / (norm + 1e-6)).clamp_max(1);
    multiplyEach(gradients, scale);
}

Optimiser::Tensors &Optimiser::addBuffers(const std::string &name) {
    Buffers &buffers = *m_buffers.emplace_back(std::make_unique<Buffers>());
    for (std::size_t i = 0; i < m_parameters.tensors.size(); ++i) {
        buffers.names.push_back(name + "." + m_parameters.names[i]);
        buffers.tensors.push_back(torch::zeros_like(m_parameters.tensors[i].detach()));
    }
    return buffers.tensors;
}

torch::Tensor &Optimiser::addBuffer(const std::string &name, const torch::Tensor &initial) {
    Buffers &buffers = *m_buffers.emplace_back(std::make_unique<Buffers>());
    buffers.names.push_back(name);
    buffers.tensors.push_back(initial);
    return buffers.tensors.back();
}

void Optimiser::addDecay(Tensors &gradients, double weightDecay) const {
    if (weightDecay <= 0)
        return;
    Tensors decayed;
    Tensors weights;
    for (const std::size_t index : m_parameters.weights) {
        decayed.push_back(gradients[index]);
        weights.push_back(m_parameters.tensors[index]);
    }
    at::_foreach_add_(decayed, weights, weightDecay);
}

template <typename Visit>
void Optimiser::visitBuffers(Visit visit) const {
    for (const auto &buffers : m_buffers)
        for (std::size_t i = 0; i < buffers->names.size(); ++i)
            visit(buffers->names[i], buffers->tensors[i]);
}

NamedTensors Optimiser::state() const {
    NamedTensors state;
    visitBuffers([&state](const std::string &name, const torch::Tensor &buffer) {
        state.emplace(name, buffer.detach());
    });
    return state;
}

void Optimiser::load(const NamedTensors &state) {
    visitBuffers([&state](const std::string &name, const torch::Tensor &buffer) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != buffer.sizes())
            throw InvalidInput("the optimiser's state does not fit this model: " + name);
    });
    const torch::NoGradGuard noGrad;
    visitBuffers([&state](const std::string &name, torch::Tensor buffer) { buffer.copy_(state.at(name)); });
}

std::unique_ptr<Optimiser> makeOptimiser(const TrainOptions &options, TrainedParameters parameters) {
    if (options.optimiser == "lars")
        return makeLars(options, std::move(parameters));
    if (options.optimiser == "adamw")
        return makeAdamW(options, std::move(parameters));
    if (options.optimiser == "sgd")
        return makeSgd(options, std::move(parameters));
    throw InvalidInput("unknown optimiser \"" + options.optimiser + "\"");
}

} // namespace simclr
