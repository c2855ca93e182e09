// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/compare/agreement/agreement_model.h"
#include "ui/runs/compare/compare_tabs.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <memory>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

/// Four images; the classes that are predicted for them.
void addPredictions(RunStore &store, RunId run, const std::vector<std::int32_t> &predicted) {
    Result result = measured("linear", "test", 10, 0.5);
    result.predictions =
        std::make_shared<const Predictions>(Predictions{{1, 2, 3, 4}, {0, 0, 1, 1}, predicted});
    store.results().add(run, result);
}

} // namespace

/// The agreement of predictions between runs, in the real page.
class TestAgreementMatrix : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_agreement_matrix"));
        qRegisterMetaType<simclr::ResultKey>("simclr::ResultKey");
        theme::apply(*qApp, ThemeChoice::Dark);
    }
    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ShownRuns>();
        m_ids.clear();
        for (int i = 0; i < 4; ++i)
            m_ids.append(test::store(m_runs->store(), {.name = "run"}));
        addPredictions(m_runs->store(), m_ids[0], {0, 0, 1, 1});
        addPredictions(m_runs->store(), m_ids[1], {1, 1, 0, 0});
        addPredictions(m_runs->store(), m_ids[2], {0, 0, 1, 0});
        open();
    }
    void cleanup() { m_runs.reset(); }

    void sharesAreShown() {
        m_runs->table().selectAll();
        QTRY_COMPARE(cells().rowCount(), 3); // the fourth run has no predictions
        const QAbstractItemModelTester tester(table()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const int first = rowOf(m_ids[0]);
        const int other = rowOf(m_ids[1]);
        const int similar = rowOf(m_ids[2]);
        QCOMPARE(std::abs(first - similar), 1); // neighbours
        QVERIFY(text(first, similar).startsWith(QStringLiteral("75")));
        QVERIFY(text(first, other).startsWith(QStringLiteral("0")));
        QCOMPARE(text(similar, first), text(first, similar));
        QVERIFY(text(first, first).isEmpty());
        const QString help = cells().index(first, similar).data(Qt::AccessibleDescriptionRole).toString();
        QVERIFY2(help.contains(QStringLiteral("3 of 4 images")), qPrintable(help));
        QVERIFY2(help.contains(QStringLiteral("κ = 0.50")), qPrintable(help));
        QVERIFY(hint()->text().contains(QStringLiteral("without storing predictions")));
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            m_runs->page().grab().save(qEnvironmentVariable("SIMCLR_PICTURES") +
                                       QStringLiteral("/agreement.png"));
    }

    /// A run that trains has a new record every second; its results are the same ones.
    void anotherRecordOfARunReadsNothingAgain() {
        m_runs->table().selectAll();
        QTRY_COMPARE(cells().rowCount(), 3);
        const QSignalSpy read(&cells(), &QAbstractItemModel::modelReset);
        m_runs->store().annotations().change(std::vector<RunId>{m_ids[0]}, {.starred = true});
        const auto *panel = m_runs->page().findChild<RunsPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(panel->model().run(m_ids[0])->starred, 30'000);
        QTest::qWait(100); // an answer would have come
        QCOMPARE(read.size(), 0);
        addPredictions(m_runs->store(), m_ids[3], {0, 0, 1, 1}); // but a new result is read
        QTRY_COMPARE_WITH_TIMEOUT(cells().rowCount(), 4, 30'000);
    }

    void clickAsksForTheImages() {
        m_runs->table().selectAll();
        QTRY_COMPARE(cells().rowCount(), 3);
        auto *tabs = m_runs->child<CompareTabs>("compareTabs");
        QSignalSpy requested(tabs, &CompareTabs::disagreementRequested);
        const QModelIndex cell = cells().index(rowOf(m_ids[0]), rowOf(m_ids[2]));
        table()->scrollTo(cell);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(cell).center());
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested[0][0].toLongLong(), m_ids[0]);
        QCOMPARE(requested[0][1].toLongLong(), m_ids[2]);
        QCOMPARE(requested[0][2].value<ResultKey>().split, Split::Test);
        QTRY_VERIFY(m_runs->child<QWidget>("exploreDisagreement")->isVisible());
        QCOMPARE(m_runs->table().selectedRuns().size(), 4); // the selection, which has both, stays
    }

    void aRunDoesNotDifferFromItself() {
        m_runs->table().selectAll();
        QTRY_COMPARE(cells().rowCount(), 3);
        QSignalSpy requested(m_runs->child<CompareTabs>("compareTabs"), &CompareTabs::disagreementRequested);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(cells().index(0, 0)).center());
        QCOMPARE(requested.count(), 0);
    }

    void orderOfTheTable() {
        m_runs->table().selectAll();
        auto *order = m_runs->child<QComboBox>("agreementOrder");
        order->setCurrentIndex(1);
        Q_EMIT order->activated(1);
        QTRY_COMPARE(cells().rowCount(), 3);
        QTRY_COMPARE(rowOf(m_ids[2]), 0); // newest first
        QCOMPARE(rowOf(m_ids[1]), 1);
    }

    void oneRunIsNotEnough() {
        m_runs->selectRows({0});
        QTRY_VERIFY(hint()->text().contains(QStringLiteral("two or more")));
        QTRY_VERIFY(table()->isHidden());
    }

    void runsOnOtherImagesAreRefused() {
        Result result = measured("linear", "test", 10, 0.5);
        result.predictions =
            std::make_shared<const Predictions>(Predictions{{1, 2}, {1, 1}, {1, 1}}); // other labels
        m_runs->store().results().add(m_ids[3], result);
        open();
        m_runs->table().selectAll();
        QTRY_VERIFY2(hint()->text().contains(QStringLiteral("cannot be compared")),
                     qPrintable(hint()->text()));
    }

    void otherImagesAreNotCompared() {
        const RunId foreign = test::store(m_runs->store(), {.name = "foreign", .fingerprint = "other"});
        Result result = measured("linear", "test", 10, 0.5);
        result.predictions =
            std::make_shared<const Predictions>(Predictions{{1, 2}, {1, 1}, {1, 1}}); // other labels
        m_runs->store().results().add(foreign, result);
        open();
        m_runs->table().selectAll();
        QTRY_COMPARE(cells().rowCount(), 4);
        QCOMPARE(text(rowOf(foreign), rowOf(m_ids[0])), QStringLiteral("–"));
        QVERIFY(text(rowOf(m_ids[0]), rowOf(m_ids[2])).startsWith(QStringLiteral("75")));
        const QModelIndex cell = cells().index(rowOf(foreign), rowOf(m_ids[0]));
        QVERIFY(cell.data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("same images")));
    }

    void csvHasEachPairOnce() {
        AgreementAnswer answer;
        for (const RunId run : {1, 2}) {
            RunRecord record;
            record.id = run;
            record.name = "=run";
            answer.results.push_back({std::make_shared<const RunRecord>(record), {}});
        }
        answer.matrix.resize(4);
        answer.matrix[1] = {.common = 4, .same = 3, .bothRight = 3, .firstOnly = 1, .byChance = 0.5};
        AgreementModel model;
        model.setAnswer(answer);
        const QStringList lines = QString::fromUtf8(model.asCsv()).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[1].endsWith(QStringLiteral(",4,0.75,0.5,3,0,1,0")), qPrintable(lines[1]));
    }

  private:
    void open() {
        m_runs->openAndWait();
        m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(1);
        m_runs->child<QToolButton>("compareAgreement")->click();
        auto *scope = m_runs->child<QComboBox>("compareScope");
        scope->setCurrentIndex(1);
        Q_EMIT scope->activated(1);
    }
    QTableView *table() { return m_runs->child<QTableView>("agreementTable"); }
    const AgreementModel &cells() { return *static_cast<const AgreementModel *>(table()->model()); }
    QLabel *hint() { return m_runs->child<QLabel>("agreementHint"); }
    QString text(int row, int column) { return cells().index(row, column).data().toString(); }
    int rowOf(qint64 run) {
        const auto &results = cells().answer().results;
        for (std::size_t row = 0; row < results.size(); ++row)
            if (results[row].run->id == run)
                return static_cast<int>(row);
        return -1;
    }

    std::unique_ptr<ShownRuns> m_runs;
    QList<qint64> m_ids;
};

SIMCLR_TEST(TestAgreementMatrix, QApplication)
#include "tst_agreement_matrix.moc"
