// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/parameter.h"

namespace simclr::ui {

/// Maps a number between its limits to a slider position: linear, or logarithmic for a logarithmic parameter.
/// A logarithmic scale with minimum 0 reserves its first hundredth for 0. Plain value.
class SliderScale {
  public:
    SliderScale() = default;
    explicit SliderScale(const Parameter &parameter);

    double minimum() const { return m_minimum; }
    double maximum() const { return m_maximum; }
    double step() const { return m_step; }

    /// In [0, 1].
    double fraction(double value) const;
    /// The number at a fraction, rounded to a whole step from the minimum (to three significant digits if
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
