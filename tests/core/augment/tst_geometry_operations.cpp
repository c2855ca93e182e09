// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"
#include "core/image/projection.h"
#include "core/image/turn.h"

#include "tests/support/golden_cases.h"

#include <charconv>
#include <map>

using namespace simclr;
using namespace simclr::test;

class TestGeometryOperations : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void neutralValuesKeepBytes_data();
    void neutralValuesKeepBytes();
    void quartersAreEquallyLikely();
    void verticalFlipMirrors();
    void rotationTurnsByWhatItSays();
    void rotationIsUniform();
    void affineMovesByWhatItDraws();
    void affineShiftsReachTheirLimits();
    void perspectiveMovesCornersInwards();
    void squaresAreResizedAsByTorch();
    void cropsOfAnySizeAreSquare();
    void cutoutCoversOneSquare();
    void cutoutIsAnywhere();
};

namespace {

constexpr int viewSize = 32;
constexpr std::uint32_t draws = 5000;

RandomStream streamOf(std::uint32_t sample) {
    return RandomStream({.seed = 41, .sample = sample});
}

std::unique_ptr<Operation> made(const std::string &id, const Values &values = {}) {
    return findOperationType(id)->make(values);
}

Image applied(const Operation &operation, Image image, std::uint32_t sample, int size = viewSize) {
    RandomStream stream = streamOf(sample);
    operation.apply(image, stream, size);
    return image;
}

/// The logged parameters of an operation, as numbers by name.
std::map<std::string, double> notes(const Operation &operation, Image image, std::uint32_t sample) {
    RandomStream stream = streamOf(sample);
    SampleLog log;
    stream.keepLog(&log);
    operation.apply(image, stream, viewSize);
    std::map<std::string, double> numbers;
    for (const SampledValue &drawn : log)
        std::from_chars(drawn.value.data(), drawn.value.data() + drawn.value.size(), numbers[drawn.what]);
    return numbers;
}

/// χ² of ten equally wide parts of the interval; everything outside of it fails.
bool isUniform(const Operation &operation, const std::string &what, double low, double high) {
    std::vector<std::size_t> parts(10);
    for (std::uint32_t sample = 0; sample < draws; ++sample) {
        const double share = (notes(operation, noiseImage(20, 10, 1), sample).at(what) - low) / (high - low);
        if (share < -1e-3 || share > 1 + 1e-3) // three digits are logged
            return false;
        ++parts[static_cast<std::size_t>(std::clamp(share * 10, 0.0, 9.0))];
    }
    return chiSquare(parts) < chiSquareLimit(parts.size());
}

Range just(double value) {
    return {value, value};
}

} // namespace

void TestGeometryOperations::neutralValuesKeepBytes_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("values");
    QTest::newRow("rotation") << "rotation"
                              << R"({"angle": [0, 0]})";
    QTest::newRow("affine") << "affine"
                            << R"({"translate_x": 0, "translate_y": 0, "scale": [1, 1],
        "shear_x": [0, 0], "shear_y": [0, 0], "angle": [0, 0]})";
    QTest::newRow("perspective") << "perspective"
                                 << R"({"distortion": 0})";
    QTest::newRow("cutout") << "cutout"
                            << R"({"side": [0, 0]})";
    QTest::newRow("center crop") << "center_crop"
                                 << R"({"share": 1})";
    QTest::newRow("resize") << "resize"
                            << R"({"shape": "squeeze"})";
    QTest::newRow("resize and crop") << "resize"
                                     << R"({"shape": "crop"})";
}

void TestGeometryOperations::neutralValuesKeepBytes() {
    QFETCH(QString, id);
    QFETCH(QString, values);
    const OperationType &type = *findOperationType(id.toStdString());
    const Json json = Json::parse(values.toStdString());
    Values neutral;
    for (const auto &[name, value] : json.items())
        neutral[name] = valueFromJson(*find(type.schema, name), value, "test");
    const auto operation = type.make(neutral);
    for (std::uint32_t sample = 0; sample < 50; ++sample) {
        const Image source = noiseImage(viewSize, viewSize, sample);
        QVERIFY(applied(*operation, source, sample) == source);
    }
}

