// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/earlier_curves.h"

#include "core/store/run_store.h"

#include <map>
#include <utility>

namespace simclr::ui {

namespace {

using Steps = std::map<std::int64_t, StepFinished>;

void readInto(Steps &steps, const RunStore &store, RunId run, const char *key, double StepFinished::*member) {
    for (const MetricPoint &point : store.curve(run, key)) {
        StepFinished &step = steps[point.step];
        step.step = point.step;
        step.epoch = point.epoch;
        step.*member = point.value;
    }
}

std::vector<Diagnosed> readDiagnoses(const RunStore &store, const RunStarted &started) {
    std::map<std::int64_t, Diagnosed> byStep;
    for (const char *key : {"alignment", "uniformity", "spread", "effective_rank_h", "effective_rank_z"})
        for (const MetricPoint &point : store.curve(started.runId, key)) {
            Diagnosed &diagnosed = byStep[point.step];
            diagnosed.step = point.step;
            diagnosed.epoch = point.epoch;
            diagnosed.values.emplace_back(key, point.value);
        }
    std::vector<Diagnosed> all;
    for (auto &[step, diagnosed] : byStep)
        if (step <= started.firstStep)
            all.push_back(std::move(diagnosed));
    return all;
}

/// Nothing past the step that the run goes on from: the session tells that itself.
TrainingUpdate readEarlier(const std::filesystem::path &database, const RunStarted &started) {
    TrainingUpdate update;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        const RunId run = started.runId;
        Steps steps;
        readInto(steps, store, run, "loss", &StepFinished::loss);
        readInto(steps, store, run, "learning_rate", &StepFinished::learningRate);
        readInto(steps, store, run, "contrastive_top1", &StepFinished::contrastiveTop1);
        readInto(steps, store, run, "contrastive_top5", &StepFinished::contrastiveTop5);
        readInto(steps, store, run, "online_top1", &StepFinished::onlineTop1);
        readInto(steps, store, run, "images_per_second", &StepFinished::imagesPerSecond);
        for (const auto &[number, step] : steps)
            if (number <= started.firstStep)
                update.steps.push_back(step);
        update.diagnoses = readDiagnoses(store, started);
        for (const ResultRecord &result : store.run(run).results)
            if (result.scope.isPlain() && result.epoch * started.stepsPerEpoch <= started.firstStep)
                update.evaluations.push_back(
                    {result.protocol, result.split, result.epoch, 0, result.value, result.detail, {}, {}});
    } catch (const std::exception &) {
        return {}; // the curves of before are a courtesy; the run itself reports what is wrong with the
                   // database
    }
    return update;
}

} // namespace

EarlierCurves::EarlierCurves(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {
    m_pool.setMaxThreadCount(1);
}

EarlierCurves::~EarlierCurves() {
    m_pool.clear();
    m_pool.waitForDone(); // its answer is posted to this object, and goes with it
}

void EarlierCurves::read(const RunStarted &started) {
    const int generation = ++m_generation;
    m_reading = started.firstStep > 0;
    if (!m_reading)
        return;
    m_pool.start([this, started, generation] {
        QMetaObject::invokeMethod(
            this,
            [this, earlier = readEarlier(m_database, started), generation] { take(earlier, generation); },
            Qt::QueuedConnection);
    });
}

void EarlierCurves::take(const TrainingUpdate &earlier, int generation) {
    if (generation != m_generation)
        return;
    m_reading = false;
    Q_EMIT loaded(earlier);
}

} // namespace simclr::ui
