// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/confusion.h"
#include "core/util/error.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

/// Confusion matrix, accuracy by class, worst images.
class TestConfusion : public QObject {
    Q_OBJECT

    const Predictions m_predictions{{10, 11, 12, 13, 14, 15}, {0, 0, 0, 1, 1, 2}, {0, 1, 1, 1, 2, 2}};

  private Q_SLOTS:
    void imagesAreCounted() {
        const ConfusionMatrix matrix(m_predictions, 4);
        QCOMPARE(matrix.classes(), std::size_t{4});
        QCOMPARE(matrix.count(0, 0), std::size_t{1});
        QCOMPARE(matrix.count(0, 1), std::size_t{2});
        QCOMPARE(matrix.count(1, 2), std::size_t{1});
        QCOMPARE(matrix.count(2, 1), std::size_t{0});
        QCOMPARE(matrix.images(0), std::size_t{3});
        QCOMPARE(matrix.predicted(1), std::size_t{3});
        QCOMPARE(ConfusionMatrix(m_predictions).classes(), std::size_t{3});
        QCOMPARE(ConfusionMatrix({}).classes(), std::size_t{0});
    }

    void accuracyByClassHasAnInterval() {
        const auto classes = classAccuracies(ConfusionMatrix(m_predictions, 4));
        QCOMPARE(classes.size(), std::size_t{4});
        QCOMPARE(*classes[0].recall, 1.0 / 3);
        QCOMPARE(*classes[0].precision, 1.0);
        QCOMPARE(*classes[0].mostConfusedWith, std::size_t{1});
        QCOMPARE(*classes[1].recall, 0.5);
        QCOMPARE(*classes[1].precision, 1.0 / 3);
        QCOMPARE(*classes[2].recall, 1.0);
        QVERIFY(!classes[2].mostConfusedWith);
        QVERIFY(!classes[3].recall && !classes[3].precision && !classes[3].interval);
        // Wilson's interval of 1 of 3: (1/3 + z²/6 ± z √(2/27 + z²/36)) / (1 + z²/3) = [0.0615, 0.7923]
        QVERIFY(std::abs(classes[0].interval->low - 0.0615) < 1e-4);
        QVERIFY(std::abs(classes[0].interval->high - 0.7923) < 1e-4);
    }

    void worstImagesAreWrongMostOften() {
        const std::vector<Predictions> evaluations{
            m_predictions, {{10, 11, 12, 13}, {0, 0, 0, 1}, {0, 2, 0, 1}}, {{11}, {0}, {2}}};
        const auto worst = worstImages(evaluations);
        QCOMPARE(worst.size(), std::size_t{3}); // 11, 14 and 12
        QCOMPARE(worst[0].sample, 11);
        QCOMPARE(worst[0].wrong, std::size_t{3});
        QCOMPARE(worst[0].predicted, 2); // twice, 1 once
        QCOMPARE(worst[1].sample, 14);   // in one of one
        QCOMPARE(worst[2].sample, 12);   // in one of two
        QCOMPARE(worst[2].evaluations, std::size_t{2});
    }

    void damagedPredictionsAreRefused() {
        const auto message = [](const Predictions &predictions) {
            return thrownMessage<InvalidInput>([&] { ConfusionMatrix matrix(predictions); });
        };
        QVERIFY(isClearMessage(message({{1, 2}, {0}, {0}}), "damaged"));
        QVERIFY(isClearMessage(message({{1}, {-1}, {0}}), "damaged"));
        const std::vector<Predictions> other{{{1}, {0}, {0}}, {{1}, {1}, {0}}};
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { worstImages(other); }), "two labels"));
    }
};

SIMCLR_TEST(TestConfusion)
#include "tst_confusion.moc"
