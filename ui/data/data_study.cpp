// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/data_study.h"

#include "core/run/run_splits.h"

#include <QCoreApplication>
#include <chrono>
#include <tuple>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(DataStudy)
};

/// A result, or why there is none.
template <typename Result>
struct Outcome {
    std::shared_ptr<const Result> result;
    QString problem;
};

/// Passes progress to the UI thread at most 25 times per second, and always at the end.
class Throttle {
  public:
    bool isDue(std::size_t done, std::size_t all) {
        const auto now = Clock::now();
        if (done != all && now - m_last < std::chrono::milliseconds(40))
            return false;
        m_last = now;
        return true;
    }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_last;
};

/// What `work`, which returns an optional result, made; `problem` says what failed.
template <typename Result, typename Work>
Outcome<Result> attempt(const QString &problem, const Work &work) {
    try {
        auto result = work();
        return {result ? std::make_shared<const Result>(std::move(*result)) : nullptr, {}};
    } catch (const std::exception &error) {
        return {nullptr, problem.arg(QString::fromStdString(error.what()))};
    }
}

bool areEqual(const SplitOptions &one, const SplitOptions &other) {
    const auto members = [](const SplitOptions &options) {
        const auto &[validation, test, limit, seed, learnsFromLabelled] = options; // all there are
        return std::tuple(validation, test, limit, seed, learnsFromLabelled);
    };
    return members(one) == members(other);
}

StudiedSplits studied(const TrainOptions &options, const Dataset &dataset) {
    Splits splits = splitsOf(options, dataset);
    std::vector<ImageSplit> each = splitOfEach(splits, dataset.size());
    return {std::move(splits), std::move(each)};
}

} // namespace

DataStudy::DataStudy(QObject *parent) : QObject(parent) {}

void DataStudy::setDataset(const DatasetPtr &dataset) {
    m_dataset = dataset;
    for (BackgroundWorker *worker : {&m_splitting, &m_measuring, &m_searching})
        worker->cancel();
    m_splits.reset();
    m_statistics.reset();
    m_duplicates.reset();
    Q_EMIT datasetChanged();
    Q_EMIT splitsChanged();
    Q_EMIT statisticsChanged();
    Q_EMIT duplicatesChanged();
    computeSplits();
}

void DataStudy::setOptions(const TrainOptions &options) {
    const TrainOptions before = std::exchange(m_options, options);
    if (before.imageSize != options.imageSize)
        forgetStatistics();
    if (!areEqual(splitOptions(before), splitOptions(options)))
        computeSplits();
}

/// Also those that are being measured.
void DataStudy::forgetStatistics() {
    if (!m_statistics && !isMeasuring())
        return;
    m_measuring.cancel();
    m_statistics.reset();
    Q_EMIT statisticsChanged();
    Q_EMIT statisticsForgotten();
}

void DataStudy::takeSplits(const StudiedSplitsPtr &splits) {
    const bool areOthersLearned = m_splits && (!splits || splits->splits.learn != m_splits->splits.learn);
    m_splits = splits;
    if (areOthersLearned)
        forgetStatistics(); // their colours are those of what is learned from
    Q_EMIT splitsChanged();
}

void DataStudy::computeSplits() {
    if (!m_dataset)
        return;
    const auto work = [dataset = m_dataset, options = m_options] {
        return attempt<StudiedSplits>(Texts::tr("The images cannot be split: %1."),
                                      [&] { return std::optional(studied(options, *dataset)); });
    };
    m_splitting.ask(work, [this](const Outcome<StudiedSplits> &outcome) {
        takeSplits(outcome.result);
        if (!outcome.problem.isEmpty())
            Q_EMIT failed(outcome.problem);
    });
}

void DataStudy::measure(bool isOfAll) {
    if (!m_dataset)
        return;
    const auto work = [this, dataset = m_dataset, splits = m_splits, isOfAll,
                       side = int(m_options.imageSize)](const BackgroundWorker::Task &task) {
        StatisticsOptions options;
        options.side = side;
        options.most = isOfAll || dataset->report().inMemory ? 0 : mostMeasured;
        options.progress = [&, throttle = Throttle()](std::size_t done, std::size_t all) mutable {
            if (throttle.isDue(done, all))
                task.post([this, done, all] { Q_EMIT measuringProgressed(done, all); });
        };
        const std::vector<std::uint32_t> training =
            splits ? splits->splits.learn : std::vector<std::uint32_t>();
        return attempt<ImageStatistics>(Texts::tr("The images cannot be measured: %1."), [&] {
            return measureImages(*dataset, training, options, task.stop());
        });
    };
    m_measuring.ask(work, [this](const Outcome<ImageStatistics> &outcome) {
        m_statistics = outcome.result;
        Q_EMIT statisticsChanged();
        if (!outcome.problem.isEmpty())
            Q_EMIT failed(outcome.problem);
    });
    Q_EMIT statisticsChanged();
}

void DataStudy::cancelMeasuring() {
    m_measuring.cancel();
    Q_EMIT statisticsChanged();
}

void DataStudy::findDuplicates(double similarity) {
    if (!m_dataset)
        return;
    const auto work = [this, dataset = m_dataset, similarity](const BackgroundWorker::Task &task) {
        DuplicateImageOptions options;
        options.similarity = similarity;
        options.progress = [&, throttle = Throttle()](DuplicateStage stage, std::size_t done,
                                                      std::size_t all) mutable {
            if (throttle.isDue(done, all))
                task.post([this, stage, done, all] { Q_EMIT searchProgressed(stage, done, all); });
        };
        return attempt<DuplicateImages>(Texts::tr("The images cannot be compared: %1."),
                                        [&] { return findDuplicateImages(*dataset, options, task.stop()); });
    };
    m_searching.ask(work, [this](const Outcome<DuplicateImages> &outcome) {
        m_duplicates = outcome.result;
        Q_EMIT duplicatesChanged();
        if (!outcome.problem.isEmpty())
            Q_EMIT failed(outcome.problem);
    });
    Q_EMIT duplicatesChanged();
}

void DataStudy::cancelSearch() {
    m_searching.cancel();
    Q_EMIT duplicatesChanged();
}

QString studiedSplitText(ImageSplit split) {
    switch (split) {
    case ImageSplit::Train:
        return Texts::tr("training");
    case ImageSplit::Validation:
        return Texts::tr("validation");
    case ImageSplit::Test:
        return Texts::tr("test");
    case ImageSplit::Learn:
        return Texts::tr("learned from");
    case ImageSplit::None:
        break;
    }
    return Texts::tr("not used");
}

} // namespace simclr::ui
