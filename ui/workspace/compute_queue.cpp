// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/compute_queue.h"

#include "ui/workspace/job_keeper.h"
#include "ui/workspace/job_worker.h"
#include "ui/workspace/queue_pause.h"

#include <QUuid>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

JobState stateOf(JobEnd end) {
    switch (end) {
    case JobEnd::Done:
        return JobState::Done;
    case JobEnd::Cancelled:
        return JobState::Cancelled;
    case JobEnd::Failed:
        break;
    }
    return JobState::Failed;
}

/// The run that a training has begun; 0 if it ended before.
RunId runOf(const JobOutcome &outcome) {
    const auto *run = std::get_if<RunOutcome>(&outcome.product);
    return run == nullptr ? 0 : run->run;
}

bool isUrgent(const Job &job) {
    return std::holds_alternative<PreflightJob>(job);
}

} // namespace

struct ComputeQueue::Impl {
    /// The jobs of one kind, one at a time.
    struct Lane {
        Lane(bool forDevices, const std::filesystem::path &database, DatasetCache &images)
            : computes(forDevices), worker(database, images) {}

        bool computes;
        JobId current; ///< empty while idle
        QStringList notes;
        JobWorker worker;
    };

    Impl(ComputeQueue &queue, const std::filesystem::path &database, DatasetCache &images);

    void connectLane(Lane &lane);
    void insert(QueuedJob job);
    void startSoon();
    void startNext(Lane &lane);
    void start(Lane &lane, std::vector<QueuedJob>::iterator job);
    void update(Lane &lane, const JobUpdate &update);
    void finish(Lane &lane, const JobOutcome &outcome);
    void noteFailure(const QueuedJob &job, const JobOutcome &outcome);
    void pauseItself(const QString &reason);
    void restore(const LeftJobs &left);
    std::vector<TroubledJob>::iterator findTroubled(const JobId &id);
    void keepOrder();
    void waitAgain(QueuedJob &job);
    void stop(QueuedJob &job);
    void remove(std::vector<QueuedJob>::iterator job);
    std::vector<QueuedJob>::iterator find(const JobId &id);
    Lane &laneOf(const QueuedJob &job) { return needsDevice(job.job) ? m_computing : m_writing; }

    ComputeQueue &m_owner;
    std::vector<QueuedJob> m_jobs;
    bool m_closing = false;
    JobKeeper m_keeper;
    QueuePause m_pause;
    FailureWatch m_failures;
    std::vector<TroubledJob> m_troubled;
    Lane m_computing;
    Lane m_writing;
};

ComputeQueue::Impl::Impl(ComputeQueue &queue, const std::filesystem::path &database, DatasetCache &images)
    : m_owner(queue),
      m_keeper(database),
      m_pause(database),
      m_computing(true, database, images),
      m_writing(false, database, images) {
    connectLane(m_computing);
    connectLane(m_writing);
    connect(&m_keeper, &JobKeeper::failed, &queue, [&queue](const QString &reason) {
        Q_EMIT queue.keepingFailed(
            ComputeQueue::tr("The queue cannot be kept for the next start of the program: %1").arg(reason));
    });
    connect(&m_keeper, &JobKeeper::unreadable, &queue, [&queue](const QString &reason) {
        Q_EMIT queue.keepingFailed(
            ComputeQueue::tr("The jobs that wait since the last time cannot be read: %1").arg(reason));
    });
}

void ComputeQueue::Impl::connectLane(Lane &lane) {
    connect(&lane.worker, &JobWorker::updated, &m_owner,
            [this, &lane](const JobUpdate &news) { update(lane, news); });
    connect(&lane.worker, &JobWorker::finished, &m_owner,
            [this, &lane](const JobOutcome &outcome) { finish(lane, outcome); });
}

std::vector<QueuedJob>::iterator ComputeQueue::Impl::find(const JobId &id) {
    return std::ranges::find(m_jobs, id, &QueuedJob::id);
}

void ComputeQueue::Impl::insert(QueuedJob job) {
    const auto place =
        isUrgent(job.job) ? std::ranges::find(m_jobs, false, &QueuedJob::isRunning) : m_jobs.end();
    m_jobs.insert(place, std::move(job));
    Q_EMIT m_owner.changed();
    startSoon();
}

/// Not at once, so that whoever submits a job knows its id before it starts.
void ComputeQueue::Impl::startSoon() {
    QMetaObject::invokeMethod(
        &m_owner,
        [this] {
            startNext(m_computing);
            startNext(m_writing);
        },
        Qt::QueuedConnection);
}

void ComputeQueue::Impl::startNext(Lane &lane) {
    if (m_closing || !lane.current.isEmpty())
        return;
    const auto next = std::ranges::find_if(m_jobs, [&](const QueuedJob &job) {
        return !job.isRunning && needsDevice(job.job) == lane.computes &&
               (!lane.computes || !m_pause.isOn() || isUrgent(job.job));
    });
    if (next != m_jobs.end())
        start(lane, next);
    else
        lane.worker.closeImages();
}

