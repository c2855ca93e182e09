// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"

#include <chrono>
#include <string>

namespace simclr::cli {

/// Reports the progress of a run on stderr: a bar in one line on a terminal, otherwise plain lines at epochs
/// and evaluations. Used in the thread that trains.
class Progress : public ListeningObserver<Progress> {
  public:
    /// `title` is the prefix of every line, if it is not empty.
    explicit Progress(std::string title = {});
    ~Progress() override;

    void hear(const RunStarted &started);
    void hear(const StepFinished &step);
    void hear(const EpochFinished &finished);
    void hear(const Diagnosed &diagnosed);
    void hear(const EvaluationStarted &started);
    void hear(const EvaluationTrained &trained);
    void hear(const Evaluated &evaluated);
    void hear(const RuleFired &rule);
    void hear(const Noted &noted);

  private:
    using Clock = std::chrono::steady_clock;

    void drawBar();
    void clearBar();
    void say(const std::string &line);
    std::string measures() const;
    std::int64_t epochs() const;

    std::string m_title;
    bool m_isTerminal;
    bool m_isBarDrawn = false;
    RunStarted m_started;
    StepFinished m_last;
    double m_lossSum = 0;
    std::int64_t m_lossCount = 0;
    Clock::time_point m_begin;
    Clock::time_point m_lastDraw;
};

} // namespace simclr::cli
