// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace simclr::ui {

/// Estimates how long a run still takes: the steps left at the speed of late, plus the pauses between steps
/// that evaluations and checkpoints make, as many as their share of the epochs so far foretells. Plain value.
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
    /// The time until the next step is no step's.
    void evaluationStarted(Clock::time_point now);
    /// Seconds; negative while nothing is known.
    double seconds(Clock::time_point now) const;

  private:
    double secondsPerStep() const;
    std::int64_t evaluationsLeft() const;

    static constexpr std::size_t recentSteps = 100;

    Plan m_plan;
    std::int64_t m_step = 0;
    std::deque<double> m_recent; ///< seconds of the steps of late
    double m_pauses = 0;         ///< seconds of all evaluations so far
    int m_pauseCount = 0;
    bool m_pausing = false;
    Clock::time_point m_pauseStart;
    Clock::time_point m_lastStep;
};

} // namespace simclr::ui
