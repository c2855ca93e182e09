// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/orientation.h"

#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;

class TestOrientation : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void makesUpright_data();
    void makesUpright();
    void readsExif_data();
    void readsExif();
    void exifCountsBeforeXmp();
    void readsXmp_data();
    void readsXmp();
};

namespace {

/// A TIFF block with one entry. `little` selects the byte order.
std::string exifWith(bool little, unsigned tag, unsigned type, unsigned value) {
    std::string bytes;
    const auto add = [&](unsigned number, int count) {
        for (int i = 0; i < count; ++i)
            bytes += static_cast<char>(number >> 8 * (little ? i : count - 1 - i));
    };
    bytes += little ? "II" : "MM";
    add(42, 2);
    add(8, 4);
    add(1, 2);
    add(tag, 2);
    add(type, 2);
    add(1, 4);
    if (type == 3) {
        add(value, 2);
        add(0, 2);
    } else {
        add(value, 4);
    }
    return bytes;
}

} // namespace

/// Of 3 × 2 pixels a b c / d e f as they are stored.
void TestOrientation::makesUpright_data() {
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QString>("rows");
    QTest::newRow("1") << 1 << "abc/def";
    QTest::newRow("2") << 2 << "cba/fed";
    QTest::newRow("3") << 3 << "fed/cba";
    QTest::newRow("4") << 4 << "def/abc";
    QTest::newRow("5") << 5 << "ad/be/cf";
    QTest::newRow("6") << 6 << "da/eb/fc";
    QTest::newRow("7") << 7 << "fc/eb/da";
    QTest::newRow("8") << 8 << "cf/be/ad";
}

void TestOrientation::makesUpright() {
    QFETCH(int, orientation);
    QFETCH(QString, rows);
    Image image(3, 2);
    for (int i = 0; i < 6; ++i)
        setPixel(image, i % 3, i / 3, {'a' + i, 0, 255 - i});
    makeUpright(image, orientation);
    QString seen;
    for (int y = 0; y < image.height(); ++y) {
        seen += y > 0 ? "/" : "";
        for (int x = 0; x < image.width(); ++x)
            seen += QChar(pixel(image, x, y)[0]);
    }
    QCOMPARE(seen, rows);
}

void TestOrientation::readsExif_data() {
    QTest::addColumn<QByteArray>("exif");
    QTest::addColumn<int>("expected"); // 0: nothing
    const auto row = [](const char *name, const std::string &exif, int expected) {
        QTest::newRow(name) << QByteArray::fromStdString(exif) << expected;
    };
    row("little end first", exifWith(true, 0x0112, 3, 6), 6);
    row("big end first", exifWith(false, 0x0112, 3, 8), 8);
    row("long", exifWith(false, 0x0112, 4, 3), 3);
    row("with its name", std::string("Exif\0\0", 6) + exifWith(true, 0x0112, 3, 5), 5);
    row("zero", exifWith(true, 0x0112, 3, 0), 1);
    row("nine", exifWith(true, 0x0112, 3, 9), 1);
    row("another tag", exifWith(true, 0x0110, 3, 6), 0);
    row("cut off", exifWith(true, 0x0112, 3, 6).substr(0, 12), 0);
    row("empty", "", 0);
    row("text", "this is no EXIF at all", 0);
    std::string far = exifWith(true, 0x0112, 3, 6);
    far.replace(4, 4, "\xff\xff\xff\xff");
    row("directory beyond the end", far, 0);
}

void TestOrientation::readsExif() {
    QFETCH(QByteArray, exif);
    QFETCH(int, expected);
    QCOMPARE(exifOrientation(exif.toStdString()).value_or(0), expected);
}

void TestOrientation::exifCountsBeforeXmp() {
    const std::string xmp = R"(<x tiff:Orientation="3"/>)";
    QCOMPARE(orientationFrom(exifWith(true, 0x0112, 3, 6), xmp), 6);
    QCOMPARE(orientationFrom(exifWith(true, 0x0110, 3, 6), xmp), 3);
    QCOMPARE(orientationFrom("", xmp), 3);
    QCOMPARE(orientationFrom("", ""), 1);
}

void TestOrientation::readsXmp_data() {
    QTest::addColumn<QString>("xmp");
    QTest::addColumn<int>("expected");
    QTest::newRow("attribute") << R"(<rdf:Description tiff:Orientation="6"/>)" << 6;
    QTest::newRow("single quotes") << "<rdf:Description tiff:Orientation='8'/>" << 8;
    QTest::newRow("element") << "<tiff:Orientation>2</tiff:Orientation>" << 2;
    QTest::newRow("none") << "<x/>" << 0;
    QTest::newRow("no number") << "<tiff:Orientation>up</tiff:Orientation>" << 0;
    QTest::newRow("at the end") << "tiff:Orientation=\"" << 0;
}

void TestOrientation::readsXmp() {
    QFETCH(QString, xmp);
    QFETCH(int, expected);
    QCOMPARE(xmpOrientation(xmp.toStdString()).value_or(0), expected);
}

SIMCLR_TEST(TestOrientation)
#include "tst_orientation.moc"
