// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>
#include <vector>

namespace simclr::ui {

/// Exponential moving average with bias correction as in Adam (Kingma & Ba 2015, section 3), computed one
/// value at a time, so that a growing curve costs only its new points. Non-finite values are returned
/// unchanged and skipped.
class ExponentialSmoother {
  public:
    /// `weight` of the past, in [0, 1); 0: no smoothing.
    explicit ExponentialSmoother(double weight = 0) : m_weight(weight) {}

    double weight() const { return m_weight; }

    double next(double value) {
        if (!std::isfinite(value))
            return value;
        m_mean = m_weight * m_mean + (1 - m_weight) * value;
        m_past *= m_weight;
        return m_mean / (1 - m_past);
    }

  private:
    double m_weight;
    double m_mean = 0;
    double m_past = 1;
};

/// The whole series smoothed.
inline std::vector<double> smoothed(std::span<const double> values, double weight) {
    ExponentialSmoother smoother(weight);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values)
        result.push_back(smoother.next(value));
    return result;
}

} // namespace simclr::ui
