// SPDX-License-Identifier: GPL-3.0-or-later
// The operations on colours and levels against torchvision, their neutral values, and the parts of the
// jitter.
#include "core/image/color_arithmetic.h"
#include "core/image/sharpen.h"
#include "tests/support/applied_operations.h"
#include "tests/support/golden_images.h"

using namespace simclr;
using namespace simclr::test;

class TestColorChanges : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void agreesWithTorchvision_data();
    void agreesWithTorchvision();
    void turnsAreExact();
    void neutralValueLeavesBytesAlone_data();
    void neutralValueLeavesBytesAlone();
    void jitterIsMadeOfThem_data();
    void jitterIsMadeOfThem();
    void amountIsUniform_data();
    void amountIsUniform();
    void sharpeningKeepsTheEdge();
    void sharpeningIsBoundedByTinyPictures();
};

namespace {

Image goldenResult(const Json &item, const Image &source) {
    const std::string id = item["operation"].get<std::string>();
    const Json &parameters = item["parameters"];
    if (id == "sharpened") {
        Image target;
        sharpened(source, parameters["factor"].get<double>(), target);
        return target;
    }
    Values values;
    for (const auto &[name, value] : parameters.items())
        values[name] = valueFromJson(*find(findOperationType(id)->schema, name), value, id);
    return applied(*madeOperation(id, values), source);
}

double meanDifference(const Image &a, const Image &b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        sum += std::abs(a.data()[i] - b.data()[i]);
    return sum / static_cast<double>(a.byteCount());
}

/// Smith's hue rotated without any rounding.
std::array<double, 3> exactlyTurned(const Rgb &color, double turn) {
    const double value = *std::ranges::max_element(color);
    const double chroma = value - *std::ranges::min_element(color);
    if (chroma == 0)
        return {value, value, value};
    const double sixths = value == color[0]   ? (color[1] - color[2]) / chroma
                          : value == color[1] ? (color[2] - color[0]) / chroma + 2
                                              : (color[0] - color[1]) / chroma + 4;
    std::array<double, 3> result;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const double k = std::fmod(std::array{5, 3, 1}[channel] + sixths + turn * 6 + 12, 6.0);
        result[channel] = value - chroma * std::clamp(std::min(k, 4 - k), 0.0, 1.0);
    }
    return result;
}

} // namespace

void TestColorChanges::agreesWithTorchvision_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("tolerance");
    for (const char *id : {"solarize", "posterize", "equalize", "autocontrast", "invert", "normalize"})
        QTest::newRow(id) << id << 0;
    // PIL truncates where this program rounds.
    for (const char *id : {"brightness", "contrast", "saturation", "sharpened"})
        QTest::newRow(id) << id << 1;
    // PIL truncates hue and saturation to bytes, and scales hues by 255 but wraps them at 256; see
    // turnsAreExact().
    QTest::newRow("hue") << "hue" << 11;
}

void TestColorChanges::agreesWithTorchvision() {
    QFETCH(QString, id);
    QFETCH(int, tolerance);
    const Json golden = readJsonFile(dataFile("golden/colors.json"));
    int largest = 0;
    std::size_t cases = 0;
    for (const Json &item : golden["cases"]) {
        if (item["operation"].get<std::string>() != id.toStdString())
            continue;
        const Image source = imageFromJson(golden["pictures"][item["picture"].get<std::string>()]);
        const Image expected =
            imageFromHex(source.width(), source.height(), item["result"].get<std::string>());
        const int difference = largestDifference(goldenResult(item, source), expected);
        QVERIFY(meanDifference(goldenResult(item, source), expected) <= 1);
        largest = std::max(largest, difference);
        ++cases;
        QVERIFY2(difference <= tolerance,
                 qPrintable(QString("%1 levels: %2").arg(difference).arg(item["parameters"].dump().c_str())));
    }
    QVERIFY(cases >= 2);
    qInfo("%zu results, at most %d levels apart", cases, largest);
}

/// To half a step of 256 hues on a side six of 255 levels long, and a half each for saturation and result.
/// torchvision's own rotations are up to 8 levels away from the exact ones.
void TestColorChanges::turnsAreExact() {
    const Image source = noiseImage(60, 40, 2);
    for (const double turn : {-0.4, -0.05, 0.1, 0.25, 0.5}) {
        const Image image = applied(*madeOperation("hue", {{"turn", Range{turn, turn}}}), source);
        const double whole = std::round(turn * 256) / 256;
        for (int y = 0; y < source.height(); ++y)
            for (int x = 0; x < source.width(); ++x) {
                const auto exact = exactlyTurned(pixel(source, x, y), whole);
                for (std::size_t channel = 0; channel < 3; ++channel)
                    QVERIFY(std::abs(pixel(image, x, y)[channel] - exact[channel]) < 4);
            }
    }
}

