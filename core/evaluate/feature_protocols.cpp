// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/feature_protocols.h"

#include "core/evaluate/knn.h"
#include "core/evaluate/linear_evaluation.h"

#include <algorithm>

namespace simclr {

namespace {

std::vector<std::int32_t> numbersOf(const torch::Tensor &classes) {
    const torch::Tensor plain = classes.to(torch::kCPU, torch::kInt32).contiguous();
    const auto *first = plain.data_ptr<std::int32_t>();
    return {first, first + plain.numel()};
}

} // namespace

Result resultOf(Protocol protocol, const torch::Tensor &predicted, const FeatureSet &evaluated, Json detail) {
    Predictions predictions;
    predictions.samples.assign(evaluated.samples.begin(), evaluated.samples.end());
    predictions.labels = numbersOf(evaluated.labels);
    predictions.predicted = numbersOf(predicted);
    detail["judged_images"] = evaluated.labels.size(0);
    if (evaluated.skipped > 0) {
        detail["skipped_images"] = evaluated.skipped;
        detail["first_skipped"] = evaluated.problem;
    }
    Result result;
    result.key.protocol = protocol;
    result.value = accuracy(predicted, evaluated.labels);
    result.detail = std::move(detail);
    result.predictions = std::make_shared<const Predictions>(std::move(predictions));
    return result;
}

std::optional<Result> evaluateLinear(const FeatureTask &task, const std::stop_token &stop) {
    const LinearEvaluationOptions options;
    const LinearEvaluation result =
        task.choice ? linearEvaluation(task.train, *task.choice, task.train, task.evaluated.features,
                                       task.classes, options, stop)
                    : linearEvaluation(task.train, task.evaluated.features, task.classes, options, stop);
    if (stop.stop_requested())
        return std::nullopt;
    Json detail{{"solver", "L-BFGS"},
                {"l2", result.l2},
                {"l2_grid", options.l2Grid},
                {"l2_chosen_on", task.choice ? "validation" : "held-out training images"},
                {"max_iterations", options.maxIterations}};
    if (result.choiceAccuracies.empty())
        detail["l2_chosen_on"] = "nothing: too few images";
    else
        detail["l2_accuracies"] = result.choiceAccuracies;
    return resultOf(Protocol::Linear, result.predicted, task.evaluated, std::move(detail));
}

Result evaluateKnn(const FeatureTask &task) {
    return resultOf(
        Protocol::Knn, knnPredictions(task.train, task.evaluated.features, task.knnNeighbours, task.classes),
        task.evaluated,
        {{"neighbours", std::min(task.knnNeighbours, task.train.labels.size(0))}, {"temperature", 0.1}});
}

Result evaluateOnline(const FeatureTask &task, OnlineProbe &probe) {
    return resultOf(Protocol::Online, probe.predictions(task.evaluated.features), task.evaluated,
                    Json::object());
}

} // namespace simclr