void TestGeometryOperations::quartersAreEquallyLikely() {
    const auto operation = made("rotate_quarters");
    const Image source = noiseImage(7, 4, 1);
    std::array<Image, 3> turns;
    for (int quarters = 1; quarters <= 3; ++quarters)
        turned(source, quarters, turns[static_cast<std::size_t>(quarters - 1)]);
    std::vector<std::size_t> counts(3);
    for (std::uint32_t sample = 0; sample < draws; ++sample) {
        const auto which = std::ranges::find(turns, applied(*operation, source, sample)) - turns.begin();
        QVERIFY(which < 3);
        ++counts[static_cast<std::size_t>(which)];
        QCOMPARE(notes(*operation, source, sample).at("angle"), 90.0 * static_cast<double>(which + 1));
    }
    QVERIFY2(chiSquare(counts) < chiSquareLimit(3), qPrintable(QString::number(chiSquare(counts))));
}

void TestGeometryOperations::verticalFlipMirrors() {
    const auto flip = made("vertical_flip");
    for (const auto &[width, height] : {std::pair(13, 8), {8, 13}, {5, 1}}) {
        const Image source = noiseImage(width, height, 5);
        const Image flipped = applied(*flip, source, 0);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                QCOMPARE(pixel(flipped, x, y), pixel(source, x, height - 1 - y));
    }
}

/// Counterclockwise, as torchvision's rotate().
void TestGeometryOperations::rotationTurnsByWhatItSays() {
    const Json all = geometryCases();
    for (const Json &item : all["rotation"]) {
        if (item["interpolation"] != "bilinear")
            continue;
        const auto operation =
            made("rotation", {{"angle", just(item["angle"].get<double>())}, {"fill", std::string("grey")}});
        const int difference =
            largestDifference(applied(*operation, startImage(all, item), 1), resultImage(item));
        QVERIFY2(difference <= 1, caseName(item));
    }
    const Image black = applied(*made("rotation", {{"angle", just(45)}}), filledImage(9, 9, {9, 9, 9}), 1);
    QCOMPARE(pixel(black, 0, 0), (Rgb{0, 0, 0}));
    QCOMPARE(pixel(black, 4, 4), (Rgb{9, 9, 9}));
}

void TestGeometryOperations::rotationIsUniform() {
    QVERIFY(isUniform(*made("rotation"), "angle", -30, 30));
    QVERIFY(isUniform(*made("rotation", {{"angle", Range{20, 180}}}), "angle", 20, 180));
}

void TestGeometryOperations::affineMovesByWhatItDraws() {
    const auto operation = made("affine", {{"angle", Range{-10, 40}},
                                           {"translate_x", 0.3},
                                           {"translate_y", 0.2},
                                           {"scale", Range{0.5, 2}},
                                           {"shear_x", Range{-20, 5}},
                                           {"shear_y", Range{-5, 20}},
                                           {"fill", std::string("grey")}});
    for (std::uint32_t sample = 0; sample < 200; ++sample) {
        const Image source = noiseImage(30, 20, sample);
        RandomStream twin = streamOf(sample);
        AffineMove move;
        move.angle = twin.uniform(-10, 40);
        move.shiftX = std::round(twin.uniform(-0.3, 0.3) * 30);
        move.shiftY = std::round(twin.uniform(-0.2, 0.2) * 20);
        move.scale = twin.uniform(0.5, 2);
        move.shearX = twin.uniform(-20, 5);
        move.shearY = twin.uniform(-5, 20);
        Image expected;
        warped(source, affineProjection(move, 30, 20), Interpolation::Bilinear, {128, 128, 128}, expected);
        QVERIFY(applied(*operation, source, sample) == expected);
    }
    QVERIFY(isUniform(*operation, "angle", -10, 40));
    QVERIFY(isUniform(*operation, "scale", 0.5, 2));
    QVERIFY(isUniform(*operation, "shear x", -20, 5));
    QVERIFY(isUniform(*operation, "shear y", -5, 20));
}

/// A quarter of 20 pixels: −5…5, of which the outermost ones are half as likely as the others.
void TestGeometryOperations::affineShiftsReachTheirLimits() {
    const auto operation = made("affine", {{"translate_x", 0.25}, {"translate_y", 0.0}});
    std::map<double, std::size_t> shifts;
    for (std::uint32_t sample = 0; sample < draws; ++sample) {
        const auto told = notes(*operation, noiseImage(20, 10, 1), sample);
        ++shifts[told.at("shift x")];
        QCOMPARE(std::abs(told.at("shift y")), 0.0);
    }
    QCOMPARE(shifts.size(), std::size_t{11});
    for (const auto &[shift, count] : shifts)
        QVERIFY2(isFrequency(count, draws, std::abs(shift) == 5 ? 0.05 : 0.1),
                 qPrintable(QString::number(shift)));
}

