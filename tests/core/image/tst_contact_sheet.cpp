// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/contact_sheet.h"

#include "tests/support/test_images.h"

using namespace simclr;
using namespace simclr::test;

class TestContactSheet : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void laysOutRowByRow();
    void enlargesByWholeFactors();
    void shrinksAndCentres();
    void gutterStandsBetweenGroups();
    void nothingGivesAnEmptySheet();
};

namespace {
const Rgb grey{128, 128, 128};
const Rgb red{200, 10, 10};
const Rgb blue{10, 10, 200};
} // namespace

void TestContactSheet::laysOutRowByRow() {
    const std::vector<Image> pictures{filledImage(8, 8, red), filledImage(8, 8, blue),
                                      filledImage(8, 8, {1, 2, 3})};
    const Image sheet = contactSheet(pictures, {.columns = 2, .cell = 8, .gap = 2});
    QCOMPARE(sheet.width(), 2 + 8 + 2 + 8 + 2);
    QCOMPARE(sheet.height(), 2 + 8 + 2 + 8 + 2);
    QCOMPARE(pixel(sheet, 2, 2), red);
    QCOMPARE(pixel(sheet, 9, 9), red);
    QCOMPARE(pixel(sheet, 12, 2), blue);
    QCOMPARE(pixel(sheet, 2, 12), (Rgb{1, 2, 3}));
    QCOMPARE(pixel(sheet, 12, 12), grey); // the empty fourth cell
    QCOMPARE(pixel(sheet, 10, 5), grey);
    QCOMPARE(pixel(sheet, 0, 0), grey);
}

void TestContactSheet::enlargesByWholeFactors() {
    Image picture = filledImage(4, 4, red);
    setPixel(picture, 1, 0, blue);
    const Image sheet = contactSheet(std::vector<Image>{picture}, {.columns = 1, .cell = 14, .gap = 0});
    // Three times 4 is 12; a grey border of one pixel is left.
    for (int y = 0; y < 14; ++y)
        for (int x = 0; x < 14; ++x) {
            const bool outside = x == 0 || y == 0 || x == 13 || y == 13;
            const bool second = !outside && x >= 4 && x < 7 && y < 4;
            QCOMPARE(pixel(sheet, x, y), outside ? grey : second ? blue : red);
        }
}

void TestContactSheet::shrinksAndCentres() {
    const std::vector<Image> pictures{filledImage(200, 100, red)};
    const Image sheet = contactSheet(pictures, {.columns = 1, .cell = 40, .gap = 3});
    QCOMPARE(sheet.width(), 46);
    QCOMPARE(pixel(sheet, 3, 13), red);
    QCOMPARE(pixel(sheet, 42, 32), red);
    QCOMPARE(pixel(sheet, 20, 12), grey);
    QCOMPARE(pixel(sheet, 20, 33), grey);
}

void TestContactSheet::gutterStandsBetweenGroups() {
    const std::vector<Image> pictures(4, filledImage(8, 8, red));
    const Image sheet =
        contactSheet(pictures, {.columns = 4, .cell = 8, .gap = 1, .gutter = 6, .columnsPerGroup = 2});
    QCOMPARE(sheet.width(), 1 + 4 * 9 + 6);
    QCOMPARE(pixel(sheet, 17, 4), red);
    for (int x = 18; x < 25; ++x)
        QCOMPARE(pixel(sheet, x, 4), grey);
    QCOMPARE(pixel(sheet, 25, 4), red);
}

void TestContactSheet::nothingGivesAnEmptySheet() {
    const Image sheet = contactSheet({}, {.columns = 3, .cell = 8, .gap = 2});
    QVERIFY(sheet == filledImage(3 * 10 + 2, 2, grey));
}

SIMCLR_TEST(TestContactSheet)
#include "tst_contact_sheet.moc"
