// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/details/continue_dialog.h"
#include "ui/runs/details/run_details_model.h"
#include "ui/runs/runs_page.h"
#include "ui/workspace/workspace.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real page, on which a trained run is continued.
class TestContinueDialog : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_continue_dialog"));
        QSettings().clear();
        m_database = m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
        QVERIFY(executeRun(smallRun(), openDataset("shapes"), m_database, {}, {}).end == RunEnd::Completed);
        m_workspace = std::make_unique<Workspace>(m_database);
        m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
        m_page = std::make_unique<RunsPage>(*m_workspace, m_computing->queue, m_computing->session);
        m_page->resize(1300, 800);
        m_page->show();
    }

    void cleanupTestCase() {
        m_page.reset();
        m_computing.reset();
        m_workspace.reset();
    }

    void nothingStartsBeforeSomethingIsChanged() {
        openDialog();
        QVERIFY(!start()->isEnabled());
        QVERIFY(dialog()->findChild<QWidget *>(QStringLiteral("learning_rate")) != nullptr);
        QVERIFY(dialog()->findChild<QWidget *>(QStringLiteral("encoder")) == nullptr);
        epochs()->setValue(4);
        QVERIFY(start()->isEnabled());
        epochs()->setValue(2);
        QVERIFY(!start()->isEnabled());
        dialog()->reject();
        QTRY_VERIFY(dialog() == nullptr);
        QCOMPARE(RunStore(m_database).runs().all().size(), std::size_t{1});
    }

    void moreEpochsMakeANewRun() {
        QSignalSpy finished(&m_computing->session, &TrainingSession::finished);
        openDialog();
        epochs()->setValue(4);
        dialog()->findChild<QLineEdit *>(QStringLiteral("continuedName"))->setText(QStringLiteral("longer"));
        start()->click();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        const RunRecord run = RunStore(m_database).runs().one(2);
        QVERIFY2(run.status == RunStatus::Completed, run.failure.c_str());
        QCOMPARE(run.name, std::string("longer"));
        QCOMPARE(run.totalEpochs, std::int64_t{4});
        QCOMPARE(run.origin->run, RunId{1});
        QCOMPARE(m_computing->session.started().epochs, std::int64_t{4});
    }

    void detailsSayWhereARunComesFrom() {
        RunDetailsModel model;
        model.setRun(RunStore(m_database).runs().one(2));
        const QList<QStandardItem *> sections = model.findItems(QStringLiteral("Continues"));
        QCOMPARE(sections.size(), 1);
        QStringList rows;
        for (int row = 0; row < sections.front()->rowCount(); ++row)
            rows.append(sections.front()->child(row, 1)->text());
        QVERIFY2(rows.contains(QStringLiteral("1, “small”")), qPrintable(rows.join(QLatin1Char('|'))));
        QVERIFY2(rows.contains(QStringLiteral("2 → 4")), qPrintable(rows.join(QLatin1Char('|'))));
        model.setRun(RunStore(m_database).runs().one(1));
        QVERIFY(model.findItems(QStringLiteral("Continues")).isEmpty());
    }

  private:
    void openDialog() {
        m_page->selectRun(1);
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!button()->isHidden(), patience);
        button()->click();
        QVERIFY(dialog() != nullptr);
    }
    QPushButton *button() { return m_page->findChild<QPushButton *>(QStringLiteral("continueRun")); }
    ContinueDialog *dialog() { return m_page->findChild<ContinueDialog *>(); }
    QPushButton *start() { return dialog()->findChild<QPushButton *>(QStringLiteral("startContinued")); }
    QSpinBox *epochs() { return dialog()->findChild<QSpinBox *>(QStringLiteral("epochs")); }

    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<RunsPage> m_page;
};

SIMCLR_TEST(TestContinueDialog, QApplication)
#include "tst_continue_dialog.moc"
