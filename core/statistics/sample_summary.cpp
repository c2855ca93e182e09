// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/statistics/sample_summary.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace simclr {

namespace {

std::vector<double> finiteOf(std::span<const double> values) {
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite),
                         [](double value) { return std::isfinite(value); });
    return finite;
}

double meanOf(const std::vector<double> &values) {
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

double squaresAround(double mean, const std::vector<double> &values) {
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return sum;
}

} // namespace

double SampleSummary::standardError() const {
    return sd / std::sqrt(static_cast<double>(count));
}

SampleSummary summarise(std::span<const double> values) {
    const std::vector<double> finite = finiteOf(values);
    SampleSummary summary;
    summary.count = finite.size();
    if (finite.empty())
        return summary;
    const auto [low, high] = std::ranges::minmax(finite);
    summary.mean = low == high ? low : meanOf(finite); // a sum would round
    if (finite.size() > 1)
        summary.sd = std::sqrt(squaresAround(summary.mean, finite) / static_cast<double>(finite.size() - 1));
    return summary;
}

} // namespace simclr
