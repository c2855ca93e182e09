// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/explore/trained_runs.h"
#include "ui/runs/explore/quality/quality_model.h"
#include "ui/runs/explore/quality/quality_view.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <atomic>
#include <chrono>
#include <thread>

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
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[0]), patience);
        QVERIFY(!model()->isMeasured(m_ids[1])); // each run has its own value
        QVERIFY(!model()->isMeasured(m_ids[2]));
        QCOMPARE(text(2, QualityModel::RankMe), before);
    }

    void cancelStops() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        button("measureAll")->click();
        QVERIFY(button("cancelMeasuring")->isVisible());
        button("cancelMeasuring")->click();
        QVERIFY(!button("cancelMeasuring")->isVisible());
        QVERIFY(button("measureSelected")->isEnabled());
        m_view->waitForMeasuring(); // what it has measured is on the way
        QCoreApplication::processEvents();
        for (const RunId run : m_ids)
            QVERIFY(!model()->isMeasured(run));
        button("measureSelected")->click(); // not those that were waiting
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[0]), patience);
        QTRY_VERIFY_WITH_TIMEOUT(button("measureSelected")->isEnabled(), patience);
        QVERIFY(!model()->isMeasured(m_ids[1]) && !model()->isMeasured(m_ids[2]));
    }

    /// A run that was cancelled has an encoder, but it is no finished one. The selected run is always there.
    void onlyFinishedRunsAreListed() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        RunStore store(m_runs->record(m_ids[0]).database);
        store.runs().finish(m_ids[1], RunStatus::Cancelled, "", "");
        open();
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 2, patience);
        for (const QualityRow &row : model()->rows())
            QVERIFY(row.run.id != m_ids[1]);
        m_view->showRuns({m_runs->record(m_ids[1])});
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        store.runs().finish(m_ids[1], RunStatus::Completed, "", "");
    }

    /// While another view computes features, measuring waits; its features are not kept.
    void measuringTakesItsTurn() {
        QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), 3, patience);
        FeatureRequest request;
        request.split = "train";
        std::stop_source stop;
        std::atomic<bool> isHeld = false;
        request.progress = [&](std::size_t, std::size_t) {
            isHeld = true;
            while (!stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
        };
        const RunRecord other = m_runs->record(m_ids[2]);
        std::jthread holding([&] { m_features->load(other, request, stop.get_token()); });
        const auto release = qScopeGuard([&stop] { stop.request_stop(); }); // also if a check fails
        QTRY_VERIFY_WITH_TIMEOUT(isHeld, patience);
        button("measureSelected")->click();
        QTest::qWait(300); // long enough for a run of 64 images, which must not be measured now
        QVERIFY(!model()->isMeasured(m_ids[0]));
        stop.request_stop();
        QTRY_VERIFY_WITH_TIMEOUT(model()->isMeasured(m_ids[0]), patience);
        FeatureRequest measured;
        measured.split = "train";
        QVERIFY(m_features->find(m_runs->record(m_ids[0]), measured) == nullptr);
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
        m_view = std::make_unique<QualityView>(*m_features, m_runs->cache(), m_runs->queue());
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
