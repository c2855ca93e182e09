// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/processor_use.h"

#include <optional>

namespace simclr {

/// Decides how many threads compute while other programs use some of the processors. The threads of a step
/// wait for one another many times, in oneDNN by spinning without a limit: if one of them shares its
/// processor, all are slowed down to its time slices, and fewer threads are many times faster. Creates no
/// threads itself; lives on the thread that trains.
class ThreadGovernor {
  public:
    /// `most` threads if no other program runs, on so many processors.
    ThreadGovernor(int most, int processors);

    int threads() const { return m_threads; }
    /// Whether next() would evaluate a new measurement now, by the clock of ProcessorUse::wall: querying the
    /// system at every step would take time.
    bool isDue(double now) const;
    /// Call it regularly. Returns the new number of threads, if it changes: lower after a second with other
    /// programs, higher after several seconds without.
    std::optional<int> next(const ProcessorUse &use);

  private:
    void count(double others);
    std::optional<int> changed(int threads);

    int m_most;
    int m_processors;
    int m_threads;
    std::optional<ProcessorUse> m_last;
    int m_crowded = 0; ///< consecutive calls that found too many threads …
    int m_fewer = 0;   ///< … and the most threads that any of them had room for
    int m_roomy = 0;   ///< the same for too few threads
    int m_more = 0;
};

} // namespace simclr
