// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/confusion_reading.h"

#include "core/store/run_comparison.h"
#include "core/util/error.h"
#include "ui/text/run_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ConfusionReading)
};

std::size_t classesOf(const Predictions &predictions) {
    std::int32_t largest = -1;
    for (const std::vector<std::int32_t> *list : {&predictions.labels, &predictions.predicted})
        if (!list->empty())
            largest = std::max(largest, *std::ranges::max_element(*list));
    return static_cast<std::size_t>(largest + 1);
}

/// Those of the run's evaluations of the same encoder on the same images, by any protocol.
std::vector<Predictions> related(const RunStore &store, const RunRecord &run, const Result &chosen) {
    std::vector<Predictions> all;
    for (const Result &result : run.results)
        if (result.key.split == chosen.key.split && result.key.place == chosen.key.place &&
            result.key.scope.dataset == chosen.key.scope.dataset)
            if (auto predictions = pairablePredictions(store, run, result.key))
                all.push_back(std::move(*predictions));
    return all;
}

std::optional<std::vector<Predictions>> chosenPredictions(const RunStore &store,
                                                          const std::vector<RunRecord> &runs,
                                                          const ResultChoice &choice, QString &problem) {
    std::vector<Predictions> all;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto predictions = pairablePredictions(store, runs[i], choice.results[i].key);
        if (!predictions) {
            problem = Texts::tr("The predictions of this evaluation of “%1” are not stored. Evaluate the run "
                                "again to see its errors.")
                          .arg(runTitle(runs[i]));
            return std::nullopt;
        }
        all.push_back(std::move(*predictions));
    }
    return all;
}

void addWorst(ConfusionReading &reading, const RunStore &store, const std::vector<RunRecord> &runs,
              const ResultChoice &choice, const std::stop_token &stop) {
    std::vector<Predictions> all;
    const std::size_t counted = areOfSameImages(runs, choice) ? runs.size() : 1;
    for (std::size_t i = 0; i < counted && !stop.stop_requested(); ++i)
        std::ranges::move(related(store, runs[i], choice.results[i]), std::back_inserter(all));
    reading.evaluations = all.size();
    reading.worst = worstImages(all);
}

void addRuns(ConfusionReading &reading, const std::vector<RunRecord> &runs,
             std::vector<Predictions> predictions) {
    std::size_t classes = 0;
    for (std::size_t i = 0; i < runs.size(); ++i)
        classes = std::max({classes, std::size_t(runs[i].dataset.classes), classesOf(predictions[i])});
    for (Predictions &each : predictions) {
        ConfusionMatrix matrix(each, classes);
        std::vector<ClassAccuracy> accuracies = classAccuracies(matrix);
        reading.runs.push_back({std::move(each), std::move(matrix), std::move(accuracies)});
    }
}

} // namespace

ConfusionPtr readConfusion(const std::vector<RunRecord> &runs, const ResultChoice &choice,
                           const std::stop_token &stop) {
    auto reading = std::make_shared<ConfusionReading>();
    try {
        const RunStore store(runs.front().database, RunStore::Access::ReadOnly);
        auto predictions = chosenPredictions(store, runs, choice, reading->problem);
        if (predictions && !stop.stop_requested()) {
            addRuns(*reading, runs, std::move(*predictions));
            addWorst(*reading, store, runs, choice, stop);
        }
    } catch (const std::exception &error) {
        reading->runs.clear();
        reading->problem =
            Texts::tr("The predictions cannot be shown: %1.").arg(QString::fromStdString(error.what()));
    }
    return reading;
}

} // namespace simclr::ui
