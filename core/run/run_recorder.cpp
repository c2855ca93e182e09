// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_recorder.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <cmath>

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
        m_metrics.push_back({key, {step.step, step.epoch, value, time}});
    };
    add("loss", step.loss);
    add("learning_rate", step.learningRate);
    add("contrastive_top1", step.contrastiveTop1);
    add("contrastive_top5", step.contrastiveTop5);
    if (!std::isnan(step.onlineTop1))
        add("online_top1", step.onlineTop1);
    add("images_per_second", step.imagesPerSecond);
    flushWhenDue();
}

void RunRecorder::diagnosed(const Diagnosed &diagnosed) {
    for (const auto &[key, value] : diagnosed.values)
        m_metrics.push_back({key, {diagnosed.step, diagnosed.epoch, value, secondsSince1970()}});
    flushWhenDue();
}

void RunRecorder::evaluated(const Evaluated &result) {
    m_results.push_back({result.protocol, result.split, result.epoch, result.value, result.detail,
                         result.scope, result.predictions});
    flushOrKeep();
}

void RunRecorder::checkpointWritten(std::int64_t step, const std::string &path) {
    m_artifacts.push_back({lastCheckpointKind, RunPath(path), step, {}});
    flushOrKeep();
}

void RunRecorder::noted(const std::string &message) {
    m_notes.push_back(message);
    flushOrKeep();
}

void RunRecorder::requireFile() const {
    if (!m_store.isStillThere())
        throw StorageError("the run database " + displayName(m_store.file()) + " was deleted or replaced");
}

void RunRecorder::flush() {
    requireFile();
    if (!m_metrics.empty())
        m_store.addMetrics(m_run, m_metrics);
    m_metrics.clear();
    for (; !m_results.empty(); m_results.erase(m_results.begin()))
        m_store.addResult(m_run, m_results.front());
    for (; !m_artifacts.empty(); m_artifacts.erase(m_artifacts.begin()))
        m_store.addArtifact(m_run, m_artifacts.front());
    for (; !m_notes.empty(); m_notes.erase(m_notes.begin()))
        m_store.addNote(m_run, m_notes.front());
}

/// A full disk or a locked file may get better; a deleted one does not, so that this is no reason to go on.
void RunRecorder::flushOrKeep() {
    requireFile();
    try {
        flush();
    } catch (const StorageError &) {
        if (m_metrics.size() > mostWaiting)
            throw;
    }
    // After the attempt: a database that is locked makes each one wait.
    m_lastWrite = std::chrono::steady_clock::now();
}

void RunRecorder::flushWhenDue() {
    if (std::chrono::steady_clock::now() - m_lastWrite >= writeInterval)
        flushOrKeep();
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

void ObserverList::diagnosed(const Diagnosed &diagnosed) {
    for (Observer *observer : m_observers)
        observer->diagnosed(diagnosed);
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
