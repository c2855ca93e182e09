// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/run_event.h"

#include <utility>
#include <variant>
#include <vector>

namespace simclr {

/// Is told what a run does, in the thread that trains. Implementations must be quick; what they throw ends
/// the run as failed.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void on(const RunEvent &event) = 0;
};

/// An observer of some kinds of events: for each of them `Listener`, which derives from this, has a public
/// function hear(const Kind &). Events of other kinds are passed over.
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

/// For work that nobody watches.
class NoObserver final : public Observer {
  public:
    void on(const RunEvent &) override {}
};

/// Passes everything on to others, in their order.
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
