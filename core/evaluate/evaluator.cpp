// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"

#include "core/util/clock.h"

namespace simclr {

namespace {

Json commonDetail(const FeatureTask &task, const ComputeDevice &device, double seconds) {
    Json detail{{"features", "h"},
                {"train_images", task.train.labels.size(0)},
                {"precision", device.precision()},
                {"feature_seconds", seconds}};
    if (task.train.skipped > 0)
        detail["skipped_train_images"] = task.train.skipped;
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

std::optional<FeatureTask> Evaluator::features(ResNet &encoder, Split split, Effort effort,
                                               const std::stop_token &stop) const {
    const auto of = [&](const std::vector<std::uint32_t> &samples) {
        return extractFeatures(encoder, *m_dataset, samples, static_cast<int>(m_options.imageSize), m_device,
                               stop);
    };
    const bool isTest = split == Split::Test;
    auto train = of(effort == Effort::Quick ? m_quickTrain : m_splits.train);
    auto evaluated = train ? of(isTest ? m_splits.test : m_splits.validation) : std::nullopt;
    const bool choosesOnValidation = isTest && !m_splits.validation.empty();
    auto choice = evaluated && choosesOnValidation ? of(m_splits.validation) : std::nullopt;
    if (!evaluated || (choosesOnValidation && !choice))
        return std::nullopt;
    return FeatureTask{std::move(*train), std::move(*evaluated), std::move(choice), m_dataset->classCount(),
                       m_options.knnNeighbours};
}

bool Evaluator::evaluate(ResNet &encoder, Split split, Effort effort, std::int64_t epoch, std::int64_t step,
                         Observer &observer, std::stop_token stop, OnlineProbe *probe) {
    const auto &evaluated = split == Split::Test ? m_splits.test : m_splits.validation;
    if (!m_dataset->isLabelled() || evaluated.empty() || m_splits.train.empty())
        return true;
    observer.on(EvaluationStarted{{}, split});
    const double begin = secondsNow();
    const std::optional<FeatureTask> task = features(encoder, split, effort, stop);
    if (!task)
        return false;
    const Json common = commonDetail(*task, m_device, secondsNow() - begin);
    const auto tell = [&](Result result) {
        result.key.split = split;
        result.key.place.epoch = epoch;
        Json detail = common;
        detail.update(result.detail);
        result.detail = std::move(detail);
        const std::string missing = missingImagesText(result);
        const bool isImported = epoch == 0 && !m_options.initialWeights.empty();
        observer.on(Evaluated{std::move(result), step, isImported});
        if (!missing.empty() && m_notes.insert(missing).second)
            observer.on(Noted{missing + "."});
    };
    std::optional<Result> linear = evaluateLinear(*task, stop);
    if (!linear)
        return false;
    tell(std::move(*linear));
    tell(evaluateKnn(*task));
    if (probe != nullptr)
        tell(evaluateOnline(*task, *probe));
    return true;
}

} // namespace simclr