void TestColorChanges::neutralValueLeavesBytesAlone_data() {
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<double>("value");
    for (const char *id : {"brightness", "contrast", "saturation"})
        QTest::newRow(id) << "factor" << 1.0;
    QTest::newRow("hue") << "turn" << 0.0;
    QTest::newRow("solarize") << "threshold" << 256.0;
    QTest::newRow("posterize") << "bits" << 8.0;
    QTest::newRow("normalize") << "strength" << 0.0;
}

void TestColorChanges::neutralValueLeavesBytesAlone() {
    QFETCH(QString, parameter);
    QFETCH(double, value);
    const std::string id = QTest::currentDataTag();
    const bool isInterval =
        find(findOperationType(id)->schema, parameter.toStdString())->kind == ParameterKind::Interval;
    const auto operation = madeOperation(
        id, {{parameter.toStdString(), isInterval ? Value(Range{value, value}) : Value(value)}});
    for (std::uint32_t sample = 0; sample < 20; ++sample) {
        const Image source = noiseImage(33, 20, sample);
        QVERIFY(applied(*operation, source, sample) == source);
    }
}

void TestColorChanges::jitterIsMadeOfThem_data() {
    QTest::addColumn<double>("strength");
    for (const char *id : {"brightness", "contrast", "saturation"})
        QTest::newRow(id) << 0.8;
    QTest::newRow("hue") << 0.2;
}

/// A jitter with only one strength gives the result of the operation of that name.
void TestColorChanges::jitterIsMadeOfThem() {
    QFETCH(double, strength);
    const std::string id = QTest::currentDataTag();
    Values values{{"brightness", 0.0}, {"contrast", 0.0}, {"saturation", 0.0}, {"hue", 0.0}};
    values[id] = strength;
    const auto jitter = madeOperation("color_jitter", values);
    const auto alone = madeOperation(id);
    const Image source = noiseImage(16, 16, 3);
    for (std::uint32_t sample = 0; sample < 40; ++sample) {
        RandomStream draws({.seed = 17, .sample = sample});
        std::array<int, 4> order{};
        draws.shuffle(order);
        for (const char *before : {"brightness", "contrast", "saturation"}) {
            if (id == before)
                break;
            draws.uniform();
        }
        Image expected = source;
        alone->apply(expected, draws, 32);
        QVERIFY(applied(*jitter, source, sample) == expected);
    }
}

void TestColorChanges::amountIsUniform_data() {
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    for (const char *id : {"brightness", "contrast", "saturation"})
        QTest::newRow(id) << "factor" << 0.2 << 1.8;
    QTest::newRow("hue") << "turn" << -0.2 << 0.2;
}

void TestColorChanges::amountIsUniform() {
    QFETCH(QString, parameter);
    QFETCH(double, low);
    QFETCH(double, high);
    const std::string id = QTest::currentDataTag();
    const auto operation = madeOperation(id, {{parameter.toStdString(), Range{low, high}}});
    const Image source = noiseImage(2, 2, 1);
    std::vector<std::size_t> bins(8);
    for (std::uint32_t sample = 0; sample < 4000; ++sample) {
        SampleLog log;
        applied(*operation, source, sample, &log);
        QCOMPARE(log.size(), std::size_t{1});
        QCOMPARE(log[0].what, id);
        const double share = (std::stod(log[0].value) - low) / (high - low);
        QVERIFY(share >= 0 && share <= 1);
        ++bins[std::min(bins.size() - 1, static_cast<std::size_t>(share * static_cast<double>(bins.size())))];
    }
    QVERIFY2(chiSquare(bins) < chiSquareLimit(bins.size()), qPrintable(QString::number(chiSquare(bins))));
}

void TestColorChanges::sharpeningKeepsTheEdge() {
    const Image source = noiseImage(9, 7, 6);
    for (const double factor : {0.0, 1.0, 3.0}) {
        Image target;
        sharpened(source, factor, target);
        for (int y = 0; y < 7; ++y)
            for (int x = 0; x < 9; ++x)
                if (x == 0 || y == 0 || x == 8 || y == 6 || factor == 1)
                    QCOMPARE(pixel(target, x, y), pixel(source, x, y));
    }
}

void TestColorChanges::sharpeningIsBoundedByTinyPictures() {
    for (const auto &[width, height] : {std::pair(1, 1), {2, 50}, {50, 2}}) {
        const Image source = noiseImage(width, height, 7);
        Image target;
        sharpened(source, 100, target);
        QVERIFY(target == source);
    }
}

SIMCLR_TEST(TestColorChanges)
#include "tst_color_changes.moc"
