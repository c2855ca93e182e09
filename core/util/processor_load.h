// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simclr {

/// The share of this machine's cores (coreCount()) that the process uses, measured over intervals of at least
/// one second, so that it costs nothing. Lives in one thread.
class ProcessorLoad {
  public:
    ProcessorLoad();

    /// In [0, 1]: of the last interval that has ended, or since the construction before that. `now` as
    /// secondsNow().
    double share(double now);

  private:
    double m_since;
    double m_used;
    double m_share = 0;
    bool m_isKnown = false;
};

} // namespace simclr
