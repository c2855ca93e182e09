// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/nt_xent.h"

#include <cmath>
#include <limits>

namespace simclr {

ContrastiveLoss ntXent(const torch::Tensor &z, double temperature) {
    namespace F = torch::nn::functional;
    const std::int64_t views = z.size(0);
    const torch::Tensor unit = F::normalize(z.to(torch::kFloat32), F::NormalizeFuncOptions().dim(1));
    torch::Tensor logits = torch::mm(unit, unit.t()) / temperature;
    // A view is no candidate for itself.
    const torch::Tensor self = torch::eye(views, torch::TensorOptions(z.device()).dtype(torch::kBool));
    logits = logits.masked_fill(self, -std::numeric_limits<float>::infinity());
    const torch::Tensor positive = (torch::arange(views, z.device()) + views / 2).remainder(views);
    ContrastiveLoss result;
    result.loss = F::cross_entropy(logits, positive);
    result.top1 = logits.detach().argmax(1).eq(positive).to(torch::kFloat32).mean();
    return result;
}

double chanceLoss(std::int64_t batch) {
    return std::log(2.0 * static_cast<double>(batch) - 1);
}

double floorLoss(std::int64_t batch, std::int64_t dimensions, double temperature) {
    const double negatives = 2.0 * static_cast<double>(batch) - 2;
    const double spread = 1 / (2 * static_cast<double>(dimensions) * temperature * temperature);
    return std::log1p(negatives * std::exp(spread - 1 / temperature));
}

} // namespace simclr
