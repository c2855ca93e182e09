// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/linear_evaluation.h"

#include "core/evaluate/knn.h"

#include <algorithm>
#include <map>

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

/// Multinomial logistic regression with warm starts from its last weights.
class LogisticRegression {
  public:
    LogisticRegression(const FeatureSet &train, int classes)
        : m_standardise(train.features),
          m_inputs(m_standardise(train.features)),
          m_labels(train.labels),
          m_weight(torch::zeros({m_inputs.size(1), classes}, torch::requires_grad())),
          m_bias(torch::zeros({classes}, torch::requires_grad())) {}

    void fit(double l2, int iterations, const std::stop_token &stop) {
        torch::optim::LBFGS optimiser({m_weight, m_bias}, torch::optim::LBFGSOptions(1)
                                                              .max_iter(iterations)
                                                              .history_size(10)
                                                              .tolerance_grad(1e-5)
                                                              .tolerance_change(1e-7)
                                                              .line_search_fn("strong_wolfe"));
        optimiser.step([&] {
            optimiser.zero_grad();
            if (stop.stop_requested())
                return torch::zeros({}); // zero gradient: the search sees a minimum and ends
            const torch::Tensor logits = torch::addmm(m_bias, m_inputs, m_weight);
            const torch::Tensor loss =
                torch::nn::functional::cross_entropy(logits, m_labels) + 0.5 * l2 * m_weight.square().sum();
            loss.backward();
            return loss;
        });
    }

    torch::Tensor predict(const torch::Tensor &queries) const {
        const torch::NoGradGuard noGrad;
        return torch::addmm(m_bias, m_standardise(queries), m_weight).argmax(1);
    }

  private:
    Standardiser m_standardise;
    torch::Tensor m_inputs;
    torch::Tensor m_labels;
    torch::Tensor m_weight;
    torch::Tensor m_bias;
};

/// Accuracy on `choice` by candidate. `regression` fits them all, strongest first.
std::vector<double> choiceAccuracies(LogisticRegression &regression, const FeatureSet &choice,
                                     const LinearEvaluationOptions &options, const std::stop_token &stop) {
    std::vector<double> accuracies;
    for (const double l2 : options.l2Grid) {
        regression.fit(l2, options.gridIterations, stop);
        accuracies.push_back(accuracy(regression.predict(choice.features), choice.labels));
    }
    return accuracies;
}

LinearEvaluation fitted(const FeatureSet &whole, const torch::Tensor &queries, int classes, double l2,
                        const LinearEvaluationOptions &options, const std::stop_token &stop) {
    LogisticRegression regression(whole, classes);
    regression.fit(l2, options.maxIterations, stop);
    LinearEvaluation evaluation;
    evaluation.predicted = regression.predict(queries);
    evaluation.l2 = l2;
    return evaluation;
}

/// Rows of every fifth image of each class, and all others.
std::pair<torch::Tensor, torch::Tensor> heldOutRows(const torch::Tensor &labels) {
    constexpr std::int64_t oneIn = 5;
    std::map<std::int64_t, std::int64_t> seen;
    std::vector<std::int64_t> held;
    std::vector<std::int64_t> rest;
    const auto label = labels.accessor<std::int64_t, 1>();
    for (std::int64_t i = 0; i < labels.size(0); ++i)
        (++seen[label[i]] % oneIn == 0 ? held : rest).push_back(i);
    return {torch::tensor(held, torch::kInt64), torch::tensor(rest, torch::kInt64)};
}

} // namespace

LinearEvaluation linearEvaluation(const FeatureSet &train, const FeatureSet &choice, const FeatureSet &whole,
                                  const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options, std::stop_token stop) {
    LogisticRegression regression(train, classes);
    std::vector<double> accuracies = choiceAccuracies(regression, choice, options, stop);
    const auto best = std::ranges::max_element(accuracies) - accuracies.begin(); // the first of equals
    LinearEvaluation evaluation =
        fitted(whole, queries, classes, options.l2Grid[static_cast<std::size_t>(best)], options, stop);
    evaluation.choiceAccuracies = std::move(accuracies);
    return evaluation;
}

LinearEvaluation linearEvaluation(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                  const LinearEvaluationOptions &options, std::stop_token stop) {
    const auto [held, rest] = heldOutRows(train.labels);
    if (held.size(0) == 0)
        return fitted(train, queries, classes, options.usualL2, options, stop);
    return linearEvaluation(selected(train, rest), selected(train, held), train, queries, classes, options,
                            std::move(stop));
}

torch::Tensor linearPredictions(const FeatureSet &train, const torch::Tensor &queries, int classes,
                                const LinearEvaluationOptions &options, std::stop_token stop) {
    return linearEvaluation(train, queries, classes, options, std::move(stop)).predicted;
}

} // namespace simclr
