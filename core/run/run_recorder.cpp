// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_recorder.h"

#include "core/util/error.h"

namespace simclr {

namespace {

constexpr auto writeInterval = std::chrono::seconds(1);
/// About four hours of a fast run; a disk that stays full longer than that ends the run.
constexpr std::size_t mostWaiting = 4'000'000;

double secondsSince1970() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

RunRecorder::RunRecorder(RunStore &store, RunId run) : m_store(store), m_run(run) {}

void RunRecorder::stepFinished(const StepFinished &step) {
    const double time = secondsSince1970();
    const auto add = [&](const char *key, double value) {
        m_waiting.push_back({key, {step.step, step.epoch, value, time}});
    };
    add("loss", step.loss);
    add("learning_rate", step.learningRate);
    add("contrastive_top1", step.contrastiveTop1);
    add("images_per_second", step.imagesPerSecond);
    flushWhenDue();
}

void RunRecorder::evaluated(const Evaluated &result) {
    flush();
    m_store.addResult(m_run, {result.protocol, result.split, result.epoch, result.value, result.detail});
}

void RunRecorder::checkpointWritten(std::int64_t step, const std::string &path) {
    flush();
    m_store.addArtifact(m_run, {"checkpoint", path, step, {}});
}

void RunRecorder::noted(const std::string &message) {
    m_store.addNote(m_run, message);
}

void RunRecorder::flush() {
    if (m_waiting.empty())
        return;
    m_lastWrite = std::chrono::steady_clock::now();
    m_store.addMetrics(m_run, m_waiting);
    m_waiting.clear();
}

void RunRecorder::flushWhenDue() {
    if (std::chrono::steady_clock::now() - m_lastWrite < writeInterval)
        return;
    try {
        flush();
    } catch (const StorageError &) {
        if (m_waiting.size() > mostWaiting)
            throw;
    }
}

void ObserverList::runStarted(const RunStarted &started) {
    for (Observer *observer : m_observers)
        observer->runStarted(started);
}

void ObserverList::stepFinished(const StepFinished &step) {
    for (Observer *observer : m_observers)
        observer->stepFinished(step);
}

void ObserverList::epochFinished(std::int64_t epoch) {
    for (Observer *observer : m_observers)
        observer->epochFinished(epoch);
}

void ObserverList::evaluationStarted(const std::string &what) {
    for (Observer *observer : m_observers)
        observer->evaluationStarted(what);
}

void ObserverList::evaluated(const Evaluated &result) {
    for (Observer *observer : m_observers)
        observer->evaluated(result);
}

void ObserverList::checkpointWritten(std::int64_t step, const std::string &path) {
    for (Observer *observer : m_observers)
        observer->checkpointWritten(step, path);
}

void ObserverList::noted(const std::string &message) {
    for (Observer *observer : m_observers)
        observer->noted(message);
}

} // namespace simclr
