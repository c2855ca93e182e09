// SPDX-License-Identifier: GPL-3.0-or-later
// Warped images against torchvision's (PIL backend). Nearest-neighbour pixels are equal; for interpolation
// PIL truncates where this program rounds, hence one level.
#include "core/image/projection.h"
#include "core/image/turn.h"

#include "tests/support/golden_cases.h"

using namespace simclr;
using namespace simclr::test;

class TestWarp : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void identityKeepsBytes();
    void rotatesAsTorchvision();
    void movesAsTorchvision();
    void showsPerspectiveAsPil();
    void cornersComeWhereTheyShall();
    void impossibleCornersLeaveThePicture();
    void outsideIsFilled();
    void steepMovesOverflowNothing();
    void turnsKeepEveryPixel();
};

namespace {

const Color grey{128, 128, 128};

Image drawn(const Image &source, const Projection &projection, Interpolation interpolation) {
    Image target;
    warped(source, projection, interpolation, grey, target);
    return target;
}

Interpolation interpolationOf(const Json &item) {
    return item["interpolation"] == "nearest" ? Interpolation::Nearest : Interpolation::Bilinear;
}

void compareMove(const Json &all, const Json &item, const AffineMove &move) {
    const Image source = startImage(all, item);
    const Projection projection = affineProjection(move, source.width(), source.height());
    const Image result = drawn(source, projection, interpolationOf(item));
    const int difference = largestDifference(result, resultImage(item));
    QVERIFY2(difference <= (interpolationOf(item) == Interpolation::Nearest ? 0 : 1),
             caseName(item) + ": " + QByteArray::number(difference));
}

Corners cornersIn(const Json &item) {
    Corners corners;
    for (std::size_t i = 0; i < corners.size(); ++i)
        corners[i] = {item["corners"][i][0].get<int>(), item["corners"][i][1].get<int>()};
    return corners;
}

/// Levels that differ by more than one.
std::size_t levelsApart(const Image &a, const Image &b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        count += std::abs(a.data()[i] - b.data()[i]) > 1 ? 1 : 0;
    return count;
}

/// Distance between the projection of a corner and its source position.
double miss(const Projection &p, const PixelPoint &corner, const PixelPoint &place) {
    const double w = p.g * corner.x + p.h * corner.y + 1;
    return std::hypot((p.a * corner.x + p.b * corner.y + p.c) / w - place.x,
                      (p.d * corner.x + p.e * corner.y + p.f) / w - place.y);
}

} // namespace

void TestWarp::identityKeepsBytes() {
    for (const auto &[width, height] : {std::pair(1, 1), {31, 17}, {1, 40}, {300, 2}}) {
        const Image source = noiseImage(width, height, 1);
        Projection almostAffine; // uses the code path with divisions
        almostAffine.h = 1e-300;
        for (const Interpolation interpolation : {Interpolation::Nearest, Interpolation::Bilinear}) {
            QVERIFY(drawn(source, {}, interpolation) == source);
            QVERIFY(drawn(source, affineProjection({}, width, height), interpolation) == source);
            QVERIFY(drawn(source, almostAffine, interpolation) == source);
        }
    }
}

void TestWarp::rotatesAsTorchvision() {
    const Json all = geometryCases();
    QVERIFY(all["rotation"].size() >= 8);
    for (const Json &item : all["rotation"]) // F.rotate counts counterclockwise
        compareMove(all, item, {.angle = -item["angle"].get<double>()});
}

void TestWarp::movesAsTorchvision() {
    const Json all = geometryCases();
    QVERIFY(all["affine"].size() >= 10);
    for (const Json &item : all["affine"])
        compareMove(all, item,
                    {.angle = item["angle"].get<double>(),
                     .shiftX = item["shift"][0].get<double>(),
                     .shiftY = item["shift"][1].get<double>(),
                     .scale = item["scale"].get<double>(),
                     .shearX = item["shear"][0].get<double>(),
                     .shearY = item["shear"][1].get<double>()});
}

