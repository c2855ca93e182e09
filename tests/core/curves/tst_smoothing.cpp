// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/smoothing.h"
#include "core/curves/value_range.h"
#include "tests/support/test_support.h"

#include <cmath>

using namespace simclr;

namespace {

struct Curve {
    std::vector<double> xs;
    std::vector<double> ys;
    operator CurveView() const { return {xs, ys}; }
};

/// Unequal distances, gaps, and values that are far apart.
Curve unevenCurve(std::size_t count) {
    Curve curve;
    double x = 3;
    for (std::size_t i = 0; i < count; ++i) {
        x += i % 7 == 0 ? 4.5 : 0.5 + 0.01 * static_cast<double>(i % 11);
        curve.xs.push_back(x);
        const double wave = std::sin(static_cast<double>(i) * 0.7) * static_cast<double>(i % 13);
        curve.ys.push_back(i % 29 == 5 ? std::nan("") : 100 + wave);
    }
    return curve;
}

/// Σ_j weight(x_i − x_j) y_j / Σ_j weight(x_i − x_j) over the finite points, as the definitions are written.
template <typename Weight>
double weightedMean(const Curve &curve, std::size_t i, Weight weight) {
    double sum = 0;
    double weights = 0;
    for (std::size_t j = 0; j < curve.xs.size(); ++j)
        if (std::isfinite(curve.ys[j])) {
            const double w = weight(curve.xs[i] - curve.xs[j]);
            sum += w * curve.ys[j];
            weights += w;
        }
    return sum / weights;
}

template <typename Weight>
void compare(const Curve &curve, const Smoothing &smoothing, Weight weight, double tolerance) {
    const std::vector<double> result = smoothed(curve, smoothing);
    QCOMPARE(result.size(), curve.ys.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        QCOMPARE(std::isnan(result[i]), std::isnan(curve.ys[i])); // a gap remains a gap, and no other appears
        if (std::isnan(result[i]))
            continue;
        const double expected = weightedMean(curve, i, weight);
        QVERIFY2(std::abs(result[i] - expected) <= tolerance,
                 qPrintable(QString("%1: %2 instead of %3").arg(i).arg(result[i]).arg(expected)));
    }
}

} // namespace

/// Against the definitions, summed over all pairs of points.
class TestSmoothing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void typicalSpacingIsTheMedian() {
        const std::vector<double> xs{0, 1, 2, 3, 103, 103};
        QCOMPARE(typicalSpacing(xs), 1.0);
        QCOMPARE(typicalSpacing(std::vector<double>{5}), 1.0);
    }

    /// TensorBoard: last = w last + (1 − w) y; shown as last / (1 − wⁿ).
    void equallySpacedPointsAreSmoothedAsByTensorBoard() {
        const Curve curve{{10, 20, 30, 40}, {2, 4, 8, -3}};
        const std::vector<double> result = smoothed(curve, {SmoothingKind::Exponential, 0.6});
        double last = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            last = 0.6 * last + 0.4 * curve.ys[i];
            QCOMPARE(result[i], last / (1 - std::pow(0.6, double(i + 1))));
        }
    }

    void exponentialWeighsByDistance() {
        const Curve curve = unevenCurve(400);
        const double unit = typicalSpacing(curve.xs);
        for (const double w : {0.3, 0.9, 0.99})
            compare(
                curve, {SmoothingKind::Exponential, w},
                [&](double d) { return d < 0 ? 0 : std::pow(w, d / unit); }, 1e-9);
    }

    void gaussianOfFewNeighbours() {
        const Curve curve = unevenCurve(400);
        const double width = 3 * typicalSpacing(curve.xs);
        compare(
            curve, {SmoothingKind::Gaussian, 3},
            [&](double d) { return std::abs(d) > 4 * width ? 0 : std::exp(-d * d / (2 * width * width)); },
            1e-4);
    }

    /// Neighbours are taken together; the values are between 88 and 112.
    void wideGaussian() {
        const Curve curve = unevenCurve(3000);
        const double width = 60 * typicalSpacing(curve.xs);
        compare(
            curve, {SmoothingKind::Gaussian, 60},
            [&](double d) { return std::abs(d) > 4 * width ? 0 : std::exp(-d * d / (2 * width * width)); },
            0.02);
    }

    void runningMean() {
        const Curve curve = unevenCurve(400);
        const double half = 2 * typicalSpacing(curve.xs) * (1 + 1e-9);
        compare(
            curve, {SmoothingKind::RunningMean, 5}, [&](double d) { return std::abs(d) <= half ? 1 : 0; },
            1e-9);
        const Curve even{{1, 2, 3, 4, 5}, {1, 2, 6, 4, 5}};
        QCOMPARE(smoothed(even, {SmoothingKind::RunningMean, 3})[2], 4.0);
    }

    void offChangesNothing() {
        const Curve curve{{1, 2}, {3, 5}};
        for (const SmoothingKind kind :
             {SmoothingKind::None, SmoothingKind::Exponential, SmoothingKind::Gaussian})
            QCOMPARE(smoothed(curve, {kind, 0}), curve.ys);
        QVERIFY(!Smoothing{}.isActive());
    }

    /// Rounding does not add up: 2⁵³ + 1 is not a double.
    void longRunningMeanIsExact() {
        Curve curve;
        for (int i = 0; i < 20'000; ++i) {
            curve.xs.push_back(i);
            curve.ys.push_back(i % 2 == 0 ? 1e15 : 0.25);
        }
        for (int i = 10'000; i < 20'000; ++i)
            curve.ys[static_cast<std::size_t>(i)] = 0.25;
        QCOMPARE(smoothed(curve, {SmoothingKind::RunningMean, 3}).back(), 0.25);
    }

    void rangeLeavesOutliersOut() {
        std::vector<double> values;
        for (int i = 0; i <= 1000; ++i)
            values.push_back(i);
        values.push_back(1e9);
        values.push_back(std::nan(""));
        const Extremes range = rangeWithoutOutliers(values);
        QCOMPARE(range.low, 0.0); // 10 − 98 is below the values
        QVERIFY(range.high > 1000 && range.high < 1100);
        QCOMPARE(rangeWithoutOutliers(std::vector<double>{1, 50}).high, 50.0); // too few to tell
        QVERIFY(rangeWithoutOutliers(std::vector<double>{std::nan("")}).isEmpty());
    }
};

SIMCLR_TEST(TestSmoothing)
#include "tst_smoothing.moc"
