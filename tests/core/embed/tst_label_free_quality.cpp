// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/label_free_quality.h"
#include "core/embed/row_products.h"
#include "core/evaluate/diagnostics.h"
#include "core/util/error.h"
#include "tests/support/feature_tables.h"
#include "tests/support/test_support.h"

#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

/// Independent dimensions with the variances i^(−alpha).
FeatureTable withSpectrum(std::size_t rows, std::size_t columns, double alpha) {
    FeatureTable table = clusters(rows, columns, 1, 1.0);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t d = 0; d < columns; ++d)
            table.values[i * columns + d] *= static_cast<float>(std::pow(double(d + 1), -alpha / 2));
    return table;
}

} // namespace

/// RankMe, alpha-ReQ and uniformity of a table.
class TestLabelFreeQuality : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void spectrumDecayIsTheExponent() {
        for (const double alpha : {0.5, 1.0, 2.5}) {
            std::vector<double> eigenvalues;
            for (int rank = 1; rank <= 300; ++rank)
                eigenvalues.push_back(7 * std::pow(rank, -alpha));
            QVERIFY(std::abs(*spectrumDecay(eigenvalues) - alpha) < 1e-9);
        }
        std::vector<double> bent(300, 0.001); // only the ranks 4 to 100 count
        for (int rank = 4; rank <= 100; ++rank)
            bent[static_cast<std::size_t>(rank - 1)] = std::pow(rank, -1.5);
        bent[0] = bent[1] = bent[2] = 1;
        QVERIFY(std::abs(*spectrumDecay(bent) - 1.5) < 1e-9);
    }

    void shortSpectraHaveNoDecay() {
        QVERIFY(!spectrumDecay(std::vector<double>{1, 0.5, 0.2}));
        std::vector<double> flat(100, 0);
        flat[0] = 1; // all images on a line
        QVERIFY(!spectrumDecay(flat));
        QVERIFY(!spectrumDecay({}));
    }

    void measuresAreThoseOfTheirFormulas() {
        const FeatureTable table = withSpectrum(4000, 128, 1.2);
        const LabelFreeQuality quality = labelFreeQuality(table);
        QCOMPARE(quality.images, std::size_t{4000});
        QVERIFY(std::abs(quality.rankMe - effectiveRank(tensorOf(table))) < 1e-6);
        // The features have a common offset, the center of their class, which a covariance does not see.
        QVERIFY2(std::abs(*quality.alphaReq - 1.2) < 0.15, qPrintable(QString::number(*quality.alphaReq)));
        QVERIFY(quality.uniformity < 0 && quality.uniformity > -8);
    }

    void collapseIsSeen() {
        const FeatureTable healthy = withSpectrum(500, 64, 0);
        FeatureTable collapsed = healthy;
        for (std::size_t i = 0; i < collapsed.values.size(); ++i)
            collapsed.values[i] = 1 + 0.001f * collapsed.values[i];
        const LabelFreeQuality good = labelFreeQuality(healthy);
        const LabelFreeQuality bad = labelFreeQuality(collapsed);
        QVERIFY(bad.rankMe < good.rankMe / 4);
        QVERIFY(bad.uniformity > -0.01 && good.uniformity < -1);
    }

    void degenerateTablesAreMeasured() {
        const LabelFreeQuality one = labelFreeQuality(tableOf({{1, 2}}));
        QVERIFY(std::abs(one.rankMe - 1) < 1e-6);
        QVERIFY(!one.alphaReq);
        QCOMPARE(one.uniformity, 0.0);
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([] {
                                   labelFreeQuality(tableOf({{std::numeric_limits<float>::quiet_NaN()}}));
                               }),
                               "not finite"));
    }
};

SIMCLR_TEST(TestLabelFreeQuality)
#include "tst_label_free_quality.moc"
