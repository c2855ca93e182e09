// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/agreement.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

/// Agreement of the predictions of evaluations.
class TestAgreement : public QObject {
    Q_OBJECT

    const Predictions m_first{{1, 2, 3, 4, 9}, {0, 1, 0, 1, 0}, {0, 1, 2, 0, 0}};
    const Predictions m_second{{4, 3, 2, 1, 7}, {1, 0, 1, 0, 0}, {1, 1, 0, 0, 0}};

  private Q_SLOTS:
    void onlyCommonImagesCount() {
        const Agreement both = agreement(m_first, m_second);
        QCOMPARE(both.common, std::size_t{4});
        QCOMPARE(both.same, std::size_t{1});       // image 1
        QCOMPARE(both.bothRight, std::size_t{1});  // image 1
        QCOMPARE(both.bothWrong, std::size_t{1});  // image 3, as 2 and as 1
        QCOMPARE(both.firstOnly, std::size_t{1});  // image 2
        QCOMPARE(both.secondOnly, std::size_t{1}); // image 4
        QCOMPARE(*both.share(), 0.25);
        QVERIFY(!agreement(m_first, {}).share());
    }

    void imagesThatOneHasRightAreListed() {
        QCOMPARE(rightInFirstOnly(m_first, m_second), std::vector<std::int32_t>{2});
        QCOMPARE(rightInFirstOnly(m_second, m_first), std::vector<std::int32_t>{4});
        QVERIFY(rightInFirstOnly(m_first, m_first).empty());
        const Predictions allWrong{{9, 2, 1}, {0, 1, 0}, {3, 3, 3}};
        QCOMPARE(rightInFirstOnly(m_first, allWrong), (std::vector<std::int32_t>{1, 2, 9}));
    }

    void matrixIsOfAllPairs() {
        const std::vector<Predictions> all{m_first, m_second, m_first};
        const auto matrix = agreementMatrix(all);
        QCOMPARE(matrix.size(), std::size_t{9});
        QCOMPARE(*matrix[0].share(), 1.0);
        QCOMPARE(*matrix[2].share(), 1.0);
        QCOMPARE(*matrix[1].share(), 0.25);
        QCOMPARE(matrix[1].firstOnly, matrix[3].secondOnly);
    }

    void kappaIsBeyondChance() {
        // 4 images: agree on 3; the first predicts 0, 0, 1, 1 and the second 0, 0, 1, 0: by chance
        // 1/2 · 3/4 + 1/2 · 1/4 = 1/2, so that κ = (3/4 − 1/2) / (1/2).
        const Predictions one{{1, 2, 3, 4}, {0, 0, 1, 1}, {0, 0, 1, 1}};
        const Predictions other{{1, 2, 3, 4}, {0, 0, 1, 1}, {0, 0, 1, 0}};
        QCOMPARE(agreement(one, other).byChance, 0.5);
        QCOMPARE(*agreement(one, other).kappa(), 0.5);
        QCOMPARE(*agreement(one, one).kappa(), 1.0);
        const Predictions always{{1, 2}, {0, 1}, {0, 0}};
        QVERIFY(!agreement(always, always).kappa()); // chance alone agrees always
        QVERIFY(!agreement(one, {}).kappa());
    }

    void similarOnesAreNeighbours() {
        const std::vector<std::int32_t> samples{1, 2, 3, 4};
        const std::vector<std::int32_t> labels{0, 0, 0, 0};
        const std::vector<Predictions> all{{samples, labels, {0, 0, 0, 0}},
                                           {samples, labels, {1, 1, 1, 1}},
                                           {samples, labels, {0, 0, 0, 1}},
                                           {samples, labels, {1, 1, 1, 0}}};
        const std::vector<std::size_t> order = orderByAgreement(agreementMatrix(all));
        QCOMPARE(order, (std::vector<std::size_t>{0, 2, 1, 3}));
        QVERIFY(orderByAgreement({}).empty());
    }

    void otherLabelsAreRefused() {
        const Predictions other{{1}, {5}, {0}};
        QVERIFY(
            isClearMessage(thrownMessage<InvalidInput>([&] { agreement(m_first, other); }), "two labels"));
    }
};

SIMCLR_TEST(TestAgreement)
#include "tst_agreement.moc"
