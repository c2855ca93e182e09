// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_recorder.h"

#include "core/events/run_rules.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr {

using namespace std::chrono_literals;

RunRecorder::RunRecorder(const RunStore &store, RunId run, Observer &others)
    : m_others(others),
      m_time(std::max(store.runs().one(run).created, store.recovery().lastSign(run))),
      m_writer(store.connection().file(), run) {}

void RunRecorder::hear(const StepFinished &step) {
    add(step.step, step.epoch, step.values);
    tellMessages();
}

void RunRecorder::hear(const Diagnosed &diagnosed) {
    add(diagnosed.step, diagnosed.epoch, diagnosed.values);
}

void RunRecorder::hear(const Evaluated &evaluated) {
    add(evaluated.result);
}

void RunRecorder::hear(const CheckpointWritten &written) {
    const char *kind = written.kind == CheckpointKind::Best ? bestCheckpointKind : lastCheckpointKind;
    add(ArtifactRecord{kind, RunPath(written.path), written.step, {}});
}

void RunRecorder::hear(const CheckpointRemoved &removed) {
    add(ArtifactRemoved{removed.path});
}

void RunRecorder::hear(const RuleFired &rule) {
    hear(Noted{toText(ruleSentence(rule))});
}

void RunRecorder::hear(const Noted &noted) {
    add(NoteRecord{m_time.now(), noted.message});
}

void RunRecorder::add(std::int64_t step, double epoch, const MetricValues &values) {
    const double time = m_time.now();
    RunChanges changes;
    values.forEach([&](MetricId metric, double value) {
        changes.metrics.push_back({std::string(metric->id), {step, epoch, value, time}});
    });
    m_writer.add(std::move(changes));
}

void RunRecorder::add(RunEntry entry) {
    RunChanges changes;
    changes.entries.push_back(std::move(entry));
    m_writer.add(std::move(changes));
    tellMessages();
}

void RunRecorder::tellMessages() {
    for (const std::string &message : m_writer.takeMessages()) {
        m_others.on(Noted{message});
        hear(Noted{message});
    }
}

BackgroundWriter::State RunRecorder::waitPatiently(const std::stop_token &stop) {
    constexpr auto longest = 10min;
    constexpr auto longestWhenStopped = 10s;
    constexpr auto step = 100ms; // interval for checking `stop`
    const auto begin = std::chrono::steady_clock::now();
    BackgroundWriter::State state = m_writer.wait(longestWhenStopped / 2);
    // Without a problem it is still being written, which takes time on a slow disk.
    while (state.place != BackgroundWriter::Place::Database && (state.isLocked || state.problem.empty())) {
        tellMessages();
        const auto waited = std::chrono::steady_clock::now() - begin;
        if (waited > longest || (stop.stop_requested() && waited > longestWhenStopped))
            break;
        state = m_writer.wait(step);
    }
    tellMessages();
    return state;
}

std::string RunRecorder::finish(RunStatus status, const std::string &failure,
                                const std::string &weightsSha256, const std::stop_token &stop) {
    add(RunEnded{status, failure, weightsSha256, m_time.now()});
    const BackgroundWriter::State state = waitPatiently(stop);
    if (state.place == BackgroundWriter::Place::Database)
        return {};
    if (state.place == BackgroundWriter::Place::Memory || !state.isLocked)
        throw StorageError(state.problem.empty()
                               ? "the end of the run could not be written to the database in time"
                               : state.problem);
    std::string sentence =
        state.problem +
        "; the end of the run is stored in its folder and will be imported when the database is next opened";
    m_others.on(Noted{sentence});
    return sentence;
}

} // namespace simclr
