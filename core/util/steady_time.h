// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// Seconds since 1970 from the system clock, which may be set at any moment.
double wallTime();

/// Seconds since 1970 that never decrease: the system clock is read once, and a clock that cannot be set, but
/// runs while the machine sleeps, counts from there.
class SteadyTime {
  public:
    /// Starts at the wall time, or at `notBefore` if that is later: the time of data written before the clock
    /// was set back.
    explicit SteadyTime(double notBefore);

    double now() const;

  private:
    double m_begin;      ///< since 1970
    double m_beginTicks; ///< of the clock that cannot be set
};

} // namespace simclr
