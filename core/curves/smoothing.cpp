// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/smoothing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// w^d; distances of neighbours are mostly equal, and a power is slow.
class Decay {
  public:
    explicit Decay(double weight) : m_weight(weight) {}

    double over(double distance) {
        if (distance != m_distance) {
            m_distance = distance;
            m_factor = std::pow(m_weight, distance);
        }
        return m_factor;
    }

  private:
    double m_weight;
    double m_distance = 0;
    double m_factor = 1;
};

std::vector<double> exponential(const CurveView &curve, double weight, double unit) {
    std::vector<double> result(curve.ys.size(), gap);
    Decay decay(std::min(weight, 1 - 1e-9));
    double sum = 0;
    double weights = 0;
    double last = curve.xs.empty() ? 0 : curve.xs.front();
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (!std::isfinite(curve.ys[i]))
            continue;
        const double factor = decay.over((curve.xs[i] - last) / unit);
        sum = sum * factor + curve.ys[i];
        weights = weights * factor + 1;
        last = curve.xs[i];
        result[i] = sum / weights;
    }
    return result;
}

/// Running sums with a compensation for rounding (Neumaier 1974), so that the mean of a window of a million
/// points is as exact as that of ten.
class WindowSum {
  public:
    void add(double value) {
        const double total = m_sum + value;
        m_rest += std::abs(m_sum) >= std::abs(value) ? (m_sum - total) + value : (value - total) + m_sum;
        m_sum = total;
    }
    double value() const { return m_sum + m_rest; }

  private:
    double m_sum = 0;
    double m_rest = 0;
};

std::vector<double> runningMean(const CurveView &curve, double half) {
    std::vector<double> result(curve.ys.size(), gap);
    WindowSum sum;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        for (; end < result.size() && curve.xs[end] <= curve.xs[i] + half; ++end)
            if (std::isfinite(curve.ys[end])) {
                sum.add(curve.ys[end]);
                ++count;
            }
        for (; curve.xs[begin] < curve.xs[i] - half; ++begin)
            if (std::isfinite(curve.ys[begin])) {
                sum.add(-curve.ys[begin]);
                --count;
            }
        if (std::isfinite(curve.ys[i]))
            result[i] = sum.value() / static_cast<double>(count);
    }
    return result;
}

/// exp(−d²/2) for 0 ≤ d ≤ 4, read from a table; the error is below 1e-6.
class GaussianTable {
  public:
    static constexpr double reach = 4;

    GaussianTable() {
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            const double d = static_cast<double>(i) / perUnit;
            m_values[i] = std::exp(-d * d / 2);
        }
    }
    double at(double distance) const {
        const double place = std::abs(distance) * perUnit;
        const auto index = std::min(static_cast<std::size_t>(place), m_values.size() - 2);
        const double part = place - static_cast<double>(index);
        return m_values[index] + part * (m_values[index + 1] - m_values[index]);
    }

  private:
    static constexpr double perUnit = 512;
    std::array<double, static_cast<std::size_t>(reach *perUnit) + 2> m_values{};
};

/// Finite points that are so close to each other that a kernel does not tell them apart.
struct Cluster {
    double x = 0; ///< mean
    double sum = 0;
    double count = 0;
};

std::vector<Cluster> clustersOf(const CurveView &curve, double width) {
    std::vector<Cluster> clusters;
    double start = 0;
    for (std::size_t i = 0; i < curve.ys.size(); ++i) {
        if (!std::isfinite(curve.ys[i]))
            continue;
        if (clusters.empty() || width <= 0 || curve.xs[i] - start >= width) {
            clusters.push_back({});
            start = curve.xs[i];
        }
        Cluster &cluster = clusters.back();
        cluster.count += 1;
        cluster.x += (curve.xs[i] - cluster.x) / cluster.count;
        cluster.sum += curve.ys[i];
    }
    return clusters;
}

std::vector<double> gaussian(const CurveView &curve, double sigma, double unit) {
    static const GaussianTable kernel;
    constexpr double mostSeparate = 8;
    const std::vector<Cluster> clusters =
        clustersOf(curve, sigma > mostSeparate ? sigma * unit / mostSeparate : 0);
    const double scale = 1 / (sigma * unit);
    std::vector<double> result(curve.ys.size(), gap);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (!std::isfinite(curve.ys[i]))
            continue;
        while ((curve.xs[i] - clusters[begin].x) * scale > GaussianTable::reach)
            ++begin;
        double sum = 0;
        double weights = 0;
        for (std::size_t k = begin; k < clusters.size(); ++k) {
            const double distance = (clusters[k].x - curve.xs[i]) * scale;
            if (distance > GaussianTable::reach)
                break;
            const double weight = kernel.at(distance);
            sum += weight * clusters[k].sum;
            weights += weight * clusters[k].count;
        }
        result[i] = sum / weights;
    }
    return result;
}

} // namespace

double typicalSpacing(std::span<const double> xs) {
    std::vector<double> distances;
    distances.reserve(xs.size());
    for (std::size_t i = 1; i < xs.size(); ++i)
        if (xs[i] > xs[i - 1])
            distances.push_back(xs[i] - xs[i - 1]);
    if (distances.empty())
        return 1;
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::ranges::nth_element(distances, middle);
    return *middle;
}

std::vector<double> smoothed(const CurveView &curve, const Smoothing &smoothing) {
    if (!smoothing.isActive())
        return {curve.ys.begin(), curve.ys.end()};
    const double unit = typicalSpacing(curve.xs);
    switch (smoothing.kind) {
    case SmoothingKind::Exponential:
        return exponential(curve, smoothing.strength, unit);
    case SmoothingKind::Gaussian:
        return gaussian(curve, smoothing.strength, unit);
    case SmoothingKind::RunningMean:
        return runningMean(curve, std::max(0.0, smoothing.strength - 1) * unit / 2 * (1 + 1e-9));
    case SmoothingKind::None:
        break;
    }
    return {curve.ys.begin(), curve.ys.end()};
}

} // namespace simclr
