// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/curves/pixel_columns.h"

#include <span>
#include <vector>

namespace simclr::ui {

/// The values of one line of a CurveSeries (raw, smoothed, an end of the band), and what drawing them needs:
/// their pyramid, and the pixel columns of the last view. Their x belongs to the series. UI thread only.
class CurveLine {
  public:
    void assign(std::vector<double> values);
    void append(std::span<const double> values);
    /// Then shown() is log10 of the values, with gaps where they are not positive.
    void setLogarithmic(bool isLogarithmic);

    std::span<const double> values() const { return m_values; }
    /// In the units of the axis: pixels are proportional to them.
    std::span<const double> shown() const { return m_isLogarithmic ? m_logarithms : m_values; }
    /// Of what is shown in [begin, end).
    Extremes extremes(std::size_t begin, std::size_t end) const;
    Extremes extremes() const { return extremes(0, m_values.size()); }
    /// See PixelColumns.
    std::span<const Extremes> columns(std::span<const double> xs, const ColumnGrid &grid, std::int64_t begin,
                                      std::int64_t end);

  private:
    void show(std::size_t from);

    std::vector<double> m_values;
    std::vector<double> m_logarithms;
    CurvePyramid m_pyramid;
    PixelColumns m_columns;
    bool m_isLogarithmic = false;
};

} // namespace simclr::ui
