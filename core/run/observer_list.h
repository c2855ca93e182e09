// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/observer.h"

#include <utility>
#include <vector>

namespace simclr {

/// Tells every one of several observers, in order.
class ObserverList : public Observer {
  public:
    explicit ObserverList(std::vector<Observer *> observers) : m_observers(std::move(observers)) {}

    void runStarted(const RunStarted &started) override;
    void stepFinished(const StepFinished &step) override;
    void epochFinished(std::int64_t epoch) override;
    void diagnosed(const Diagnosed &diagnosed) override;
    void evaluationStarted(const std::string &what) override;
    void evaluated(const Evaluated &result) override;
    void checkpointWritten(std::int64_t step, const std::string &path) override;
    void noted(const std::string &message) override;

  private:
    std::vector<Observer *> m_observers;
};

} // namespace simclr
