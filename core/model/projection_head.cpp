// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/projection_head.h"

#include "core/util/error.h"

namespace simclr {

namespace {

namespace nn = torch::nn;

nn::Linear dense(std::int64_t in, std::int64_t out) {
    return nn::Linear(nn::LinearOptions(in, out).bias(false));
}

nn::BatchNorm1d scalingBatchNorm(std::int64_t size) {
    nn::BatchNorm1d norm(size);
    norm->bias.set_requires_grad(false);
    return norm;
}

} // namespace

ProjectionHeadImpl::ProjectionHeadImpl(const std::string &kind, std::int64_t inputSize,
                                       std::int64_t outputSize) {
    if (kind == "none")
        return;
    if (kind == "linear")
        layers = nn::Sequential(dense(inputSize, outputSize), scalingBatchNorm(outputSize));
    else if (kind == "nonlinear")
        layers = nn::Sequential(dense(inputSize, inputSize), nn::BatchNorm1d(inputSize), nn::ReLU(),
                                dense(inputSize, outputSize), scalingBatchNorm(outputSize));
    else
        throw InvalidInput("there is no projection head \"" + kind + "\"");
    register_module("layers", layers);
}

torch::Tensor ProjectionHeadImpl::forward(torch::Tensor h) {
    return layers ? layers->forward(h) : h;
}

} // namespace simclr
