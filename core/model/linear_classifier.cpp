// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/linear_classifier.h"

namespace simclr {

torch::nn::Linear zeroClassifier(std::int64_t featureSize, int classes, const torch::Device &device) {
    torch::nn::Linear classifier(featureSize, classes);
    const torch::NoGradGuard noGrad;
    classifier->weight.zero_();
    classifier->bias.zero_();
    classifier->to(device);
    return classifier;
}

torch::Tensor unitRows(const torch::Tensor &rows) {
    namespace F = torch::nn::functional;
    return F::normalize(rows, F::NormalizeFuncOptions().dim(1));
}

} // namespace simclr
