// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/update_queue.h"

#include "ui/text/training_text.h"

#include <QCoreApplication>
#include <QLocale>
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

void UpdateQueue::begin(std::int64_t evaluateEvery) {
    const std::lock_guard lock(m_mutex);
    m_batch = {};
    m_announced = false;
    m_evaluating = false;
    m_evaluateEvery = evaluateEvery;
    m_timeLeft = {};
    m_lastStep = {};
}

UpdateQueue::Batch UpdateQueue::take() {
    const std::lock_guard lock(m_mutex);
    m_announced = false;
    m_batch.evaluating = m_evaluating;
    return std::exchange(m_batch, {});
}

double UpdateQueue::secondsLeft() const {
    const std::lock_guard lock(m_mutex);
    return m_timeLeft.seconds(TimeLeft::Clock::now());
}

void UpdateQueue::hear(const RunStarted &started) {
    put([&] {
        m_timeLeft = TimeLeft({started.totalSteps, started.stepsPerEpoch, m_evaluateEvery});
        m_batch.started = started;
        m_batch.lines.append(describe(started));
    });
}

void UpdateQueue::hear(const StepFinished &step) {
    put([&] {
        m_timeLeft.stepFinished(step.step, TimeLeft::Clock::now());
        m_lastStep = step;
        m_evaluating = false;
        m_batch.update.steps.push_back(step);
    });
}

void UpdateQueue::hear(const EpochFinished &finished) {
    put([&] {
        m_batch.lines.append(Texts::tr("Epoch %1 done: loss %2, contrastive top-1 %3")
                                 .arg(finished.epoch)
                                 .arg(decimalText(m_lastStep.values["loss"], 3))
                                 .arg(percentText(m_lastStep.values["contrastive_top1"])));
    });
}

void UpdateQueue::hear(const Diagnosed &diagnosed) {
    put([&] { m_batch.update.diagnoses.push_back(diagnosed); });
}

void UpdateQueue::hear(const EvaluationStarted &started) {
    put([&] {
        m_timeLeft.evaluationStarted(TimeLeft::Clock::now());
        m_evaluating = true;
        m_batch.lines.append(Texts::tr("Evaluating: %1").arg(QString::fromStdString(started.what)));
    });
}

void UpdateQueue::hear(const Evaluated &evaluated) {
    put([&] {
        m_batch.update.evaluations.push_back(evaluated);
        m_batch.update.evaluations.back().result.predictions.reset(); // the store has them
        m_batch.lines.append(describe(evaluated));
    });
}

void UpdateQueue::hear(const CheckpointWritten &written) {
    if (written.kind == CheckpointKind::Last)
        put([&] {
            m_batch.lines.append(Texts::tr("Checkpoint written at step %1").arg(countText(written.step)));
        });
}

void UpdateQueue::hear(const Noted &noted) {
    put([&] { m_batch.lines.append(QString::fromStdString(noted.message)); });
}

} // namespace simclr::ui
