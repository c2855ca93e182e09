// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"

#include "core/evaluate/knn.h"
#include "core/evaluate/linear_evaluation.h"

#include <algorithm>
#include <chrono>

namespace simclr {

namespace {

/// Wall-clock seconds since it was made.
class Stopwatch {
  public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

  private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Json commonDetail(const FeatureSet &train, const FeatureSet &judged, const ComputeDevice &device,
                  double seconds) {
    Json detail{{"features", "h"},
                {"train_images", train.labels.size(0)},
                {"judged_images", judged.labels.size(0)},
                {"precision", device.precision()},
                {"feature_seconds", seconds}};
    if (train.skipped + judged.skipped > 0)
        detail["skipped_images"] = train.skipped + judged.skipped;
    return detail;
}

} // namespace

Evaluator::Evaluator(DatasetPtr dataset, Splits splits, TrainOptions options, ComputeDevice device)
    : m_dataset(std::move(dataset)),
      m_splits(std::move(splits)),
      m_quickTrain(balancedSubset(*m_dataset, m_splits.train,
                                  static_cast<std::uint32_t>(options.evaluationImages), 0)),
      m_options(std::move(options)),
      m_device(device) {}

bool Evaluator::evaluate(ResNet &encoder, const std::string &split, Effort effort, std::int64_t epoch,
                         std::int64_t step, Observer &observer, std::stop_token stop) const {
    if (!m_dataset->isLabelled())
        return true;
    observer.evaluationStarted(split);
    const Stopwatch extraction;
    const auto &samples = split == "test" ? m_splits.test : m_splits.validation;
    const int side = static_cast<int>(m_options.imageSize);
    const auto train = extractFeatures(
        encoder, *m_dataset, effort == Effort::Quick ? m_quickTrain : m_splits.train, side, m_device, stop);
    const auto judged =
        train ? extractFeatures(encoder, *m_dataset, samples, side, m_device, stop) : std::nullopt;
    if (!judged)
        return false;
    const Json detail = commonDetail(*train, *judged, m_device, extraction.seconds());
    const int classes = m_dataset->classCount();
    const auto tell = [&](const std::string &protocol, const torch::Tensor &predictions,
                          const Json &constants) {
        Evaluated result{protocol, split, epoch, step, accuracy(predictions, judged->labels), detail};
        result.isImported = epoch == 0 && !m_options.initialWeights.empty();
        result.detail.update(constants);
        observer.evaluated(result);
    };
    const LinearEvaluationOptions linear;
    const torch::Tensor linearPredicted = linearPredictions(*train, judged->features, classes, linear, stop);
    if (stop.stop_requested())
        return false;
    tell("linear", linearPredicted,
         {{"solver", "L-BFGS"}, {"l2", linear.l2}, {"max_iterations", linear.maxIterations}});
    tell("knn", knnPredictions(*train, judged->features, m_options.knnNeighbours, classes),
         {{"neighbours", std::min(m_options.knnNeighbours, train->labels.size(0))}, {"temperature", 0.1}});
    return true;
}

} // namespace simclr
