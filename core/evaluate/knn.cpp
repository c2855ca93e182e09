// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/knn.h"

#include "core/model/linear_classifier.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr double voteTemperature = 0.1;
constexpr std::int64_t queriesAtOnce = 1024;

} // namespace

torch::Tensor knnPredictions(const FeatureSet &train, const torch::Tensor &queries, std::int64_t neighbours,
                             int classes) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor bank = unitRows(train.features).t();
    const std::int64_t k = std::min(neighbours, train.features.size(0));
    std::vector<torch::Tensor> predictions;
    for (const torch::Tensor &part : queries.split(queriesAtOnce)) {
        const auto [similarities, indices] = torch::mm(unitRows(part), bank).topk(k, 1);
        const torch::Tensor votes = torch::zeros({part.size(0), classes});
        votes.scatter_add_(1, train.labels.index_select(0, indices.reshape(-1)).reshape({part.size(0), k}),
                           (similarities / voteTemperature).exp());
        predictions.push_back(votes.argmax(1));
    }
    return torch::cat(predictions);
}

double accuracy(const torch::Tensor &predictions, const torch::Tensor &labels) {
    return predictions.eq(labels).to(torch::kFloat64).mean().item<double>();
}

} // namespace simclr
