// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/contrastive_loss.h"

#include <cmath>
#include <limits>

namespace simclr {

namespace {

namespace F = torch::nn::functional;

constexpr float never = -std::numeric_limits<float>::infinity();

/// How alike all views are, and which of them belong together.
struct Similarities {
    torch::Tensor all;      ///< (2N, 2N), −∞ on the diagonal: a view is no candidate for itself
    torch::Tensor partner;  ///< (2N) int64, the row of each row's positive
    torch::Tensor positive; ///< (2N, 1)
    torch::Tensor negative; ///< (2N, 2N), −∞ on the diagonal and at the positives
};

Similarities similaritiesOf(const torch::Tensor &z, bool normalise) {
    const std::int64_t views = z.size(0);
    torch::Tensor rows = z.to(torch::kFloat32);
    if (normalise)
        rows = F::normalize(rows, F::NormalizeFuncOptions().dim(1));
    const torch::Tensor self = torch::eye(views, torch::TensorOptions(z.device()).dtype(torch::kBool));
    Similarities similarities;
    similarities.partner = (torch::arange(views, z.device()) + views / 2).remainder(views);
    similarities.all = torch::mm(rows, rows.t()).masked_fill(self, never);
    return similarities;
}

void addPairs(Similarities &similarities) {
    const torch::Tensor places = similarities.partner.unsqueeze(1);
    similarities.positive = similarities.all.gather(1, places);
    similarities.negative = similarities.all.scatter(1, places, never);
}

/// The place of each anchor's positive among its candidates, from 1; behind those that are as similar.
torch::Tensor rankOfPositive(const Similarities &similarities) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor positive = similarities.all.gather(1, similarities.partner.unsqueeze(1));
    return similarities.all.ge(positive).sum(1);
}

torch::Tensor ntXent(const Similarities &similarities, double temperature) {
    return F::cross_entropy(similarities.all / temperature, similarities.partner);
}

/// The most similar negative of each anchor below `ceiling` and above `floor` (both (2N, 1)); −∞ where there
/// is none.
torch::Tensor semiHard(const torch::Tensor &negative, const torch::Tensor &ceiling,
                       const torch::Tensor &floor) {
    const torch::Tensor fits = negative.lt(ceiling).logical_and(negative.gt(floor));
    return negative.masked_fill(fits.logical_not(), never).amax(1, /*keepdim=*/true);
}

/// Mean over the negatives that each anchor has, then over the anchors; `terms` are 0 where there is no
/// negative.
torch::Tensor meanOverAnchors(const torch::Tensor &terms, std::int64_t negatives) {
    return terms.sum() / static_cast<double>(terms.size(0) * negatives);
}

torch::Tensor ntLogistic(const Similarities &similarities, const TrainOptions &options) {
    const torch::Tensor &positive = similarities.positive;
    const torch::Tensor bottom = torch::full_like(positive, never);
    const torch::Tensor negative =
        options.semiHard ? semiHard(similarities.negative, positive.detach(), bottom) : similarities.negative;
    const std::int64_t negatives = options.semiHard ? 1 : negative.size(1) - 2;
    // softplus(−∞) is 0, and so is its gradient: what is no negative says nothing.
    return F::softplus(-positive / options.temperature).mean() +
           meanOverAnchors(F::softplus(negative / options.temperature), negatives);
}

torch::Tensor marginTriplet(const Similarities &similarities, const TrainOptions &options) {
    const torch::Tensor &positive = similarities.positive;
    const torch::Tensor negative = options.semiHard ? semiHard(similarities.negative, positive.detach(),
                                                               positive.detach() - options.margin)
                                                    : similarities.negative;
    const std::int64_t negatives = options.semiHard ? 1 : negative.size(1) - 2;
    return meanOverAnchors((negative - positive + options.margin).clamp_min(0), negatives);
}

} // namespace

ContrastiveLoss contrastiveLoss(const torch::Tensor &z, const TrainOptions &options) {
    Similarities similarities = similaritiesOf(z, options.normalise);
    ContrastiveLoss result;
    if (options.loss == "nt_xent") {
        result.loss = ntXent(similarities, options.temperature);
    } else {
        addPairs(similarities);
        result.loss = options.loss == "nt_logistic" ? ntLogistic(similarities, options)
                                                    : marginTriplet(similarities, options);
    }
    const torch::Tensor rank = rankOfPositive(similarities);
    result.top1 = rank.le(1).to(torch::kFloat32).mean();
    result.top5 = rank.le(5).to(torch::kFloat32).mean();
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
