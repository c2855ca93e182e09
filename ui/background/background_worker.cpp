// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/background/background_worker.h"

#include <QDebug>
#include <exception>

namespace simclr::ui {

BackgroundWorker::BackgroundWorker(Policy policy, std::function<void()> begin)
    : m_policy(policy), m_begin(std::move(begin)) {}

BackgroundWorker::~BackgroundWorker() {
    cancel(); // m_thread ends itself and is waited for
}

void BackgroundWorker::enqueue(Job job) {
    if (m_policy == Policy::StopCurrent)
        cancel();
    ++m_unanswered;
    {
        const std::lock_guard lock(m_mutex);
        if (m_policy == Policy::FinishCurrent) {
            m_unanswered -= int(m_waiting.size());
            m_waiting.clear();
        }
        m_waiting.push_back({std::move(job), m_stop.get_token()});
    }
    m_wake.notify_one();
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token &end) { workUntil(end); });
}

void BackgroundWorker::cancel() {
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.clear(); // before the current work ends, which would start the next
    }
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_unanswered = 0;
}

void BackgroundWorker::wait() {
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return isDone(); });
}

bool BackgroundWorker::isIdle() const {
    const std::lock_guard lock(m_mutex);
    return isDone();
}

/// Stop is requested only on the UI thread, where `action` is called: what was outdated before is never
/// called.
void BackgroundWorker::post(const std::stop_token &stop, std::function<void()> action) {
    QMetaObject::invokeMethod(
        &m_context,
        [stop, action = std::move(action)] {
            if (!stop.stop_requested())
                action();
        },
        Qt::QueuedConnection);
}

void BackgroundWorker::workUntil(const std::stop_token &end) {
    if (m_begin)
        m_begin();
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, end, [this] { return !m_waiting.empty(); })) {
        {
            const Request next = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_isBusy = true;
            lock.unlock();
            work(next);
        } // what the request holds is released before the worker is done
        lock.lock();
        m_isBusy = false;
        m_done.notify_all();
    }
}

void BackgroundWorker::work(const Request &request) {
    std::function<void()> answer = [] {};
    try {
        answer = request.job(Task(*this, request.stop));
    } catch (const std::exception &error) {
        qCritical("Background work failed: %s", error.what());
    } catch (...) {
        qCritical("Background work failed with an unknown exception");
    }
    post(request.stop, [this, answer = std::move(answer)] {
        --m_unanswered;
        answer();
    });
}

} // namespace simclr::ui
