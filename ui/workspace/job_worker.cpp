// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/job_worker.h"

#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int updateMilliseconds = 50;

} // namespace

JobWorker::JobWorker(const std::filesystem::path &database, DatasetCache &images, QObject *parent)
    : QObject(parent),
      m_updates([this] {
          QMetaObject::invokeMethod(
              this, [this] { wake(); }, Qt::QueuedConnection);
      }),
      m_execution(database, images) {
    m_drainTimer.setSingleShot(true);
    connect(&m_drainTimer, &QTimer::timeout, this, &JobWorker::drain);
}

JobWorker::~JobWorker() {
    m_stop.request_stop(); // m_worker waits for the job
}

void JobWorker::start(const Job &job) {
    m_stop = std::stop_source();
    m_control.reset();
    m_updates.begin();
    m_busy = true;
    m_worker.ask(
        [this, job, token = m_stop.get_token()](const BackgroundWorker::Task &) {
            return m_execution.execute(job, m_updates, token, &m_control);
        },
        [this](const JobOutcome &outcome) { finish(outcome); });
}

void JobWorker::stop() {
    m_stop.request_stop();
}

void JobWorker::closeImages() {
    m_worker.ask([this](const BackgroundWorker::Task &) { m_execution.closeImages(); }, [] {});
}

double JobWorker::secondsLeft() const {
    return m_busy ? m_updates.secondsLeft() : -1;
}

double JobWorker::secondsLeftInEpoch() const {
    return m_busy ? m_updates.secondsLeftInEpoch() : -1;
}

void JobWorker::wake() {
    if (m_drainTimer.isActive())
        return;
    const qint64 wait = m_sinceDrain.isValid() ? updateMilliseconds - m_sinceDrain.elapsed() : 0;
    m_drainTimer.start(static_cast<int>(std::clamp<qint64>(wait, 0, updateMilliseconds)));
}

void JobWorker::drain() {
    m_sinceDrain.start();
    Q_EMIT updated(m_updates.take());
}

void JobWorker::finish(const JobOutcome &outcome) {
    m_drainTimer.stop();
    drain();
    m_busy = false;
    Q_EMIT finished(outcome);
}

} // namespace simclr::ui
