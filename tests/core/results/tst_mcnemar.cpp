// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/mcnemar.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

bool isClose(double value, double expected) {
    return std::abs(value - expected) <= 1e-9 + 1e-6 * expected;
}

} // namespace

/// McNemar's test against values computed by hand.
class TestMcNemar : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void fewDiscordantImagesAreTestedExactly() {
        // 2 · (C(10,0) + C(10,1) + C(10,2)) / 2¹⁰ = 2 · 56 / 1024
        QVERIFY(mcNemar(2, 8).isExact);
        QVERIFY(isClose(mcNemar(2, 8).p, 0.109375));
        QVERIFY(isClose(mcNemar(8, 2).p, 0.109375));
        QVERIFY(isClose(mcNemar(0, 5).p, 0.0625)); // 2 / 2⁵
        QVERIFY(isClose(mcNemar(5, 5).p, 1));      // 2 · 638 / 1024, at most 1
        QVERIFY(isClose(mcNemar(0, 0).p, 1));
        // 2 · (1 + 24 + 276 + 2024 + 10626 + 42504) / 2²⁴
        QVERIFY(mcNemar(5, 19).isExact);
        QVERIFY(isClose(mcNemar(5, 19).p, 2 * 55455.0 / 16777216.0));
    }

    void manyAreTestedByChiSquare() {
        // (|10 − 15| − 1)² / 25 = 0.64; P(χ²₁ > 0.64) = P(|Z| > 0.8) = 0.4237108
        QVERIFY(!mcNemar(10, 15).isExact);
        QVERIFY(isClose(mcNemar(10, 15).p, 0.42371079));
        // (|40 − 20| − 1)² / 60 = 6.016667; P(|Z| > 2.4528895) = 0.0141715 (to 4 digits)
        QVERIFY(std::abs(mcNemar(40, 20).p - 0.01417) < 1e-4);
        QCOMPARE(mcNemar(50, 50).p, 1.0);
        // The classical example of the discordant 121 and 59: (62 − 1)² / 180 = 20.672
        QVERIFY(mcNemar(121, 59).p < 1e-5 && mcNemar(121, 59).p > 1e-6);
    }

    void onlyCommonSamplesCount() {
        const Predictions first{{1, 2, 3, 4, 9}, {0, 1, 0, 1, 0}, {0, 1, 0, 0, 0}};
        const Predictions second{{4, 3, 2, 1, 7}, {1, 0, 1, 0, 0}, {1, 1, 0, 0, 0}};
        const McNemar test = mcNemar(first, second);
        QCOMPARE(test.common, std::size_t{4});
        QCOMPARE(test.firstOnly, std::size_t{2});  // samples 2 and 3
        QCOMPARE(test.secondOnly, std::size_t{1}); // sample 4
        QVERIFY(isClose(test.p, 1));               // 2 · (1 + 3) / 8
    }

    void otherLabelsAreRefused() {
        const Predictions first{{1}, {0}, {0}};
        const Predictions second{{1}, {2}, {0}};
        QVERIFY(test::isClearMessage(test::thrownMessage<InvalidInput>([&] { mcNemar(first, second); }),
                                     "two labels"));
    }
};

SIMCLR_TEST(TestMcNemar)
#include "tst_mcnemar.moc"
