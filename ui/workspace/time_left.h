// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace simclr::ui {

/// Estimates the remaining time of a run: the remaining steps at the recent speed, plus the remaining
/// evaluations, each as long as the mean pause for an evaluation so far. Plain value.
class TimeLeft {
  public:
    using Clock = std::chrono::steady_clock;

    struct Plan {
        std::int64_t totalSteps = 0;
        std::int64_t stepsPerEpoch = 0;
        std::int64_t evaluateEvery = 0; ///< epochs; 0: only at the end
    };

    TimeLeft() = default;
    explicit TimeLeft(const Plan &plan) : m_plan(plan) {}

    void stepFinished(std::int64_t step, Clock::time_point now);
    /// The time until the next step counts as a pause, not as a step.
    void evaluationStarted(Clock::time_point now);
    /// No step is taken until continued(): that time is neither a step's nor an evaluation's.
    void paused(Clock::time_point now);
    void continued(Clock::time_point now);
    /// Seconds until the end of the epoch of the next step, without evaluations; negative while unknown.
    double secondsInEpoch(Clock::time_point now) const;
    /// Seconds; negative while unknown.
    double seconds(Clock::time_point now) const;

  private:
    double secondsPerStep() const;
    double secondsSinceLast(Clock::time_point now) const;
    std::int64_t evaluationsLeft() const;

    static constexpr std::size_t recentSteps = 100;

    Plan m_plan;
    std::int64_t m_step = 0;
    std::deque<double> m_recent; ///< seconds of each recent step
    double m_pauses = 0;         ///< seconds of all evaluations so far
    int m_pauseCount = 0;
    bool m_pausing = false;
    Clock::time_point m_pauseStart;
    Clock::time_point m_lastStep;
    std::optional<Clock::time_point> m_heldSince; ///< while the training is paused
};

} // namespace simclr::ui
