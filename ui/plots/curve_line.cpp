// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_line.h"

#include <cmath>
#include <limits>
#include <utility>

namespace simclr::ui {

void CurveLine::assign(std::vector<double> values) {
    m_values = std::move(values);
    show(0);
}

void CurveLine::append(std::span<const double> values) {
    const std::size_t from = m_values.size();
    m_values.insert(m_values.end(), values.begin(), values.end());
    show(from);
}

void CurveLine::setLogarithmic(bool isLogarithmic) {
    if (std::exchange(m_isLogarithmic, isLogarithmic) != isLogarithmic)
        show(0);
}

/// Values from index `from` are new.
void CurveLine::show(std::size_t from) {
    if (from == 0)
        m_pyramid.clear();
    m_logarithms.resize(m_isLogarithmic ? m_values.size() : 0);
    for (std::size_t i = from; i < m_logarithms.size(); ++i)
        m_logarithms[i] =
            m_values[i] > 0 ? std::log10(m_values[i]) : std::numeric_limits<double>::quiet_NaN();
    m_pyramid.grow(shown());
    m_columns.clear();
}

Extremes CurveLine::extremes(std::size_t begin, std::size_t end) const {
    return m_pyramid.extremes(shown(), begin, end);
}

std::span<const Extremes> CurveLine::columns(std::span<const double> xs, const ColumnGrid &grid,
                                             std::int64_t begin, std::int64_t end) {
    m_columns.update({xs, shown()}, m_pyramid, grid, begin, end);
    return m_columns.columns();
}

} // namespace simclr::ui
