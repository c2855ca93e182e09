// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/group_curve.h"

#include "core/curves/curve_pyramid.h"
#include "core/statistics/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Reads one run at ascending places.
class RunReader {
  public:
    explicit RunReader(const CurveView &run) : m_run(run) {}

    /// The value of the line at `x`, which is not below the last one; NaN where there is none.
    double at(double x) {
        while (m_next < m_run.xs.size() && m_run.xs[m_next] < x)
            ++m_next;
        if (m_next == m_run.xs.size())
            return nothing;
        if (m_run.xs[m_next] == x)
            return finite(m_run.ys[m_next]);
        if (m_next == 0)
            return nothing;
        const double part = (x - m_run.xs[m_next - 1]) / (m_run.xs[m_next] - m_run.xs[m_next - 1]);
        return finite(m_run.ys[m_next - 1] + part * (m_run.ys[m_next] - m_run.ys[m_next - 1]));
    }

  private:
    static double finite(double value) { return std::isfinite(value) ? value : nothing; }

    CurveView m_run;
    std::size_t m_next = 0;
};

std::vector<double> placesOf(std::span<const CurveView> runs) {
    std::vector<double> all;
    for (const CurveView &run : runs) {
        const auto middle = static_cast<std::ptrdiff_t>(all.size());
        all.insert(all.end(), run.xs.begin(), run.xs.end());
        std::inplace_merge(all.begin(), all.begin() + middle, all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
    }
    return all;
}

/// The values of the runs at one x.
struct Values {
    int count = 0;
    double mean = 0;
    double squares = 0; ///< sum of squared deviations (Welford 1962)
    Extremes extremes;

    void add(double value) {
        if (!std::isfinite(value))
            return;
        ++count;
        const double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        extremes.cover(value);
    }
    double deviation() const { return std::sqrt(squares / (count - 1)); }
};

/// Points of the t distribution, each computed once.
class StudentPoints {
  public:
    double at(int degrees) {
        const auto index = static_cast<std::size_t>(degrees);
        if (m_points.size() <= index)
            m_points.resize(index + 1, 0);
        if (m_points[index] == 0)
            m_points[index] = studentQuantile(0.975, degrees);
        return m_points[index];
    }

  private:
    std::vector<double> m_points;
};

Extremes bandOf(const Values &values, BandKind kind, StudentPoints &student) {
    if (values.count < 2 || kind == BandKind::None)
        return {};
    if (kind == BandKind::Range)
        return values.extremes;
    double half = values.deviation();
    if (kind != BandKind::Deviation)
        half /= std::sqrt(values.count);
    if (kind == BandKind::Interval95)
        half *= student.at(values.count - 1);
    return {values.mean - half, values.mean + half};
}

} // namespace

GroupCurve groupCurve(std::span<const CurveView> runs, BandKind band) {
    GroupCurve group;
    group.xs = placesOf(runs);
    std::vector<RunReader> readers(runs.begin(), runs.end());
    StudentPoints student;
    for (const double x : group.xs) {
        Values values;
        for (RunReader &reader : readers)
            values.add(reader.at(x));
        const Extremes extent = bandOf(values, band, student);
        group.mean.push_back(values.count > 0 ? values.mean : nothing);
        group.low.push_back(extent.low);
        group.high.push_back(extent.high);
        group.counts.push_back(values.count);
    }
    return group;
}

std::vector<std::size_t> fallsOfCount(const GroupCurve &group) {
    std::vector<std::size_t> falls;
    if (!group.counts.empty() && group.counts.front() < std::ranges::max(group.counts))
        falls.push_back(0);
    for (std::size_t i = 1; i < group.counts.size(); ++i)
        if (group.counts[i] < group.counts[i - 1])
            falls.push_back(i);
    return falls;
}

} // namespace simclr
