// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/run_strip.h"

#include "ui/text/job_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/style_painting.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/training_session.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

/// A dot in the colour of the run; hollow while there is no run.
class RunDot : public QWidget {
  public:
    RunDot(ComputeQueue &queue, TrainingSession &session) : m_queue(queue), m_session(session) {
        setFixedSize(10, 10);
    }

  protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        const QueuedJob *job = m_queue.computing();
        const RunId run = m_session.isRunning() ? m_session.runId() : job != nullptr ? runOf(job->job) : 0;
        const bool on = run > 0;
        painting::box(&painter, QRectF(1, 1, 8, 8), on ? theme::runColor(run) : QColor(),
                      on ? QColor() : theme::mutedText(), 4);
    }

  private:
    ComputeQueue &m_queue;
    TrainingSession &m_session;
};

} // namespace

RunStrip::RunStrip(ComputeQueue &queue, TrainingSession &session, QWidget *parent)
    : QWidget(parent),
      m_queue(queue),
      m_session(session),
      m_dot(new RunDot(queue, session)),
      m_name(new ElidedLabel),
      m_epoch(mutedLabel()),
      m_bar(new QProgressBar),
      m_speed(mutedLabel()),
      m_left(mutedLabel()),
      m_waiting(mutedLabel()),
      m_stop(new QPushButton(tr("Stop"))) {
    setObjectName(QStringLiteral("runStrip"));
    setFixedHeight(36);
    m_name->setObjectName(QStringLiteral("stripName"));
    m_epoch->setObjectName(QStringLiteral("stripEpoch"));
    m_bar->setObjectName(QStringLiteral("stripProgress"));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(220, 8);
    m_bar->setRange(0, 1000);
    m_speed->setObjectName(QStringLiteral("stripSpeed"));
    m_left->setObjectName(QStringLiteral("stripLeft"));
    m_waiting->setObjectName(QStringLiteral("stripWaiting"));
    m_waiting->setToolTip(
        tr("Jobs that start when those before them have ended, and those that failed; click "
           "to see the queue"));
    m_stop->setObjectName(QStringLiteral("stripStop"));
    m_stop->setIcon(theme::icon(QStringLiteral("media-playback-stop")));
    m_stop->setToolTip(
        tr("Stops what is in progress, a training after its current batch; finished work is kept"));
    m_stop->setFixedHeight(26);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(14);
    row->addWidget(m_dot);
    row->addWidget(m_name, 1);
    row->addWidget(m_epoch);
    row->addWidget(m_bar);
    row->addWidget(m_speed);
    row->addWidget(m_left);
    row->addWidget(m_waiting);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, &RunStrip::stop);
    connect(&session, &TrainingSession::stopRequested, this, &RunStrip::showProgress);
    connect(&session, &TrainingSession::startRequested, this, &RunStrip::showStarting);
    connect(&session, &TrainingSession::runStarted, this, &RunStrip::showProgress);
    connect(&session, &TrainingSession::updated, this, &RunStrip::showProgress);
    connect(&session, &TrainingSession::evaluatingChanged, this, &RunStrip::showProgress);
    connect(&session, &TrainingSession::pausedChanged, this, &RunStrip::showProgress);
    connect(&session, &TrainingSession::finished, this,
            [this](RunEnd end, qint64 run, const QString &message) {
                showFinished(run, end == RunEnd::Failed, message);
            });
    connect(&queue, &ComputeQueue::changed, this, &RunStrip::showQueue);
    connect(&queue, &ComputeQueue::finished, this,
            [this](const QueuedJob &job, const JobOutcome &outcome, const QStringList &notes) {
                if (job.isRunning && needsDevice(job.job) && !isTraining(job.job))
                    showFinished(runOf(job.job), outcome.end == JobEnd::Failed,
                                 outcomeText(job.job, outcome, notes));
            });
    setRunning(false);
    m_isIdle = true;
    setIdleText({});
    showQueue();
}

void RunStrip::setRunning(bool running) {
    m_isIdle = false;
    if (!running && m_stop->hasFocus())
        setFocus(); // or another page would get it
    for (QWidget *widget : std::initializer_list<QWidget *>{m_epoch, m_bar, m_speed, m_left, m_stop})
        widget->setVisible(running);
    m_name->setMuted(!running);
    m_dot->update();
}

void RunStrip::showStarting() {
    m_notice.clear();
    setRunning(true);
    m_name->setText(tr("Starting a run …"));
    m_epoch->clear();
    m_speed->clear();
    m_left->clear();
    m_bar->setValue(0);
    m_stop->setEnabled(true);
}

