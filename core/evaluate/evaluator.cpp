// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"

#include "core/util/clock.h"

namespace simclr {

namespace {

Json commonDetail(const FeatureTask &task, const ComputeDevice &device, double seconds) {
    Json detail{{"features", "h"},
                {"train_images", task.train.labels.size(0)},
                {"judged_images", task.judged.labels.size(0)},
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

std::optional<FeatureTask> Evaluator::features(ResNet &encoder, const std::string &split, Effort effort,
                                               const std::stop_token &stop) const {
    const auto of = [&](const std::vector<std::uint32_t> &samples) {
        return extractFeatures(encoder, *m_dataset, samples, static_cast<int>(m_options.imageSize), m_device,
                               stop);
    };
    const bool isTest = split == "test";
    auto train = of(effort == Effort::Quick ? m_quickTrain : m_splits.train);
    auto judged = train ? of(isTest ? m_splits.test : m_splits.validation) : std::nullopt;
    const bool choosesOnValidation = isTest && !m_splits.validation.empty();
    auto choice = judged && choosesOnValidation ? of(m_splits.validation) : std::nullopt;
    if (!judged || (choosesOnValidation && !choice))
        return std::nullopt;
    return FeatureTask{std::move(*train), std::move(*judged), std::move(choice), m_dataset->classCount(),
                       m_options.knnNeighbours};
}

bool Evaluator::evaluate(ResNet &encoder, const std::string &split, Effort effort, std::int64_t epoch,
                         std::int64_t step, Observer &observer, std::stop_token stop, OnlineProbe *probe) {
    if (!m_dataset->isLabelled() || (split == "test" ? m_splits.test : m_splits.validation).empty())
        return true;
    observer.evaluationStarted(split);
    const double begin = secondsNow();
    const std::optional<FeatureTask> task = features(encoder, split, effort, stop);
    if (!task)
        return false;
    const Json detail = commonDetail(*task, m_device, secondsNow() - begin);
    const auto tell = [&](const Judgement &judgement) {
        Evaluated result{judgement.protocol, split, epoch, step, judgement.value, detail};
        result.predictions = judgement.predictions;
        result.isImported = epoch == 0 && !m_options.initialWeights.empty();
        result.detail.update(judgement.detail);
        observer.evaluated(result);
        if (!judgement.note.empty() && m_notes.insert(judgement.note).second)
            observer.noted(judgement.note + ".");
    };
    const std::optional<Judgement> linear = judgeLinear(*task, stop);
    if (!linear)
        return false;
    tell(*linear);
    tell(judgeKnn(*task));
    if (probe != nullptr)
        tell(judgeOnline(*task, *probe));
    return true;
}

} // namespace simclr
