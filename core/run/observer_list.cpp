// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/observer_list.h"

namespace simclr {

void ObserverList::runStarted(const RunStarted &started) {
    for (Observer *observer : m_observers)
        observer->runStarted(started);
}

void ObserverList::stepFinished(const StepFinished &step) {
    for (Observer *observer : m_observers)
        observer->stepFinished(step);
}

void ObserverList::epochFinished(std::int64_t epoch) {
    for (Observer *observer : m_observers)
        observer->epochFinished(epoch);
}

void ObserverList::diagnosed(const Diagnosed &diagnosed) {
    for (Observer *observer : m_observers)
        observer->diagnosed(diagnosed);
}

void ObserverList::evaluationStarted(const std::string &what) {
    for (Observer *observer : m_observers)
        observer->evaluationStarted(what);
}

void ObserverList::evaluated(const Evaluated &result) {
    for (Observer *observer : m_observers)
        observer->evaluated(result);
}

void ObserverList::checkpointWritten(std::int64_t step, const std::string &path) {
    for (Observer *observer : m_observers)
        observer->checkpointWritten(step, path);
}

void ObserverList::noted(const std::string &message) {
    for (Observer *observer : m_observers)
        observer->noted(message);
}

} // namespace simclr
