// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace simclr {

/// What others ask of a training in progress. It does so between two steps. Owned by whoever starts the
/// training, and used from any number of threads; the second part by the thread that trains.
class TrainingControl {
  public:
    /// Once, as soon as the current step is done.
    void evaluateNow() { ask(m_evaluate); }
    void checkpointNow() { ask(m_checkpoint); }
    /// No step is taken until resume().
    void pause();
    void resume();
    /// Ends the training after the current epoch and its evaluation, as a stop does; false takes it back.
    void stopAfterEpoch(bool wanted) { m_stopsAfterEpoch = wanted; }
    bool isPaused() const { return m_paused; }
    bool stopsAfterEpoch() const { return m_stopsAfterEpoch; }
    /// Takes all requests back, for the next training.
    void reset();

    // For the training.

    struct Requests {
        bool evaluate = false;
        bool checkpoint = false;
    };

    /// Whether there is something to do between two steps. Cheap.
    bool isDue() const { return m_due; }
    /// Those since the last call.
    Requests take();
    /// Blocks while the training is paused. Returns true if there are requests to serve, false if training
    /// continues or a stop is requested.
    bool waitForRequests(const std::stop_token &stop);

  private:
    void ask(bool &request);

    std::mutex m_mutex; ///< guards m_evaluate and m_checkpoint, and changes of the others that wake
    std::condition_variable_any m_changed;
    bool m_evaluate = false;
    bool m_checkpoint = false;
    std::atomic<bool> m_paused = false;
    std::atomic<bool> m_due = false;
    std::atomic<bool> m_stopsAfterEpoch = false;
};

} // namespace simclr
