// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace simclr::ui {

/// A thread that answers requests, of which only the newest is queued. Owned by the class that makes the
/// requests; the work runs in the thread and delivers its results itself. The destructor requests the current
/// work to stop and waits for it.
template <typename Request>
class NewestRequest {
  public:
    /// What a new request does to the current work.
    enum class Underway { Finish, Stop };
    /// Requests the current work to stop by its stop token.
    using Work = std::function<void(const Request &, const std::stop_token &)>;

    /// `begin` is called once at the start of the thread.
    NewestRequest(Underway underway, Work work, std::function<void()> begin = {})
        : m_underway(underway),
          m_work(std::move(work)),
          m_thread([this, begin = std::move(begin)](const std::stop_token &stop) {
              if (begin)
                  begin();
              answerAll(stop);
          }) {}

    ~NewestRequest() {
        m_thread.request_stop();
        cancel();
    }

    void ask(Request request) {
        const std::lock_guard lock(m_mutex);
        if (m_underway == Underway::Stop)
            m_current.request_stop();
        m_waiting = std::move(request);
        m_wake.notify_one();
    }

    /// Clears the queue and requests the current work to stop.
    void cancel() {
        const std::lock_guard lock(m_mutex);
        m_current.request_stop();
        m_waiting.reset();
    }

  private:
    void answerAll(const std::stop_token &stop) {
        for (;;) {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); }))
                return;
            const Request next = *std::exchange(m_waiting, std::nullopt);
            m_current = std::stop_source();
            const std::stop_token current = m_current.get_token();
            lock.unlock();
            m_work(next, current);
        }
    }

    Underway m_underway;
    Work m_work;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Request> m_waiting;
    std::stop_source m_current;
    std::jthread m_thread; // declared last: destroyed before the members that it uses
};

} // namespace simclr::ui