void ComputeQueue::Impl::start(Lane &lane, std::vector<QueuedJob>::iterator job) {
    std::rotate(std::ranges::find(m_jobs, false, &QueuedJob::isRunning), job, job + 1);
    job = std::ranges::find(m_jobs, false, &QueuedJob::isRunning);
    job->isRunning = true;
    lane.current = job->id;
    lane.notes.clear();
    const QueuedJob started = *job;
    if (isKept(started.job))
        m_keeper.start(started.id);
    lane.worker.start(started.job);
    Q_EMIT m_owner.started(started);
    Q_EMIT m_owner.changed();
}

void ComputeQueue::Impl::update(Lane &lane, const JobUpdate &update) {
    const auto job = find(lane.current);
    if (job == m_jobs.end())
        return;
    lane.notes += update.notes;
    const bool hasPaused = std::exchange(job->isPaused, update.isPaused) != update.isPaused;
    const bool isNew = std::exchange(job->activity, update.activity) != update.activity || hasPaused;
    const QueuedJob current = *job;
    Q_EMIT m_owner.updated(current, update);
    if (isNew)
        Q_EMIT m_owner.changed();
}

void ComputeQueue::Impl::finish(Lane &lane, const JobOutcome &outcome) {
    const auto job = find(std::exchange(lane.current, {}));
    if (m_closing && outcome.end == JobEnd::Cancelled && isKept(job->job) && runOf(outcome) == 0)
        return waitAgain(*job);
    const QueuedJob ended = std::move(*job);
    m_jobs.erase(job);
    if (isKept(ended.job))
        m_keeper.finish(ended.id, stateOf(outcome.end), QString::fromStdString(outcome.failure));
    noteFailure(ended, outcome);
    Q_EMIT m_owner.finished(ended, outcome, std::exchange(lane.notes, {}));
    Q_EMIT m_owner.changed();
    startSoon();
}

void ComputeQueue::Impl::noteFailure(const QueuedJob &job, const JobOutcome &outcome) {
    if (!isKept(job.job))
        return;
    const QString reason = QString::fromStdString(outcome.failure);
    if (outcome.end == JobEnd::Failed)
        m_troubled.push_back({job.id, job.job, false, reason});
    const bool isRepeated = m_failures.ended(outcome.end == JobEnd::Failed, reason);
    if (outcome.concernsAll)
        pauseItself(
            ComputeQueue::tr("The queue is paused, because other jobs would fail too: %1").arg(reason));
    else if (isRepeated)
        pauseItself(
            ComputeQueue::tr("The queue is paused, because jobs fail one after another: %1").arg(reason));
}

void ComputeQueue::Impl::pauseItself(const QString &reason) {
    if (m_pause.isOn())
        return;
    m_pause.set(true, reason);
    Q_EMIT m_owner.pausedItself(reason);
}

std::vector<TroubledJob>::iterator ComputeQueue::Impl::findTroubled(const JobId &id) {
    return std::ranges::find(m_troubled, id, &TroubledJob::id);
}

void ComputeQueue::Impl::restore(const LeftJobs &left) {
    for (const KeptJob &each : left.troubled)
        if (findTroubled(each.id) == m_troubled.end())
            m_troubled.push_back({each.id, each.job, each.state == JobState::Interrupted, each.message});
    for (const KeptJob &each : left.waiting) // no job that waits again is urgent
        m_jobs.push_back({.id = each.id, .job = each.job, .activity = {}});
    Q_EMIT m_owner.changed();
    startSoon();
}

void ComputeQueue::Impl::keepOrder() {
    QStringList ids;
    for (const QueuedJob &each : m_jobs)
        if (isKept(each.job))
            ids.append(each.id);
    m_keeper.arrange(ids);
}

void ComputeQueue::Impl::waitAgain(QueuedJob &job) {
    const QueuedJob stopped = job;
    job.isRunning = job.isStopping = false;
    job.activity.clear();
    m_keeper.release(stopped.id);
    Q_EMIT m_owner.finished(stopped, {JobEnd::Cancelled, {}, false, {}}, {});
    Q_EMIT m_owner.changed();
}

void ComputeQueue::Impl::stop(QueuedJob &job) {
    if (std::exchange(job.isStopping, true))
        return;
    laneOf(job).worker.stop();
    const QueuedJob stopped = job;
    Q_EMIT m_owner.stopRequested(stopped);
    Q_EMIT m_owner.changed();
}

void ComputeQueue::Impl::remove(std::vector<QueuedJob>::iterator job) {
    const QueuedJob removed = std::move(*job);
    m_jobs.erase(job);
    if (isKept(removed.job))
        m_keeper.remove(removed.id);
    Q_EMIT m_owner.finished(removed, {JobEnd::Cancelled, {}, false, {}}, {});
    Q_EMIT m_owner.changed();
}

ComputeQueue::ComputeQueue(std::filesystem::path database, DatasetCache &images, QObject *parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, database, images)) {}

