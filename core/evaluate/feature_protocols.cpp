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

/// Says that an accuracy is not about all images that it should be about.
std::string missingNote(const FeatureSet &judged) {
    if (judged.skipped == 0)
        return {};
    const auto all = static_cast<std::int64_t>(judged.skipped) + judged.labels.size(0);
    return std::to_string(judged.skipped) + " of " + std::to_string(all) +
           " images to evaluate on could not be used and are missing from the accuracy; the first: " +
           judged.problem;
}

} // namespace

Judgement judgementOf(const std::string &protocol, const torch::Tensor &predicted, const FeatureSet &judged,
                      Json detail) {
    Predictions predictions;
    predictions.samples.assign(judged.samples.begin(), judged.samples.end());
    predictions.labels = numbersOf(judged.labels);
    predictions.predicted = numbersOf(predicted);
    if (judged.skipped > 0)
        detail["skipped_images"] = judged.skipped;
    return {protocol, accuracy(predicted, judged.labels), std::move(detail),
            std::make_shared<const Predictions>(std::move(predictions)), missingNote(judged)};
}

std::optional<Judgement> judgeLinear(const FeatureTask &task, const std::stop_token &stop) {
    const LinearEvaluationOptions options;
    const LinearEvaluation result =
        task.choice ? linearEvaluation(task.train, *task.choice, task.train, task.judged.features,
                                       task.classes, options, stop)
                    : linearEvaluation(task.train, task.judged.features, task.classes, options, stop);
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
    return judgementOf("linear", result.predicted, task.judged, std::move(detail));
}

Judgement judgeKnn(const FeatureTask &task) {
    return judgementOf(
        "knn", knnPredictions(task.train, task.judged.features, task.knnNeighbours, task.classes),
        task.judged,
        {{"neighbours", std::min(task.knnNeighbours, task.train.labels.size(0))}, {"temperature", 0.1}});
}

Judgement judgeOnline(const FeatureTask &task, OnlineProbe &probe) {
    return judgementOf("online", probe.predictions(task.judged.features), task.judged, Json::object());
}

} // namespace simclr
