// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/curve_points.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr const char *epochKey = "epoch";

void setEpochs(std::vector<MetricPoint> &points, const std::vector<MetricPoint> &epochs) {
    auto next = epochs.begin();
    double epoch = 0;
    for (MetricPoint &point : points) {
        for (; next != epochs.end() && next->step <= point.step; ++next)
            epoch = next->value;
        point.epoch = epoch;
    }
}

} // namespace

void orderBySteps(std::vector<MetricPoint> &points) {
    std::ranges::reverse(points);
    std::ranges::stable_sort(points, {}, &MetricPoint::step); // the last one of a step is its first now
    const auto doubles = std::ranges::unique(points, {}, &MetricPoint::step);
    points.erase(doubles.begin(), doubles.end());
}

void takeEpochs(Curves &curves) {
    const auto found = curves.find(epochKey);
    if (found == curves.end())
        return;
    const std::vector<MetricPoint> epochs = found->second;
    const auto isEpoch = [](const MetricPoint &point) { return point.value >= 0 && point.value < 1e9; };
    if (!std::ranges::all_of(epochs, isEpoch))
        return; // it is something else
    for (auto &[metric, points] : curves)
        setEpochs(points, epochs);
}

} // namespace simclr
