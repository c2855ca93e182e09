// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/update_queue.h"

#include "core/events/run_rules.h"
#include "ui/text/job_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"

#include <QCoreApplication>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(UpdateQueue)
};

} // namespace

template <typename Change>
void UpdateQueue::put(Change change) {
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        change();
        wake = !std::exchange(m_announced, true);
    }
    if (wake)
        m_wake();
}

void UpdateQueue::begin() {
    const std::lock_guard lock(m_mutex);
    m_update = {};
    m_activity.clear();
    m_announced = false;
    m_evaluating = m_paused = false;
    m_timeLeft = {};
    m_lastStep = {};
}

JobUpdate UpdateQueue::take() {
    const std::lock_guard lock(m_mutex);
    m_announced = false;
    m_update.isEvaluating = m_evaluating;
    m_update.isPaused = m_paused;
    m_update.activity = m_activity;
    return std::exchange(m_update, {});
}

double UpdateQueue::secondsLeft() const {
    const std::lock_guard lock(m_mutex);
    return m_timeLeft.seconds(TimeLeft::Clock::now());
}

double UpdateQueue::secondsLeftInEpoch() const {
    const std::lock_guard lock(m_mutex);
    return m_timeLeft.secondsInEpoch(TimeLeft::Clock::now());
}

void UpdateQueue::hear(const RunStarted &started) {
    put([&] {
        m_timeLeft = TimeLeft({started.totalSteps, started.stepsPerEpoch, started.evaluateEvery});
        m_activity.clear();
        m_update.started = started;
        m_update.lines.append(describe(started));
    });
}

void UpdateQueue::hear(const StepFinished &step) {
    put([&] {
        m_timeLeft.stepFinished(step.step, TimeLeft::Clock::now());
        m_lastStep = step;
        m_evaluating = false;
        m_activity.clear();
        m_update.training.steps.push_back(step);
    });
}

void UpdateQueue::hear(const EpochFinished &finished) {
    put([&] {
        m_update.lines.append(Texts::tr("Epoch %1 done: loss %2, contrastive top-1 %3")
                                  .arg(finished.epoch)
                                  .arg(decimalText(m_lastStep.values["loss"], 3))
                                  .arg(percentText(m_lastStep.values["contrastive_top1"])));
    });
}

void UpdateQueue::hear(const Diagnosed &diagnosed) {
    put([&] { m_update.training.diagnoses.push_back(diagnosed); });
}

void UpdateQueue::hear(const EvaluationStarted &started) {
    put([&] {
        m_timeLeft.evaluationStarted(TimeLeft::Clock::now());
        m_evaluating = true;
        m_activity = started.title
                         ? Texts::tr("%1, %2").arg(coreText(*started.title), splitText(started.split))
                         : Texts::tr("evaluating on the %1 images").arg(splitText(started.split));
        m_update.lines.append(started.title
                                  ? Texts::tr("Evaluating: %1").arg(m_activity)
                                  : Texts::tr("Evaluating on the %1 images").arg(splitText(started.split)));
    });
}

void UpdateQueue::hear(const EvaluationTrained &trained) {
    put([&] {
        m_activity = Texts::tr("%1: epoch %2 of %3")
                         .arg(coreText(trained.title))
                         .arg(trained.epoch)
                         .arg(trained.epochs);
    });
}

void UpdateQueue::hear(const Evaluated &evaluated) {
    put([&] {
        m_update.training.evaluations.push_back(evaluated);
        m_update.training.evaluations.back().result.predictions.reset(); // the store has them
        m_update.lines.append(describe(evaluated));
    });
}

void UpdateQueue::hear(const CheckpointWritten &written) {
    if (written.kind == CheckpointKind::Last)
        put([&] {
            m_update.lines.append(Texts::tr("Checkpoint written at step %1").arg(countText(written.step)));
        });
}

void UpdateQueue::hear(const TrainingPaused &paused) {
    put([&] {
        m_paused = paused.isPaused;
        m_activity = m_paused ? Texts::tr("paused") : QString();
        if (m_paused)
            m_timeLeft.paused(TimeLeft::Clock::now());
        else
            m_timeLeft.continued(TimeLeft::Clock::now());
        m_update.lines.append(m_paused ? Texts::tr("Paused at step %1").arg(countText(paused.step))
                                       : Texts::tr("Continued at step %1").arg(countText(paused.step)));
    });
}

void UpdateQueue::hear(const RuleFired &rule) {
    put([&] {
        m_update.rules.push_back(rule);
        m_update.lines.append(coreText(ruleSentence(rule)));
    });
}

void UpdateQueue::hear(const Noted &noted) {
    put([&] {
        m_update.lines.append(QString::fromStdString(noted.message));
        m_update.notes.append(m_update.lines.last());
    });
}

void UpdateQueue::hear(const Progressed &progressed) {
    put([&] { m_activity = activityText(progressed); });
}

} // namespace simclr::ui
