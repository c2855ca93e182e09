// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/pixel_columns.h"
#include "tests/support/test_support.h"

#include <algorithm>
#include <cmath>

using namespace simclr;

namespace {

struct Curve {
    std::vector<double> xs;
    std::vector<double> ys;
    CurvePyramid pyramid;
    operator CurveView() const { return {xs, ys}; }
};

/// Noise over uneven places, with gaps and one peak.
Curve noisyCurve(std::size_t count) {
    Curve curve;
    std::uint32_t state = 7;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        curve.xs.push_back(static_cast<double>(i) + (state >> 8) / 33554432.0);
        const bool isGap = i % 997 < 5 || (i > 3000 && i < 3400);
        curve.ys.push_back(isGap ? std::nan("") : (state >> 9) / 8388608.0);
    }
    curve.ys[count / 2] = 1000;
    curve.pyramid.grow(curve.ys);
    return curve;
}

Extremes slowExtremes(const std::vector<double> &values, std::size_t begin, std::size_t end) {
    Extremes result;
    for (std::size_t i = begin; i < end; ++i)
        result.cover(values[i]);
    return result;
}

bool isSame(const Extremes &a, const Extremes &b) {
    return (a.isEmpty() && b.isEmpty()) || (a.low == b.low && a.high == b.high);
}

} // namespace

/// What of a curve is drawn on few pixels.
class TestCurveDrawing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pyramidKnowsEveryPart() {
        const Curve curve = noisyCurve(20'011);
        std::uint32_t state = 3;
        for (int i = 0; i < 3000; ++i) {
            state = state * 1664525u + 1013904223u;
            const std::size_t begin = (state >> 8) % curve.ys.size();
            state = state * 1664525u + 1013904223u;
            const std::size_t end = begin + (state >> 8) % (curve.ys.size() - begin + 1);
            QVERIFY(isSame(curve.pyramid.extremes(curve.ys, begin, end), slowExtremes(curve.ys, begin, end)));
        }
    }

    void pyramidGrows() {
        const Curve curve = noisyCurve(9000);
        CurvePyramid grown;
        for (std::size_t count = 0; count < 9000; count += 111)
            grown.grow(std::span(curve.ys).first(count));
        grown.grow(curve.ys);
        for (std::size_t begin = 0; begin < 9000; begin += 97)
            QVERIFY(isSame(grown.extremes(curve.ys, begin, 9000), slowExtremes(curve.ys, begin, 9000)));
    }

    /// No peak is lost, and neighbouring columns touch where the line is not interrupted.
    void columnsHoldEveryPoint() {
        const Curve curve = noisyCurve(50'000);
        const ColumnGrid grid{-100, 50.2, false};
        const std::vector<Extremes> columns = pixelColumns(curve, curve.pyramid, grid, 0, 1000);
        for (std::size_t i = 0; i < curve.xs.size(); ++i) {
            const Extremes &column = columns[static_cast<std::size_t>(grid.place(curve.xs[i]))];
            QVERIFY(std::isnan(curve.ys[i]) || (column.low <= curve.ys[i] && curve.ys[i] <= column.high));
        }
        QVERIFY(columns.front().isEmpty()); // before the first point
        QVERIFY(columns[64].isEmpty());     // in the long gap
        for (std::size_t k = 101; k < columns.size(); ++k)
            if (!columns[k - 1].isEmpty() && !columns[k].isEmpty())
                QVERIFY(columns[k].low <= columns[k - 1].high && columns[k - 1].low <= columns[k].high);
    }

    void linesBetweenFarPoints() {
        Curve curve{{0, 10, 20}, {0, 10, std::nan("")}, {}};
        curve.pyramid.grow(curve.ys);
        const std::vector<Extremes> columns = pixelColumns(curve, curve.pyramid, {0, 1, false}, 0, 15);
        QCOMPARE(columns[3].low, 3.0);
        QCOMPARE(columns[3].high, 4.0);
        QCOMPARE(columns[10].low, 10.0); // the point itself
        QVERIFY(columns[11].isEmpty());
        curve.xs = {1, 100, 1000};
        curve.ys = {0, 2, 3};
        const std::vector<Extremes> log = pixelColumns(curve, curve.pyramid, {0, 0.5, true}, 0, 6);
        QVERIFY(std::abs(log[1].low - 0.5) < 1e-9 && std::abs(log[1].high - 1) < 1e-9);
    }

    void movingComputesTheSame() {
        const Curve curve = noisyCurve(30'000);
        const ColumnGrid grid{0, 20, false};
        PixelColumns kept;
        for (const std::int64_t begin : {0, 100, 90, 700, 0, -50, -50, 5000})
            for (const std::int64_t width : {400, 300, 500}) {
                kept.update(curve, curve.pyramid, grid, begin, begin + width);
                const auto fresh = pixelColumns(curve, curve.pyramid, grid, begin, begin + width);
                QVERIFY(std::ranges::equal(kept.columns(), fresh, isSame));
            }
    }

    void thinningKeepsFirstLastAndPeaks() {
        const Curve curve = noisyCurve(50'000);
        const ColumnGrid grid{0, 100, false};
        const auto kept = pointsToDraw(curve, grid, curve.xs.front(), curve.xs.back());
        QVERIFY(kept.size() <= 5 * 501);
        QVERIFY(std::ranges::is_sorted(kept));
        const auto has = [&](std::size_t index) { return std::ranges::binary_search(kept, index); };
        QVERIFY(has(0) && has(49'999) && has(25'000));
        for (std::size_t column = 0; column < 500; ++column) {
            Extremes all;
            Extremes drawn;
            for (std::size_t i = 0; i < curve.xs.size(); ++i)
                if (static_cast<std::size_t>(grid.place(curve.xs[i])) == column) {
                    all.cover(curve.ys[i]);
                    if (has(i))
                        drawn.cover(curve.ys[i]);
                }
            QVERIFY(isSame(all, drawn));
        }
    }

    void zoomIsExact() {
        const Curve curve = noisyCurve(50'000);
        const auto kept = pointsToDraw(curve, {20'000, 0.1, false}, 20'000, 20'050);
        QVERIFY(kept.size() >= 50 && kept.size() <= 53);
        for (std::size_t i = 1; i < kept.size(); ++i)
            QCOMPARE(kept[i], kept[i - 1] + 1);
        QVERIFY(curve.xs[kept.front()] < 20'000 &&
                curve.xs[kept.back()] > 20'050); // the line leaves the view
    }
};

SIMCLR_TEST(TestCurveDrawing)
#include "tst_curve_drawing.moc"
