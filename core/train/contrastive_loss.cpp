// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/contrastive_loss.h"

#include "core/model/linear_classifier.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

namespace F = torch::nn::functional;

constexpr float never = -std::numeric_limits<float>::infinity();

/// Bytes of similarities in memory at once: large enough that matrix products run at full speed.
constexpr std::int64_t blockBytes = 32 << 20;

/// Some views as anchors, against all views. Entries of −∞ get no gradient from any of the losses, so that
/// they may be written in place.
struct Anchors {
    torch::Tensor similarities; ///< (n, 2N), −∞ for a view with itself
    torch::Tensor places;       ///< (n, 1) int64, the column of each anchor's positive
    torch::Tensor positive;     ///< (n, 1)
};

/// Similarities are divided by τ if the loss needs that: in the smaller factor of the product.
Anchors anchorsOf(const torch::Tensor &rows, std::int64_t first, std::int64_t count, double temperature) {
    const std::int64_t views = rows.size(0);
    Anchors anchors;
    anchors.places =
        (torch::arange(first, first + count, rows.device()) + views / 2).remainder(views).unsqueeze(1);
    anchors.similarities = torch::mm(rows.narrow(0, first, count) / temperature, rows.t());
    anchors.similarities.variable_data().diagonal(first).fill_(never);
    anchors.positive = anchors.similarities.gather(1, anchors.places);
    return anchors;
}

/// The rank of each anchor's positive among its candidates, from 1; ties count against the positive.
torch::Tensor rankOfPositive(const Anchors &anchors) {
    const torch::NoGradGuard noGrad;
    return anchors.similarities.ge(anchors.positive).sum(1);
}

/// Removes the positives from the similarities, which leaves those to negatives.
const torch::Tensor &negativesOf(const Anchors &anchors) {
    anchors.similarities.variable_data().scatter_(1, anchors.places, never);
    return anchors.similarities;
}

/// The most similar negative of each anchor below `ceiling` and above `floor` (both (n, 1)); −∞ if there is
/// none.
torch::Tensor semiHard(const torch::Tensor &negative, const torch::Tensor &ceiling,
                       const torch::Tensor &floor) {
    const torch::Tensor fits = negative.lt(ceiling).logical_and(negative.gt(floor));
    return negative.masked_fill(fits.logical_not(), never).amax(1, /*keepdim=*/true);
}

/// Sum over the anchors of the mean over the negatives that each has; `terms` are 0 if there is none.
torch::Tensor sumOfMeans(const torch::Tensor &terms, std::int64_t negatives) {
    return terms.sum() / static_cast<double>(negatives);
}

torch::Tensor ntXent(const Anchors &anchors) {
    return F::cross_entropy(anchors.similarities, anchors.places.squeeze(1),
                            F::CrossEntropyFuncOptions().reduction(torch::kSum));
}

torch::Tensor ntLogistic(const Anchors &anchors, bool onlySemiHard) {
    const torch::Tensor &positive = anchors.positive;
    const torch::Tensor &all = negativesOf(anchors);
    const torch::Tensor negative =
        onlySemiHard ? semiHard(all, positive.detach(), torch::full_like(positive, never)) : all;
    // softplus(−∞) is 0, and so is its gradient: entries that are not negatives contribute nothing.
    return F::softplus(-positive).sum() +
           sumOfMeans(F::softplus(negative), onlySemiHard ? 1 : all.size(1) - 2);
}

torch::Tensor marginTriplet(const Anchors &anchors, bool onlySemiHard, double margin) {
    const torch::Tensor &positive = anchors.positive;
    const torch::Tensor &all = negativesOf(anchors);
    const torch::Tensor negative =
        onlySemiHard ? semiHard(all, positive.detach(), positive.detach() - margin) : all;
    return sumOfMeans((negative - positive + margin).clamp_min(0), onlySemiHard ? 1 : all.size(1) - 2);
}

enum class LossKind { NtXent, NtLogistic, MarginTriplet };

LossKind lossKind(const TrainOptions &options) {
    if (options.loss == "nt_xent")
        return LossKind::NtXent;
    if (options.loss == "nt_logistic")
        return LossKind::NtLogistic;
    if (options.loss == "margin_triplet")
        return LossKind::MarginTriplet;
    throw InvalidInput("unknown loss \"" + options.loss + "\"");
}

/// Sum over the anchors. Changes their similarities.
torch::Tensor sumOfLosses(const Anchors &anchors, LossKind kind, const TrainOptions &options) {
    switch (kind) {
    case LossKind::NtXent:
        return ntXent(anchors);
    case LossKind::NtLogistic:
        return ntLogistic(anchors, options.semiHard);
    case LossKind::MarginTriplet:
        break;
    }
    return marginTriplet(anchors, options.semiHard, options.margin);
}

/// The result over all anchors.
struct AnchorTotals {
    torch::Tensor loss;     ///< scalar, the mean over anchors
    torch::Tensor gradient; ///< of the loss at the rows; undefined if not requested
    torch::Tensor rank;     ///< (2N) int64, see rankOfPositive()
};

/// Block after block of anchors, each with its gradient, so that only one block's similarities and graph are
/// in memory.
AnchorTotals totalsOf(const torch::Tensor &rows, const TrainOptions &options, bool wantsGradient) {
    const std::int64_t views = rows.size(0);
    const std::int64_t block = std::max<std::int64_t>(1, blockBytes / (views * std::int64_t{sizeof(float)}));
    const LossKind kind = lossKind(options);
    const double temperature = kind == LossKind::MarginTriplet ? 1 : options.temperature;
    const torch::AutoGradMode records(wantsGradient);
    const torch::Tensor leaf = rows.detach().requires_grad_(wantsGradient);
    AnchorTotals totals{torch::zeros({}, rows.options()), {}, {}};
    std::vector<torch::Tensor> ranks;
    for (std::int64_t first = 0; first < views; first += block) {
        const Anchors anchors = anchorsOf(leaf, first, std::min(block, views - first), temperature);
        ranks.push_back(rankOfPositive(anchors));
        const torch::Tensor loss = sumOfLosses(anchors, kind, options) / static_cast<double>(views);
        if (wantsGradient)
            loss.backward();
        totals.loss += loss.detach();
    }
    totals.gradient = leaf.grad();
    totals.rank = torch::cat(ranks);
    return totals;
}

/// A scalar as a function of `rows` whose gradient is already known.
class KnownGradient : public torch::autograd::Function<KnownGradient> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext *context, const torch::Tensor &,
                                 const torch::Tensor &value, const torch::Tensor &gradient) {
        context->save_for_backward({gradient});
        return value.clone();
    }
    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext *context,
                                                 const torch::autograd::tensor_list &outer) {
        return {outer[0] * context->get_saved_variables()[0], {}, {}};
    }
};

} // namespace

ContrastiveLoss contrastiveLoss(const torch::Tensor &z, const TrainOptions &options) {
    torch::Tensor rows = z.to(torch::kFloat32);
    if (options.normalise)
        rows = unitRows(rows);
    const bool wantsGradient = torch::GradMode::is_enabled() && rows.requires_grad();
    const AnchorTotals totals = totalsOf(rows, options, wantsGradient);
    ContrastiveLoss result;
    result.loss = wantsGradient ? KnownGradient::apply(rows, totals.loss, totals.gradient) : totals.loss;
    result.top1 = totals.rank.le(1).to(torch::kFloat32).mean();
    result.top5 = totals.rank.le(5).to(torch::kFloat32).mean();
    return result;
}

} // namespace simclr
