// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_control.h"

#include <utility>

namespace simclr {

void TrainingControl::ask(bool &request) {
    const std::scoped_lock lock(m_mutex);
    request = true;
    m_due = true;
    m_changed.notify_all();
}

void TrainingControl::pause() {
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_due = true;
}

void TrainingControl::resume() {
    const std::scoped_lock lock(m_mutex);
    m_paused = false;
    m_due = m_evaluate || m_checkpoint;
    m_changed.notify_all();
}

void TrainingControl::reset() {
    const std::scoped_lock lock(m_mutex);
    m_evaluate = m_checkpoint = false;
    m_paused = m_due = m_stopsAfterEpoch = false;
}

TrainingControl::Requests TrainingControl::take() {
    const std::scoped_lock lock(m_mutex);
    m_due = m_paused.load();
    return {std::exchange(m_evaluate, false), std::exchange(m_checkpoint, false)};
}

bool TrainingControl::waitForRequests(const std::stop_token &stop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, stop, [this] { return !m_paused || m_evaluate || m_checkpoint; });
    return !stop.stop_requested() && (m_evaluate || m_checkpoint);
}

} // namespace simclr