/// PIL's result has coefficients solved in double precision; torchvision solves in single, which moves edges
/// by less than a hundredth of a pixel, here up to two levels.
void TestWarp::showsPerspectiveAsPil() {
    const Json all = geometryCases();
    QVERIFY(all["perspective"].size() >= 8);
    for (const Json &item : all["perspective"]) {
        const Image source = startImage(all, item);
        const Projection projection = perspectiveProjection(cornersIn(item), source.width(), source.height());
        const Image result = drawn(source, projection, Interpolation::Bilinear);
        const int difference = largestDifference(result, resultImage(item));
        QVERIFY2(difference <= 1, caseName(item) + ": " + QByteArray::number(difference));
        if (!item.contains("torchvision"))
            continue;
        const std::size_t other = levelsApart(result, imageFromJson(item["torchvision"]));
        QVERIFY2(other <= 2 * Image::channels, caseName(item) + ": " + QByteArray::number(other));
    }
}

/// Every quadrangle of a small image, also those whose horizon runs through the origin or before it.
void TestWarp::cornersComeWhereTheyShall() {
    constexpr int side = 9;
    const Corners start = cornersOf(side, side);
    int projections = 0;
    int behindHorizon = 0;
    for (int i = 0; i < 5 * 5 * 5 * 5; ++i) {
        const int a = i % 5, b = i / 5 % 5, c = i / 25 % 5, d = i / 125;
        const Corners corners{{{a, b}, {side - 1 - c, d}, {side - 1, side - 1 - a}, {b, side - 1 - d}}};
        const Projection projection = perspectiveProjection(corners, side, side);
        if (projection.g == 0 && projection.h == 0)
            continue;
        ++projections;
        behindHorizon += projection.g * corners[2].x + projection.h * corners[2].y + 1 < 0 ? 1 : 0;
        for (std::size_t k = 0; k < corners.size(); ++k)
            QVERIFY2(miss(projection, corners[k], start[k]) < 1e-3, qPrintable(QString::number(i)));
    }
    QVERIFY(projections > 500);
    QVERIFY(behindHorizon > 0);
}

void TestWarp::impossibleCornersLeaveThePicture() {
    const Corners onOneLine{{{0, 0}, {4, 4}, {8, 8}, {0, 8}}};
    const Corners allInOne{{{3, 3}, {3, 3}, {3, 3}, {3, 3}}};
    const Image source = noiseImage(9, 9, 1);
    for (const Corners &corners : {onOneLine, allInOne, cornersOf(9, 9)})
        QVERIFY(drawn(source, perspectiveProjection(corners, 9, 9), Interpolation::Bilinear) == source);
    const Image line = noiseImage(1, 9, 1);
    QVERIFY(drawn(line, perspectiveProjection(cornersOf(1, 5), 1, 9), Interpolation::Bilinear) == line);
}

void TestWarp::outsideIsFilled() {
    const Image source = filledImage(8, 6, {10, 200, 30});
    for (const Interpolation interpolation : {Interpolation::Nearest, Interpolation::Bilinear}) {
        const Image moved = drawn(source, affineProjection({.shiftX = 3, .shiftY = -2}, 8, 6), interpolation);
        for (int y = 0; y < 6; ++y)
            for (int x = 0; x < 8; ++x)
                QCOMPARE(pixel(moved, x, y), x >= 3 && y < 4 ? (Rgb{10, 200, 30}) : (Rgb{128, 128, 128}));
    }
}

void TestWarp::steepMovesOverflowNothing() {
    const Image source = noiseImage(50, 40, 1);
    for (const double huge : {1e3, 1e10, 1e200}) {
        Projection steep{huge, -huge, huge, huge, huge, -huge, 0, 0};
        QCOMPARE(drawn(source, steep, Interpolation::Bilinear).width(), 50);
        steep.g = huge;
        steep.h = -huge;
        QCOMPARE(drawn(source, steep, Interpolation::Nearest).height(), 40);
    }
}

void TestWarp::turnsKeepEveryPixel() {
    for (const auto &[width, height] : {std::pair(1, 1), {33, 18}, {18, 33}, {1, 50}}) {
        const Image source = noiseImage(width, height, 3);
        Image quarter, half, threeQuarters;
        turned(source, 1, quarter);
        turned(source, 2, half);
        turned(source, 3, threeQuarters);
        QCOMPARE(quarter.width(), height);
        QCOMPARE(half.width(), width);
        QCOMPARE(threeQuarters.height(), width);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                QCOMPARE(pixel(quarter, y, width - 1 - x), pixel(source, x, y));
                QCOMPARE(pixel(half, width - 1 - x, height - 1 - y), pixel(source, x, y));
                QCOMPARE(pixel(threeQuarters, height - 1 - y, x), pixel(source, x, y));
            }
    }
}

SIMCLR_TEST(TestWarp)
#include "tst_warp.moc"
