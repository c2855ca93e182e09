// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/earlier_curves.h"

#include "core/store/run_store.h"

#include <map>
#include <utility>

namespace simclr::ui {

namespace {

/// The StepFinished or Diagnosed events in the order of steps, rebuilt from the stored curves.
template <typename Event>
std::vector<Event> readEvents(const RunStore &store, const RunStarted &started, Measured measured) {
    std::map<std::int64_t, Event> byStep;
    for (std::size_t i = 0; i < allMetrics.size(); ++i) {
        const MetricId metric = MetricId::at(i);
        if (metric->measured != measured)
            continue;
        for (const MetricPoint &point : store.metrics().curve(started.runId, std::string(metric->id))) {
            if (point.step > started.firstStep)
                break;
            Event &event = byStep[point.step];
            event.step = point.step;
            event.epoch = point.epoch;
            event.values.set(metric, point.value);
        }
    }
    std::vector<Event> events;
    events.reserve(byStep.size());
    while (!byStep.empty()) // a long run has millions of steps: never all of them twice
        events.push_back(std::move(byStep.extract(byStep.begin()).mapped()));
    return events;
}

/// Only up to the step that the run resumes from: the session reports what follows.
TrainingUpdate readEarlier(const std::filesystem::path &database, const RunStarted &started) {
    TrainingUpdate update;
    try {
        const RunStore store(database, RunStore::Access::ReadOnly);
        update.steps = readEvents<StepFinished>(store, started, Measured::EveryStep);
        update.diagnoses = readEvents<Diagnosed>(store, started, Measured::EveryEpoch);
        for (const Result &result : store.runs().one(started.runId).results)
            if (result.key.isPlain() && result.key.place.epoch * started.stepsPerEpoch <= started.firstStep)
                update.evaluations.push_back({result});
    } catch (const std::exception &) {
        return {}; // earlier curves are optional; the run itself reports problems with the database
    }
    return update;
}

} // namespace

EarlierCurves::EarlierCurves(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

void EarlierCurves::read(const RunStarted &started) {
    m_worker.cancel(); // drops the curves of another run
    if (started.firstStep > 0)
        m_worker.ask([database = m_database, started] { return readEarlier(database, started); },
                     [this](const TrainingUpdate &earlier) { Q_EMIT loaded(earlier); });
}

} // namespace simclr::ui
