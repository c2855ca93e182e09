// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/projection_head.h"

#include "core/util/error.h"

namespace simclr {

namespace {

namespace nn = torch::nn;

nn::Linear dense(std::int64_t in, std::int64_t out, bool bias) {
    return nn::Linear(nn::LinearOptions(in, out).bias(bias));
}

nn::BatchNorm1d scalingBatchNorm(std::int64_t size) {
    nn::BatchNorm1d norm(size);
    norm->bias.set_requires_grad(false);
    return norm;
}

} // namespace

ProjectionHeadImpl::ProjectionHeadImpl(const HeadOptions &options) {
    if (options.kind == "none")
        return;
    if (options.kind != "linear" && options.kind != "nonlinear")
        throw InvalidInput("unknown projection head \"" + options.kind + "\"");
    layers = nn::Sequential();
    const std::int64_t hidden = options.kind == "linear" ? 0 : options.hiddenLayers;
    for (std::int64_t layer = 0; layer < hidden; ++layer) {
        layers->push_back(dense(options.inputSize, options.inputSize, !options.batchNorm));
        if (options.batchNorm)
            layers->push_back(nn::BatchNorm1d(options.inputSize));
        layers->push_back(nn::ReLU());
    }
    layers->push_back(dense(options.inputSize, options.outputSize, false));
    if (options.batchNorm)
        layers->push_back(scalingBatchNorm(options.outputSize));
    register_module("layers", layers);
}

torch::Tensor ProjectionHeadImpl::forward(torch::Tensor h) {
    return layers ? layers->forward(h) : h;
}

} // namespace simclr
