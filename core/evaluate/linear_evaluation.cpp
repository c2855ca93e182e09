// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/linear_evaluation.h"

namespace simclr {

namespace {

/// (x − mean) / deviation by column, for the columns that vary at all.
struct Standardiser {
    torch::Tensor mean;
    torch::Tensor scale;

    explicit Standardiser(const torch::Tensor &features) : mean(features.mean(0)) {
        constexpr double smallest = 1e-6;
        scale = features.std(0, /*unbiased=*/false).clamp_min(smallest).reciprocal();
    }
    torch::Tensor operator()(const torch::Tensor &features) const { return (features - mean) * scale; }
};

} // namespace

torch::Tensor linearPredictions(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                const LinearEvaluationOptions &options, std::stop_token stop) {
    const Standardiser standardise(train.features);
    const torch::Tensor inputs = standardise(train.features);
    torch::Tensor weight = torch::zeros({inputs.size(1), classes}, torch::requires_grad());
    torch::Tensor bias = torch::zeros({classes}, torch::requires_grad());
    torch::optim::LBFGS optimiser({weight, bias}, torch::optim::LBFGSOptions(1)
                                                      .max_iter(options.maxIterations)
                                                      .history_size(10)
                                                      .tolerance_grad(1e-5)
                                                      .tolerance_change(1e-7)
                                                      .line_search_fn("strong_wolfe"));
    optimiser.step([&] {
        optimiser.zero_grad();
        if (stop.stop_requested())
            return torch::zeros({}); // no gradient: the search sees a minimum and ends
        const torch::Tensor logits = torch::addmm(bias, inputs, weight);
        const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, train.labels) +
                                   0.5 * options.l2 * weight.square().sum();
        loss.backward();
        return loss;
    });
    const torch::NoGradGuard noGrad;
    return torch::addmm(bias, standardise(queries), weight).argmax(1);
}

} // namespace simclr
