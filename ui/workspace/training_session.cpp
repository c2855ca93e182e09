// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/training_session.h"

#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"

#include <utility>

namespace simclr::ui {

namespace {

/// The outcome of a job that may have ended before its run began.
RunOutcome runOutcome(const JobOutcome &outcome) {
    if (const auto *run = std::get_if<RunOutcome>(&outcome.product))
        return *run;
    return {outcome.end == JobEnd::Cancelled ? RunEnd::Cancelled : RunEnd::Failed, 0, outcome.failure, {}};
}

} // namespace

TrainingSession::TrainingSession(ComputeQueue &queue, QObject *parent) : QObject(parent), m_queue(queue) {
    qRegisterMetaType<RunStarted>();
    qRegisterMetaType<TrainingUpdate>();
    qRegisterMetaType<RunEnd>();
    connect(&queue, &ComputeQueue::started, this, [this](const QueuedJob &job) {
        if (isTraining(job.job))
            begin(job);
    });
    connect(&queue, &ComputeQueue::stopRequested, this, [this](const QueuedJob &job) {
        if (job.id == m_job)
            Q_EMIT stopRequested();
    });
    connect(&queue, &ComputeQueue::updated, this, [this](const QueuedJob &job, const JobUpdate &update) {
        if (job.id == m_job)
            take(update);
    });
    connect(&queue, &ComputeQueue::finished, this, [this](const QueuedJob &job, const JobOutcome &outcome) {
        if (job.id == m_job)
            finish(outcome);
    });
}

bool TrainingSession::isStopping() const {
    const QueuedJob *job = m_queue.job(m_job);
    return job != nullptr && job->isStopping;
}

double TrainingSession::secondsLeft() const {
    return isRunning() ? m_queue.secondsLeft() : -1;
}

double TrainingSession::secondsLeftInEpoch() const {
    return isRunning() ? m_queue.secondsLeftInEpoch() : -1;
}

bool TrainingSession::stopsAfterEpoch() const {
    return isRunning() && m_queue.control().stopsAfterEpoch();
}

void TrainingSession::stop() {
    m_queue.cancel(m_job);
}

void TrainingSession::pause() {
    if (isRunning())
        m_queue.control().pause();
}

void TrainingSession::resume() {
    if (isRunning())
        m_queue.control().resume();
}

void TrainingSession::evaluateNow() {
    if (isRunning())
        m_queue.control().evaluateNow();
}

void TrainingSession::checkpointNow() {
    if (isRunning())
        m_queue.control().checkpointNow();
}

void TrainingSession::setStopAfterEpoch(bool stops) {
    if (isRunning())
        m_queue.control().stopAfterEpoch(stops);
}

void TrainingSession::begin(const QueuedJob &job) {
    m_job = job.id;
    m_started = {};
    const auto *resumed = std::get_if<ResumeJob>(&job.job);
    if (resumed != nullptr && resumed->options.changes.empty()) // otherwise a new run begins
        m_started.runId = resumed->run;
    m_lastStep = {};
    m_evaluations.clear();
    m_evaluating = m_paused = false;
    Q_EMIT startRequested();
}

void TrainingSession::take(const JobUpdate &update) {
    if (update.started) {
        m_started = *update.started;
        m_lastStep.step = m_started.firstStep; // the step that a resumed run starts from
        if (m_started.stepsPerEpoch > 0)
            m_lastStep.epoch = double(m_started.firstStep) / double(m_started.stepsPerEpoch);
        Q_EMIT runStarted(m_started);
    }
    const TrainingUpdate &training = update.training;
    if (!training.steps.empty())
        m_lastStep = training.steps.back();
    m_evaluations.insert(m_evaluations.end(), training.evaluations.begin(), training.evaluations.end());
    if (std::exchange(m_evaluating, update.isEvaluating) != update.isEvaluating)
        Q_EMIT evaluatingChanged();
    if (std::exchange(m_paused, update.isPaused) != update.isPaused)
        Q_EMIT pausedChanged();
    for (const QString &line : update.lines)
        Q_EMIT logged(line);
    for (const RuleFired &rule : update.rules)
        Q_EMIT ruleFired(coreText(rule.seen), rule.stops);
    if (!training.isEmpty())
        Q_EMIT updated(training);
}

void TrainingSession::finish(const JobOutcome &outcome) {
    m_job.clear();
    const RunOutcome run = runOutcome(outcome);
    if (run.run != 0)
        m_started.runId = run.run;
    const QString message = describeEnd(run, m_lastStep, m_evaluations);
    Q_EMIT logged(message);
    Q_EMIT finished(run.end, m_started.runId, message);
}

} // namespace simclr::ui
