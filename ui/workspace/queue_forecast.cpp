// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/queue_forecast.h"

#include "core/store/connection.h"

#include <utility>

namespace simclr::ui {

namespace {

/// More runs would not change the median by much.
constexpr std::int64_t mostRuns = 200;

using TimesByImages = std::map<std::string, EpochTimes>;

/// Nothing where the store cannot be read: that is shown as unknown.
TimesByImages timesOf(const std::filesystem::path &database, const std::set<std::string> &fingerprints) {
    TimesByImages times;
    try {
        std::error_code ignored;
        if (!std::filesystem::exists(database, ignored))
            return times;
        Connection connection(database, Connection::Access::ReadOnly);
        for (const std::string &fingerprint : fingerprints)
            times[fingerprint] = epochTimes(runTimes(connection, fingerprint, mostRuns));
    } catch (const Error &) {
        return times;
    }
    return times;
}

std::optional<double> expectedFrom(const TimesByImages &known, const TrainJob &job) {
    const auto images = known.find(job.images.fingerprint);
    return images == known.end() ? std::nullopt : expectedSeconds(job.configuration, images->second);
}

} // namespace

QueueForecast::QueueForecast(ComputeQueue &queue, std::filesystem::path database, QObject *parent)
    : QObject(parent), m_queue(queue), m_database(std::move(database)) {
    constexpr int intervalMs = 2000;
    connect(&queue, &ComputeQueue::changed, this, &QueueForecast::lookAtQueue);
    connect(&m_clock, &QTimer::timeout, this, &QueueForecast::tick);
    m_clock.start(intervalMs);
    connect(&queue, &ComputeQueue::finished, this,
            [this](const QueuedJob &job, const JobOutcome &outcome) { learn(job, outcome); });
}

double QueueForecast::secondsOf(const TrainJob &job) const {
    if (const auto known = expectedFrom(m_known, job))
        return *known;
    return expectedFrom(m_measured, job).value_or(-1);
}

double QueueForecast::secondsOf(const QueuedJob &job) const {
    if (job.isRunning)
        return isTraining(job.job) ? m_queue.secondsLeft() : -1;
    const auto *train = std::get_if<TrainJob>(&job.job);
    if (train == nullptr)
        return -1;
    const auto cached = m_cache.constFind(job.id);
    return cached != m_cache.constEnd() ? *cached : *m_cache.insert(job.id, secondsOf(*train));
}

double QueueForecast::secondsOfAll() const {
    double sum = 0;
    for (const QueuedJob &job : m_queue.jobs()) {
        if (!needsDevice(job.job))
            continue;
        const double seconds = secondsOf(job);
        if (seconds < 0)
            return -1;
        sum += seconds;
    }
    return sum;
}

void QueueForecast::tick() {
    if (m_queue.waiting() > 0 && m_queue.computing() != nullptr)
        Q_EMIT changed();
}

void QueueForecast::lookAtQueue() {
    for (const QueuedJob &job : m_queue.jobs())
        if (const auto *train = std::get_if<TrainJob>(&job.job))
            look(train->images);
}

void QueueForecast::look(const JobImages &images) {
    if (m_known.contains(images.fingerprint) || !m_toRead.insert(images.fingerprint).second)
        return;
    read();
}

void QueueForecast::read() {
    m_worker.ask([database = m_database, wanted = m_toRead] { return timesOf(database, wanted); },
                 [this](const TimesByImages &times) {
                     for (const auto &[fingerprint, known] : times) {
                         m_known[fingerprint] = known;
                         m_toRead.erase(fingerprint);
                     }
                     m_cache.clear();
                     Q_EMIT changed();
                 });
}

void QueueForecast::learn(const QueuedJob &job, const JobOutcome &outcome) {
    m_cache.remove(job.id);
    if (const auto *measured = std::get_if<Preflight>(&outcome.product)) {
        const auto &request = std::get<PreflightJob>(job.job);
        m_measured[request.images.fingerprint][shapeOf(request.configuration)] =
            measured->seconds / static_cast<double>(request.configuration.options.epochs);
        m_cache.clear();
        Q_EMIT changed();
    } else if (const auto *train = std::get_if<TrainJob>(&job.job);
               train != nullptr && outcome.end == JobEnd::Done) {
        m_toRead.insert(train->images.fingerprint);
        read();
    }
}

} // namespace simclr::ui
