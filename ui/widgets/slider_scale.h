// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"

namespace simclr::ui {

/// Where a number stands between its limits, for anything that is dragged: even steps, or even factors for a
/// logarithmic parameter. A logarithmic scale that starts at 0 keeps its first hundredth for the 0. A plain
/// value.
class SliderScale {
  public:
    SliderScale() = default;
    explicit SliderScale(const Parameter &parameter);

    double minimum() const { return m_minimum; }
    double maximum() const { return m_maximum; }
    double step() const { return m_step; }

    /// In [0, 1].
    double fraction(double value) const;
    /// The number at a fraction, on a whole step from the minimum (three significant digits when
    /// logarithmic).
    double value(double fraction) const;
    /// The next number in a direction (+1 or −1), within the limits.
    double stepped(double value, int direction) const;

  private:
    double m_minimum = 0;
    double m_maximum = 1;
    double m_step = 0.01;
    bool m_logarithmic = false;
};

} // namespace simclr::ui
