// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"

#include "core/evaluate/feature_protocols.h"

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
                         std::int64_t step, Observer &observer, std::stop_token stop,
                         OnlineProbe *probe) const {
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
    FeatureTask task{*train, *judged, std::nullopt, m_dataset->classCount(), m_options.knnNeighbours};
    if (split == "test") {
        task.choice = extractFeatures(encoder, *m_dataset, m_splits.validation, side, m_device, stop);
        if (!task.choice)
            return false;
    }
    const Json detail = commonDetail(*train, *judged, m_device, extraction.seconds());
    const auto tell = [&](const Judgement &judgement) {
        Evaluated result{judgement.protocol, split, epoch, step, judgement.value, detail};
        result.predictions = judgement.predictions;
        result.isImported = epoch == 0 && !m_options.initialWeights.empty();
        result.detail.update(judgement.detail);
        observer.evaluated(result);
    };
    const std::optional<Judgement> linear = judgeLinear(task, stop);
    if (!linear)
        return false;
    tell(*linear);
    tell(judgeKnn(task));
    if (probe != nullptr)
        tell(judgeOnline(task, *probe));
    return true;
}

} // namespace simclr