void RunStrip::showProgress() {
    if (!m_session.isRunning())
        return;
    m_stop->setEnabled(!m_session.isStopping());
    const StepFinished &step = m_session.lastStep();
    const RunStarted &started = m_session.started();
    if (started.totalSteps == 0)
        return; // it has not begun
    const QString run = QString::fromStdString(started.name);
    const QString name = m_notice.isEmpty() ? run : tr("%1 · %2").arg(run, m_notice);
    m_name->setText(m_session.isStopping() ? tr("%1 · stopping after this batch …").arg(name) : name);
    const qint64 epochs = started.epochs;
    m_epoch->setText(
        tr("epoch %1 of %2").arg(std::clamp<qint64>(qint64(std::ceil(step.epoch)), 1, epochs)).arg(epochs));
    m_bar->setValue(int(1000 * step.step / started.totalSteps));
    if (const double speed = step.values["images_per_second"]; speed > 0)
        m_speed->setText(tr("%1 images/s").arg(QLocale().toString(qlonglong(std::llround(speed)))));
    const double left = m_session.secondsLeft();
    if (m_session.isPaused())
        m_left->setText(tr("paused"));
    else if (m_session.isEvaluating())
        m_left->setText(tr("evaluating …"));
    else
        m_left->setText(left >= 0 ? tr("%1 left").arg(durationText(left)) : QString());
    m_dot->update();
}

void RunStrip::showQueue() {
    const int waiting = m_queue.waiting();
    const auto failed = static_cast<int>(m_queue.troubled().size());
    m_waiting->setVisible(waiting > 0 || failed > 0 || m_queue.isPaused());
    QStringList parts;
    if (m_queue.isPaused())
        parts.append(tr("queue paused"));
    if (waiting > 0)
        parts.append(tr("%n waiting", nullptr, waiting));
    if (failed > 0)
        parts.append(tr("%n failed", nullptr, failed));
    m_waiting->setText(parts.join(QStringLiteral(" · ")));
    const QueuedJob *job = m_queue.computing();
    if (job != nullptr && !isTraining(job->job))
        showOther(*job);
    else if (job != nullptr && m_session.started().totalSteps == 0)
        showState(*job);
}

void RunStrip::showOther(const QueuedJob &job) {
    setRunning(true);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_epoch, m_bar, m_speed, m_left})
        widget->hide();
    m_stop->setEnabled(!job.isStopping);
    showState(job);
}

void RunStrip::showState(const QueuedJob &job) {
    const QString title = jobTitle(job.job);
    m_name->setText(job.isStopping           ? tr("%1 · stopping …").arg(title)
                    : job.activity.isEmpty() ? tr("%1 …").arg(title)
                                             : tr("%1 · %2").arg(title, job.activity));
}

/// A second click of a double click must not stop the job that starts next.
void RunStrip::stop() {
    constexpr int together = 600; // ms
    if (m_sinceStop.isValid() && m_sinceStop.elapsed() < together)
        return;
    m_sinceStop.start();
    if (const QueuedJob *job = m_queue.computing())
        m_queue.cancel(job->id);
}

void RunStrip::forget(const QList<qint64> &runs) {
    if (!runs.contains(m_finishedRun) || m_queue.computing() != nullptr)
        return;
    showIdle();
}

void RunStrip::setIdleText(const QString &text) {
    m_idle = text.isEmpty() ? tr("No run in progress") : text;
    if (m_isIdle)
        showIdle();
}

void RunStrip::showIdle() {
    m_isIdle = true;
    m_name->setMuted(true);
    m_name->setText(m_idle);
}

void RunStrip::showFinished(qint64 run, bool isProblem, const QString &message) {
    m_finishedRun = run;
    setRunning(false);
    m_name->setMuted(!isProblem);
    m_name->setText(m_notice.isEmpty() ? message : tr("%1 · %2").arg(m_notice, message));
    m_notice.clear();
}

void RunStrip::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::sunken());
    painter.setPen(theme::border());
    painter.drawLine(0, 0, width(), 0);
}

void RunStrip::showNotice(const QString &text) {
    if (m_session.isRunning()) {
        m_notice = text;
        return showProgress();
    }
    m_isIdle = false;
    m_name->setText(text);
}

void RunStrip::mouseReleaseEvent(QMouseEvent *event) {
    if (m_waiting->isVisible() && m_waiting->geometry().contains(event->pos())) {
        Q_EMIT queueRequested();
        return;
    }
    const QueuedJob *job = m_queue.computing();
    if (job != nullptr && std::holds_alternative<EvaluateJob>(job->job))
        Q_EMIT evaluatedRunRequested(runOf(job->job));
    else
        Q_EMIT trainRequested();
}

} // namespace simclr::ui
