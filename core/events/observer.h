// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/run_event.h"

#include <utility>
#include <variant>
#include <vector>

namespace simclr {

/// Receives the events of a run, in the training thread. Implementations must be quick; an exception ends the
/// run as failed.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void on(const RunEvent &event) = 0;
};

/// An observer of some kinds of events: for each of them `Listener`, which derives from this, has a public
/// function hear(const Kind &). Events of other kinds are ignored.
template <typename Listener>
class ListeningObserver : public Observer {
  public:
    void on(const RunEvent &event) final {
        std::visit(
            [this](const auto &each) {
                auto &listener = static_cast<Listener &>(*this);
                if constexpr (requires { listener.hear(each); })
                    listener.hear(each);
            },
            event);
    }
};

/// Ignores all events.
class NoObserver final : public Observer {
  public:
    void on(const RunEvent &) override {}
};

/// Forwards every event to other observers, in their order.
class ObserverList final : public Observer {
  public:
    explicit ObserverList(std::vector<Observer *> observers) : m_observers(std::move(observers)) {}
    void on(const RunEvent &event) override {
        for (Observer *observer : m_observers)
            observer->on(event);
    }

  private:
    std::vector<Observer *> m_observers;
};

} // namespace simclr
