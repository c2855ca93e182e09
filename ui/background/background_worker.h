// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>

namespace simclr::ui {

/// A thread for work that would block the UI thread, and the one way in which the window does it.
/// Lives on the UI thread; a member of the class that asks, declared after the members that its work uses.
/// Everything that comes back is called on the UI thread by the event loop, and only while it is still
/// wanted: not after cancel(), and never after the destruction of the worker. The thread starts with the
/// first request.
class BackgroundWorker {
  public:
    /// What a new request does to the earlier ones.
    enum class Policy {
        FinishCurrent, ///< replaces the waiting request; the current one is still answered
        StopCurrent,   ///< replaces all: the current one is requested to stop, and is not answered
        InOrder,       ///< waits for all of them
    };

    /// A request, as its work sees it.
    class Task {
      public:
        Task(BackgroundWorker &worker, std::stop_token stop) : m_worker(worker), m_stop(std::move(stop)) {}

        /// Stop is requested as soon as the answer is no longer wanted.
        const std::stop_token &stop() const { return m_stop; }
        /// Calls `action` on the UI thread before the answer, in the order of the calls: for progress and
        /// partial results.
        void post(std::function<void()> action) const { m_worker.post(m_stop, std::move(action)); }

      private:
        BackgroundWorker &m_worker;
        std::stop_token m_stop;
    };

    /// `begin` is called first in the thread.
    explicit BackgroundWorker(Policy policy, std::function<void()> begin = {});
    /// Drops the waiting requests, requests the current work to stop and waits for it.
    ~BackgroundWorker();

    /// Calls `work(task)` or `work()` in the thread, then `then(its result)` on the UI thread. Work catches
    /// the exceptions that the user should know of; any other one is logged, and its request remains without
    /// an answer.
    template <typename Work, typename Then>
    void ask(Work work, Then then) {
        enqueue([work = std::move(work), then = std::move(then)](const Task &task) -> std::function<void()> {
            using Result = decltype(call(work, task));
            if constexpr (std::is_void_v<Result>) {
                call(work, task);
                return then;
            } else {
                return
                    [then, result = std::make_shared<Result>(call(work, task))] { then(std::move(*result)); };
            }
        });
    }

    /// Drops the waiting requests and the answers, and requests the current work to stop.
    void cancel();
    /// Whether an answer is still to come. False while the last one is delivered.
    bool isWorking() const { return m_unanswered > 0; }

    /// Blocks until the work of all requests is done; their answers are delivered later.
    void wait();
    /// Whether wait() and the destructor would return at once: cancelled work may still be running.
    bool isIdle() const;

  private:
    /// The work of a request; returns what to call on the UI thread.
    using Job = std::function<std::function<void()>(const Task &)>;
    struct Request {
        Job job;
        std::stop_token stop;
    };

    template <typename Work>
    static auto call(const Work &work, const Task &task) {
        if constexpr (std::is_invocable_v<const Work &, const Task &>)
            return work(task);
        else
            return work();
    }

    void enqueue(Job job);
    void post(const std::stop_token &stop, std::function<void()> action);
    void workUntil(const std::stop_token &end);
    void work(const Request &request);
    bool isDone() const { return m_waiting.empty() && !m_isBusy; }

    Policy m_policy;
    std::function<void()> m_begin;
    QObject m_context;       ///< receives what is posted; Qt discards the rest with it
    std::stop_source m_stop; ///< of all requests that are still wanted; used only on the UI thread
    int m_unanswered = 0;

    mutable std::mutex m_mutex; ///< guards m_waiting and m_isBusy
    std::condition_variable_any m_wake;
    std::condition_variable m_done;
    std::deque<Request> m_waiting;
    bool m_isBusy = false;
    std::jthread m_thread; // declared last: destroyed before the members that it uses
};

} // namespace simclr::ui
