// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// Seconds since 1970 as the system's clock has them, which may be set at any moment.
double wallTime();

/// Seconds since 1970 that only ever grow: the system's clock is read once, and a clock that cannot be set,
/// but that runs while the machine sleeps, counts from there.
class SteadyTime {
  public:
    /// Begins at the wall time, or at `notBefore` where that is later: what was written before the clock was
    /// set back.
    explicit SteadyTime(double notBefore);

    double now() const;

  private:
    double m_begin;      ///< since 1970
    double m_beginTicks; ///< of the clock that cannot be set
};

} // namespace simclr