void TestGeometryOperations::perspectiveMovesCornersInwards() {
    const auto operation = made("perspective", {{"distortion", 0.6}, {"fill", std::string("grey")}});
    std::vector<std::size_t> ways(4); // 0.6 of half of 11 pixels: 0…3
    for (std::uint32_t sample = 0; sample < draws; ++sample) {
        const Image source = noiseImage(11, 9, sample);
        RandomStream twin = streamOf(sample);
        const auto way = [&twin](int reach) { return static_cast<int>(twin.uniform() * (reach + 1)); };
        Corners corners = cornersOf(11, 9);
        for (PixelPoint &corner : corners) {
            const int across = way(3);
            corner.x += corner.x == 0 ? across : -across;
            const int down = way(2);
            corner.y += corner.y == 0 ? down : -down;
            ++ways[static_cast<std::size_t>(across)];
        }
        Image expected;
        warped(source, perspectiveProjection(corners, 11, 9), Interpolation::Bilinear, {128, 128, 128},
               expected);
        QVERIFY(applied(*operation, source, sample) == expected);
        QCOMPARE(notes(*operation, source, sample).at("bottom right"), double(corners[2].x));
    }
    QVERIFY(chiSquare(ways) < chiSquareLimit(ways.size()));
}

/// torch's bicubic interpolation of tensors, without antialiasing, in floating point.
void TestGeometryOperations::squaresAreResizedAsByTorch() {
    const Json all = geometryCases();
    QVERIFY(all["size"].size() >= 12);
    for (const Json &item : all["size"]) {
        const bool isCrop = item["operation"] == "center_crop";
        const Values values = isCrop ? Values{{"share", item["share"].get<double>()}}
                                     : Values{{"shape", item["shape"].get<std::string>()}};
        const auto operation = made(item["operation"].get<std::string>(), values);
        const Image result = applied(*operation, startImage(all, item), 1, item["side"].get<int>());
        const int difference = largestDifference(result, resultImage(item));
        QVERIFY2(difference <= 1, caseName(item) + ": " + QByteArray::number(difference));
    }
}

void TestGeometryOperations::cropsOfAnySizeAreSquare() {
    for (const char *id : {"center_crop", "resize"})
        for (const auto &[width, height] : {std::pair(1, 1), {1, 300}, {300, 7}, {2, 3}}) {
            const Image result = applied(*made(id), noiseImage(width, height, 1), 1);
            QCOMPARE(result.width(), viewSize);
            QCOMPARE(result.height(), viewSize);
        }
}

void TestGeometryOperations::cutoutCoversOneSquare() {
    const auto operation = made("cutout", {{"side", Range{0.1, 0.9}}, {"fill", std::string("black")}});
    for (std::uint32_t sample = 0; sample < 500; ++sample) {
        RandomStream twin = streamOf(sample);
        const int side = static_cast<int>(std::lround(twin.uniform(0.1, 0.9) * 20));
        const int left = static_cast<int>(twin.uniform() * 30) - side / 2;
        const int top = static_cast<int>(twin.uniform() * 20) - side / 2;
        const Image source = noiseImage(30, 20, sample);
        const Image result = applied(*operation, source, sample);
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 30; ++x) {
                const bool isCovered = x >= left && x < left + side && y >= top && y < top + side;
                QCOMPARE(pixel(result, x, y), isCovered ? (Rgb{0, 0, 0}) : pixel(source, x, y));
            }
    }
    QVERIFY(isUniform(*made("cutout", {{"side", just(0.5)}}), "centre", 0, 20)); // its x
}

/// DeVries and Taylor let the centre be any pixel, so that a corner is covered a quarter as often as the
/// middle.
void TestGeometryOperations::cutoutIsAnywhere() {
    const auto operation = made("cutout", {{"side", just(0.5)}});
    const Image source = filledImage(16, 16, {0, 0, 0});
    std::size_t middle = 0;
    std::size_t corner = 0;
    for (std::uint32_t sample = 0; sample < draws; ++sample) {
        const Image result = applied(*operation, source, sample);
        middle += pixel(result, 8, 8) == Rgb{128, 128, 128} ? 1 : 0;
        corner += pixel(result, 0, 0) == Rgb{128, 128, 128} ? 1 : 0;
    }
    QVERIFY(isFrequency(middle, draws, 8.0 / 16 * 8 / 16));
    QVERIFY(isFrequency(corner, draws, 5.0 / 16 * 5 / 16));
}

SIMCLR_TEST(TestGeometryOperations)
#include "tst_geometry_operations.moc"
