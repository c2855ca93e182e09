// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/time_left.h"

#include <algorithm>
#include <numeric>

namespace simclr::ui {

namespace {

double secondsBetween(TimeLeft::Clock::time_point from, TimeLeft::Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

} // namespace

void TimeLeft::stepFinished(std::int64_t step, Clock::time_point now) {
    if (m_pausing) {
        const double stepTime = m_recent.empty() ? 0 : secondsPerStep();
        m_pauses += std::max(0.0, secondsBetween(m_pauseStart, now) - stepTime);
        ++m_pauseCount;
        m_pausing = false;
    } else if (m_step > 0) {
        m_recent.push_back(secondsBetween(m_lastStep, now));
        if (m_recent.size() > recentSteps)
            m_recent.pop_front();
    }
    m_step = step;
    m_lastStep = now;
}

void TimeLeft::evaluationStarted(Clock::time_point now) {
    if (m_pausing)
        return;
    m_pausing = true;
    m_pauseStart = now;
}

void TimeLeft::paused(Clock::time_point now) {
    if (!m_heldSince)
        m_heldSince = now;
}

/// As if all that was before had happened later.
void TimeLeft::continued(Clock::time_point now) {
    if (!m_heldSince)
        return;
    const auto held = now - *m_heldSince;
    m_lastStep += held;
    m_pauseStart += held;
    m_heldSince.reset();
}

double TimeLeft::secondsPerStep() const {
    return std::accumulate(m_recent.begin(), m_recent.end(), 0.0) / static_cast<double>(m_recent.size());
}

std::int64_t TimeLeft::evaluationsLeft() const {
    if (m_plan.stepsPerEpoch <= 0)
        return 0;
    const std::int64_t epochs = m_plan.totalSteps / m_plan.stepsPerEpoch;
    const std::int64_t done = m_step / m_plan.stepsPerEpoch;
    constexpr std::int64_t atEnd = 1;
    if (m_plan.evaluateEvery <= 0)
        return atEnd;
    return epochs / m_plan.evaluateEvery - done / m_plan.evaluateEvery + atEnd;
}

double TimeLeft::seconds(Clock::time_point now) const {
    if (m_recent.empty())
        return -1;
    const double pause = m_pauseCount > 0 ? m_pauses / m_pauseCount : 0;
    const double steps = static_cast<double>(m_plan.totalSteps - m_step) * secondsPerStep();
    const double pauses = static_cast<double>(evaluationsLeft()) * pause;
    const double left = steps + pauses - secondsSinceLast(now);
    return left > 0 ? left : -1;
}

double TimeLeft::secondsSinceLast(Clock::time_point now) const {
    return secondsBetween(m_pausing ? m_pauseStart : m_lastStep, m_heldSince.value_or(now));
}

double TimeLeft::secondsInEpoch(Clock::time_point now) const {
    if (m_recent.empty() || m_plan.stepsPerEpoch <= 0)
        return -1;
    const std::int64_t steps = m_plan.stepsPerEpoch - m_step % m_plan.stepsPerEpoch;
    const double sinceLast = m_pausing ? 0 : secondsSinceLast(now);
    return std::max(0.0, static_cast<double>(steps) * secondsPerStep() - sinceLast);
}

} // namespace simclr::ui
