// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr double zeroPart = 0.01;
constexpr double decadesAboveZero = 6;

double withThreeDigits(double value) {
    if (value == 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2);
    // Dividing by an integer power of ten gives the double nearest to the decimal; multiplying does not.
    return unit < 1 ? std::round(value / unit) / std::round(1 / unit) : std::round(value / unit) * unit;
}

} // namespace

SliderScale::SliderScale(const Parameter &parameter)
    : m_minimum(parameter.minimum),
      m_maximum(parameter.maximum),
      m_step(parameter.step > 0 ? parameter.step : 0.01),
      m_logarithmic(parameter.logarithmic && parameter.minimum >= 0 && parameter.maximum > 0) {}

double SliderScale::fraction(double value) const {
    if (m_maximum <= m_minimum)
        return 0;
    const double inside = std::clamp(value, m_minimum, m_maximum);
    if (!m_logarithmic)
        return (inside - m_minimum) / (m_maximum - m_minimum);
    const double start = m_minimum > 0 ? m_minimum : m_maximum * std::pow(10.0, -decadesAboveZero);
    const double reserved = m_minimum > 0 ? 0 : zeroPart;
    if (inside < start)
        return 0;
    return reserved + (1 - reserved) * std::log(inside / start) / std::log(m_maximum / start);
}

double SliderScale::value(double fraction) const {
    const double part = std::clamp(fraction, 0.0, 1.0);
    if (m_logarithmic) {
        const double start = m_minimum > 0 ? m_minimum : m_maximum * std::pow(10.0, -decadesAboveZero);
        const double reserved = m_minimum > 0 ? 0 : zeroPart;
        if (part < reserved)
            return 0;
        const double raw = start * std::pow(m_maximum / start, (part - reserved) / (1 - reserved));
        return std::clamp(withThreeDigits(raw), m_minimum, m_maximum);
    }
    const double steps = std::round((m_maximum - m_minimum) * part / m_step);
    const double inverse = std::round(1 / m_step);
    const bool decimal = m_step < 1 && std::abs(1 / inverse - m_step) < 1e-12;
    // As above: 8 / 100 is the double nearest to 0.08, 8 × 0.01 is not.
    const double offset =
        decimal ? std::round(m_minimum * inverse + steps) / inverse : m_minimum + steps * m_step;
    const bool minimumOnGrid =
        !decimal || std::abs(m_minimum * inverse - std::round(m_minimum * inverse)) < 1e-9;
    return std::clamp(minimumOnGrid ? offset : m_minimum + steps * m_step, m_minimum, m_maximum);
}

double SliderScale::stepped(double value, int direction) const {
    const double delta = m_logarithmic ? 0.01 : m_step / std::max(m_maximum - m_minimum, m_step);
    return this->value(fraction(value) + direction * delta);
}

} // namespace simclr::ui
