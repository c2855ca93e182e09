// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_recorder.h"

#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr {

using namespace std::chrono_literals;

RunRecorder::RunRecorder(const RunStore &store, RunId run, Observer &others)
    : m_others(others),
      m_time(std::max(store.run(run).created, store.lastSign(run))),
      m_writer(store.file(), run) {}

void RunRecorder::stepFinished(const StepFinished &step) {
    const double time = m_time.now();
    RunChanges changes;
    const auto add = [&](const char *key, double value) {
        changes.metrics.push_back({key, {step.step, step.epoch, value, time}});
    };
    add("loss", step.loss);
    add("learning_rate", step.learningRate);
    add("contrastive_top1", step.contrastiveTop1);
    add("contrastive_top5", step.contrastiveTop5);
    if (!std::isnan(step.onlineTop1))
        add("online_top1", step.onlineTop1);
    add("images_per_second", step.imagesPerSecond);
    m_writer.add(std::move(changes));
    tellMessages();
}

void RunRecorder::diagnosed(const Diagnosed &diagnosed) {
    RunChanges changes;
    for (const auto &[key, value] : diagnosed.values)
        changes.metrics.push_back({key, {diagnosed.step, diagnosed.epoch, value, m_time.now()}});
    m_writer.add(std::move(changes));
}

void RunRecorder::evaluated(const Evaluated &result) {
    add(ResultRecord{result.protocol, result.split, result.epoch, result.value, result.detail, result.scope,
                     result.predictions});
}

void RunRecorder::checkpointWritten(std::int64_t step, const std::string &path) {
    add(ArtifactRecord{lastCheckpointKind, RunPath(path), step, {}});
}

void RunRecorder::bestCheckpointWritten(std::int64_t step, const std::string &path) {
    add(ArtifactRecord{bestCheckpointKind, RunPath(path), step, {}});
}

void RunRecorder::checkpointRemoved(const std::string &path) {
    add(ArtifactRemoved{path});
}

void RunRecorder::noted(const std::string &message) {
    add(NoteRecord{m_time.now(), message});
}

void RunRecorder::add(RunEntry entry) {
    RunChanges changes;
    changes.entries.push_back(std::move(entry));
    m_writer.add(std::move(changes));
    tellMessages();
}

void RunRecorder::tellMessages() {
    for (const std::string &message : m_writer.takeMessages()) {
        m_others.noted(message);
        noted(message);
    }
}

BackgroundWriter::State RunRecorder::waitPatiently(const std::stop_token &stop) {
    constexpr auto longest = 10min;
    constexpr auto longestWhenStopped = 10s;
    constexpr auto step = 100ms; // heeds `stop`
    const auto begin = std::chrono::steady_clock::now();
    BackgroundWriter::State state = m_writer.wait(longestWhenStopped / 2);
    // Without a problem it is just being written, which takes its time on a slow disk.
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
    std::string sentence = state.problem + "; the end of the run is kept in its folder and will be taken in "
                                           "when the database is next opened";
    m_others.noted(sentence);
    return sentence;
}

} // namespace simclr
