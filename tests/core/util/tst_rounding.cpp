// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/rounding.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;

/// The rounding rule for every displayed number.
class TestRounding : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void halvesGoAwayFromZero() {
        QCOMPARE(roundedTo(29.85, 1),
                 29.9); // 29.8500000000000014 or 29.8499999999999979, depending on how it was computed
        QCOMPARE(roundedTo(100 * 0.2985, 1), 29.9);
        QCOMPARE(roundedTo(0.03125, 4), 0.0313); // a tie in binary too
        QCOMPARE(roundedTo(2.5, 0), 3.0);
        QCOMPARE(roundedTo(-2.5, 0), -3.0);
        QCOMPARE(roundedTo(29.8499, 1), 29.8);
    }

    /// Every accuracy that a test split of 2,000 images can have.
    void everyHalfOfATenthIsRoundedUp() {
        for (int right = 0; right <= 2000; ++right) {
            const int tenths = (right + 1) / 2; // right / 2000 is right / 2 tenths of a percent
            QCOMPARE(roundedTo(100 * (right / 2000.0), 1), tenths / 10.0);
        }
    }

    void whatIsNoNumberStaysSo() {
        QVERIFY(std::isnan(roundedTo(std::nan(""), 1)));
        QVERIFY(std::isinf(roundedTo(std::numeric_limits<double>::infinity(), 1)));
        QVERIFY(!std::signbit(roundedTo(-0.01, 1)));
    }
};

SIMCLR_TEST(TestRounding)
#include "tst_rounding.moc"
