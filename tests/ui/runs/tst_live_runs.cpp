// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/stored_runs.h"
#include "tests/ui/workspace/computing.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/table/runs_model.h"
#include "ui/runs/table/runs_table.h"
#include "ui/workspace/workspace.h"

#include <QLineEdit>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// The real page while its database changes, as during training.
class TestLiveRuns : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_live_runs"));
    }

    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_store = std::make_unique<RunStore>(m_database);
        m_workspace = std::make_unique<Workspace>(m_database);
        m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
    }

    void cleanup() {
        m_page.reset();
        m_computing.reset();
        m_workspace.reset();
        m_store.reset();
    }

    void runThatTrainsLeavesTheEditorAlone() {
        const RunId id = storeRunning();
        makePage();
        QTRY_COMPARE(curves()->curveCount(), 1);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F2);
        QPointer<QLineEdit> editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor != nullptr);
        editor->setText(QStringLiteral("half a na"));
        m_store->metrics().add(id, std::vector<KeyedMetric>{{"loss", {51, 5.1, 1, 0}}});
        QTRY_VERIFY_WITH_TIMEOUT(
            table()->model()->index(0, RunsModel::Epochs).data().toString().startsWith(QStringLiteral("5.1")),
            5000);
        QVERIFY(editor != nullptr);
        QCOMPARE(editor->text(), QStringLiteral("half a na"));
    }

    void curvesOfARunThatTrainsGrow() {
        const RunId id = storeRunning();
        makePage();
        QTRY_VERIFY(curves()->curveCount() == 1 && curves()->points(0).size() == 50);
        m_store->metrics().add(id, std::vector<KeyedMetric>{{"loss", {51, 5.1, 1, 0}}});
        QTRY_COMPARE_WITH_TIMEOUT(curves()->points(0).size(), 51, 5000);
        QCOMPARE(curves()->points(0).last(), QPointF(51, 1));
        m_store->runs().finish(id, RunStatus::Cancelled, "", "");
        m_store->runs().reopen(id, 20); // as another process does
        m_store->metrics().add(id, std::vector<KeyedMetric>{{"loss", {21, 2.1, 3, 0}}});
        QTRY_COMPARE_WITH_TIMEOUT(curves()->points(0).size(), 21, 5000);
        QCOMPARE(curves()->points(0).last(), QPointF(21, 3));
    }

    void selectionSurvivesNewRuns() {
        for (const char *name : {"alpha", "beta", "gamma"})
            test::store(*m_store, {.name = name});
        makePage();
        table()->selectionModel()->select(table()->model()->index(1, 0),
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        const QList<qint64> before = table()->selectedRuns();
        test::store(*m_store, {.name = "delta"});
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, 5000);
        QCOMPARE(table()->selectedRuns(), before);
    }

  private:
    RunId storeRunning() {
        return test::store(*m_store, {.name = "busy", .status = RunStatus::Running, .steps = 50});
    }
    void makePage() {
        m_page = std::make_unique<RunsPage>(*m_workspace, m_computing->queue, m_computing->session);
        m_page->resize(1200, 740);
        m_page->show();
        QTRY_COMPARE(table()->model()->rowCount(), int(m_store->runs().all().size()));
    }
    RunsTable *table() { return m_page->findChild<RunsTable *>(); }
    CurvePlot *curves() { return m_page->findChild<CurvePlot *>(QStringLiteral("runCurves")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<RunStore> m_store;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<RunsPage> m_page;
};

SIMCLR_TEST(TestLiveRuns, QApplication)
#include "tst_live_runs.moc"
