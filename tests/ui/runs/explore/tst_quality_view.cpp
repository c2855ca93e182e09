// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/trained_runs.h"
#include "ui/runs/explore/quality/quality_model.h"
#include "ui/runs/explore/quality/quality_view.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real view on three trained runs.
class TestQualityView : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_quality_view"));
        QStandardPaths::setTestModeEnabled(true);
        m_runs = std::make_unique<TrainedRuns>();
        for (const int seed : {1, 2, 3})
            m_ids.push_back(m_runs->train(seed));
    }
    void cleanupTestCase() { m_runs.reset(); }

    void init() {
        QSettings().clear();
        QFile::remove(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) +
                      QStringLiteral("/quality.json"));
        open();
    }
    void cleanup() { m_view.reset(); }

    void measuresTheSelectedRunAndThenTheOthers() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        QCOMPARE(text(0, QualityModel::RankMe), QStringLiteral("–"));
        button("measureSelected")->click();
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[0]), patience);
        QVERIFY(!model()->isMeasured(m_ids[1]));
        QVERIFY2(ranking("rankme").contains(QStringLiteral("not decidable")), qPrintable(ranking("rankme")));
        QTRY_VERIFY_WITH_TIMEOUT(button("measureAll")->isEnabled(), patience);
        QCOMPARE(button("measureAll")->text(), QStringLiteral("Measure 2 more runs"));
        button("measureAll")->click();
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[1]) && model()->isMeasured(m_ids[2]), patience);
        QVERIFY2(ranking("rankme").contains(QStringLiteral("n = 3")), qPrintable(ranking("rankme")));
        QVERIFY(text(0, QualityModel::Alignment) != QStringLiteral("–"));
        QTRY_VERIFY_WITH_TIMEOUT(!button("measureAll")->isVisible(), patience);
    }

    /// What was measured is there at the next start.
    void valuesAreKept() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        button("measureSelected")->click();
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[0]), patience);
        const QString before = text(2, QualityModel::RankMe); // the oldest run is the last row
        open();
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        QVERIFY(model()->isMeasured(m_ids[0]));
        QCOMPARE(text(2, QualityModel::RankMe), before);
    }

    void cancelStops() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        button("measureAll")->click();
        QVERIFY(button("cancelMeasuring")->isVisible());
        button("cancelMeasuring")->click();
        QVERIFY(!button("cancelMeasuring")->isVisible());
        QVERIFY(button("measureSelected")->isEnabled());
    }

    void modelKeepsItsContract() {
        QualityModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<QualityRow> rows(2);
        rows[0].run = m_runs->record(m_ids[0]);
        rows[1].run = m_runs->record(m_ids[1]);
        model.setRows(rows);
        model.setQuality(m_ids[1], {.images = 64, .rankMe = 12.25, .alphaReq = {}, .uniformity = -1.5});
        QCOMPARE(model.index(1, QualityModel::Images).data(Qt::UserRole).toDouble(), 64.0);
        QCOMPARE(model.index(1, QualityModel::AlphaReq).data().toString(), QStringLiteral("–"));
        QVERIFY(!model.index(0, QualityModel::RankMe).data(Qt::UserRole).isValid());
        model.setRows({});
    }

  private:
    void open() {
        m_view.reset();
        m_features = std::make_unique<FeatureCache>(m_runs->cache());
        m_view = std::make_unique<QualityView>(*m_features, m_runs->cache());
        m_view->resize(1000, 400);
        m_view->show();
        m_view->showRuns({m_runs->record(m_ids[0])});
    }
    QualityModel *model() { return m_view->findChild<QualityModel *>(); }
    QString text(int row, int column) { return model()->index(row, column).data().toString(); }
    QPushButton *button(const char *name) { return m_view->findChild<QPushButton *>(QLatin1String(name)); }
    QString ranking(const char *measure) {
        return m_view->findChild<QLabel *>(QStringLiteral("ranking_") + QLatin1String(measure))->text();
    }

    std::unique_ptr<TrainedRuns> m_runs;
    std::vector<RunId> m_ids;
    std::unique_ptr<FeatureCache> m_features;
    std::unique_ptr<QualityView> m_view;
};

SIMCLR_TEST(TestQualityView, QApplication)
#include "tst_quality_view.moc"