ComputeQueue::~ComputeQueue() {
    blockSignals(true);
    m_impl->m_computing.worker.stop();
    m_impl->m_writing.worker.stop();
}

JobId ComputeQueue::submit(Job job) {
    m_impl->m_closing = false;
    const JobId id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (isKept(job))
        m_impl->m_keeper.add(id, job);
    m_impl->insert({.id = id, .job = std::move(job), .activity = {}});
    return id;
}

void ComputeQueue::restore() {
    m_impl->m_keeper.takeOver([this](const LeftJobs &left) { m_impl->restore(left); });
}

void ComputeQueue::submit(std::vector<Job> jobs) {
    m_impl->m_closing = false;
    std::vector<KeptJob> kept;
    for (Job &job : jobs)
        kept.push_back({QUuid::createUuid().toString(QUuid::WithoutBraces), std::move(job)});
    m_impl->m_keeper.add(kept);
    for (KeptJob &each : kept)
        m_impl->m_jobs.push_back({.id = each.id, .job = std::move(each.job), .activity = {}});
    Q_EMIT changed();
    m_impl->startSoon();
}

const std::vector<TroubledJob> &ComputeQueue::troubled() const {
    return m_impl->m_troubled;
}

bool ComputeQueue::isPaused() const {
    return m_impl->m_pause.isOn();
}

QString ComputeQueue::pauseReason() const {
    return m_impl->m_pause.reason();
}

double ComputeQueue::secondsLeftInEpoch() const {
    return m_impl->m_computing.worker.secondsLeftInEpoch();
}

TrainingControl &ComputeQueue::control() {
    return m_impl->m_computing.worker.control();
}

void ComputeQueue::pause() {
    m_impl->m_pause.set(true, {});
    Q_EMIT changed();
}

void ComputeQueue::resume() {
    m_impl->m_pause.set(false, {});
    m_impl->m_failures = {};
    Q_EMIT changed();
    m_impl->startSoon();
}

void ComputeQueue::move(JobId id, int by) {
    auto &all = m_impl->m_jobs;
    const auto job = m_impl->find(id);
    if (job == all.end() || job->isRunning)
        return;
    const auto first = std::ranges::find(all, false, &QueuedJob::isRunning) - all.begin();
    const auto from = job - all.begin();
    const auto to = std::clamp<std::ptrdiff_t>(from + by, first, std::ssize(all) - 1);
    if (to < from)
        std::rotate(all.begin() + to, job, job + 1);
    else
        std::rotate(job, job + 1, all.begin() + to + 1);
    m_impl->keepOrder();
    Q_EMIT changed();
}

void ComputeQueue::repeat(JobId id) {
    const auto found = m_impl->findTroubled(id);
    if (found == m_impl->m_troubled.end())
        return;
    QueuedJob job{.id = id, .job = std::move(found->job), .activity = {}};
    m_impl->m_troubled.erase(found);
    m_impl->m_keeper.repeat(id);
    m_impl->insert(std::move(job));
}

void ComputeQueue::dismiss(JobId id) {
    const auto found = m_impl->findTroubled(id);
    if (found == m_impl->m_troubled.end())
        return;
    m_impl->m_troubled.erase(found);
    m_impl->m_keeper.remove(id);
    Q_EMIT changed();
}

const std::vector<QueuedJob> &ComputeQueue::jobs() const {
    return m_impl->m_jobs;
}

const QueuedJob *ComputeQueue::job(const JobId &id) const {
    const auto found = m_impl->find(id);
    return found == m_impl->m_jobs.end() ? nullptr : &*found;
}

const QueuedJob *ComputeQueue::computing() const {
    return job(m_impl->m_computing.current);
}

bool ComputeQueue::isBusy() const {
    return std::ranges::any_of(jobs(),
                               [](const QueuedJob &each) { return each.isRunning && isKept(each.job); });
}

int ComputeQueue::waiting() const {
    return static_cast<int>(std::ranges::count_if(
        jobs(), [](const QueuedJob &each) { return !each.isRunning && needsDevice(each.job); }));
}

bool ComputeQueue::uses(RunId run) const {
    return std::ranges::any_of(
        jobs(), [run](const QueuedJob &each) { return each.isRunning && runOf(each.job) == run; });
}

double ComputeQueue::secondsLeft() const {
    return m_impl->m_computing.worker.secondsLeft();
}

void ComputeQueue::cancel(JobId id) {
    const auto job = m_impl->find(id);
    if (job == m_impl->m_jobs.end())
        return;
    if (job->isRunning)
        m_impl->stop(*job);
    else
        m_impl->remove(job);
}

void ComputeQueue::close() {
    m_impl->m_closing = true;
    for (const Impl::Lane *lane : {&m_impl->m_computing, &m_impl->m_writing})
        if (const auto job = m_impl->find(lane->current); job != m_impl->m_jobs.end())
            m_impl->stop(*job);
}

} // namespace simclr::ui
