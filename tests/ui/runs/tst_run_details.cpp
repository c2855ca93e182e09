// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/support/test_support.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/details/run_details.h"
#include "ui/widgets/inline_message.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The real panel on a trained run.
class TestRunDetails : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_run_details"));
        QSettings().clear();
        m_database = m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
        RunConfiguration configuration = smallRun();
        configuration.name = "shapes/small";
        configuration.options.epochs = 1;
        m_run = executeRun(configuration, openDataset("shapes"), m_database, {}, {}).run;
    }

    void init() {
        QSettings().setValue(QStringLiteral("exportFolder"), m_folder.path());
        m_computing = std::make_unique<Computing>(m_database);
        m_details = std::make_unique<RunDetails>(m_computing->queue);
        m_details->resize(1100, 360);
        m_details->show();
    }

    void cleanup() {
        m_details.reset();
        m_computing.reset();
    }

    void onlyWhatHasACheckpointCanBeExported() {
        QVERIFY(!exportButton()->isVisible());
        RunRecord run = stored();
        m_details->setRun(run);
        QVERIFY(exportButton()->isVisible());
        run.artifacts.clear();
        m_details->setRun(run);
        QVERIFY(!exportButton()->isVisible());
    }

    void exportsInTheChosenFormat() {
        m_details->setRun(stored());
        exportButton()->click();
        QCOMPARE(fileName(), QStringLiteral("shapes-small.pt"));
        QTest::keyClick(dialog()->findChild<QComboBox *>(QStringLiteral("fileTypeCombo")), Qt::Key_Down);
        QCOMPARE(fileName(), QStringLiteral("shapes-small.safetensors"));
        accept();
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), patience);
        const QString file = m_folder.filePath(QStringLiteral("shapes-small.safetensors"));
        QVERIFY(QFileInfo(file).size() > 1000);
        QVERIFY2(message()->text().contains(file), qPrintable(message()->text()));
        message()->findChild<QPushButton *>(QStringLiteral("messageAction"))->click();
        const QString python = QGuiApplication::clipboard()->text();
        QVERIFY2(python.contains(QStringLiteral("shapes-small.safetensors")), qPrintable(python));
        RunRecord other = stored();
        other.id += 1;
        m_details->setRun(other);
        QVERIFY(!message()->isVisible()); // it was about another run
    }

    void checkpointThatIsGoneIsTold() {
        const RunRecord run = stored();
        const auto folder = run.artifacts.front().path.toRead().parent_path();
        const auto gone = folder.parent_path() / "gone";
        std::filesystem::rename(folder, gone);
        const auto back = qScopeGuard([&] { std::filesystem::rename(gone, folder); });
        m_details->setRun(run);
        exportButton()->click();
        accept();
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), patience);
        QVERIFY2(message()->text().startsWith(QStringLiteral("The encoder was not exported")),
                 qPrintable(message()->text()));
        QVERIFY(!QFileInfo::exists(m_folder.filePath(QStringLiteral("shapes-small.pt"))));
        QVERIFY(exportButton()->isEnabled());
    }

    /// Beside the .npy is the table of paths and labels.
    void exportsFeatures() {
        m_details->setRun(stored());
        m_details->findChild<QPushButton *>(QStringLiteral("exportFeatures"))->click();
        auto *features = m_details->findChild<QFileDialog *>(QStringLiteral("featuresDialog"));
        QVERIFY(features != nullptr);
        features->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
        QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible(), patience);
        QVERIFY2(message()->text().contains(QStringLiteral("features of each")),
                 qPrintable(message()->text()));
        QVERIFY(QFileInfo(m_folder.filePath(QStringLiteral("shapes-small.npy"))).size() > 1000);
        QVERIFY(QFileInfo::exists(m_folder.filePath(QStringLiteral("shapes-small.csv"))));
    }

    void resumingTwiceIsNotOffered() {
        RunRecord run = stored();
        run.status = RunStatus::Cancelled;
        m_details->setRun(run);
        auto *resume = m_details->findChild<QPushButton *>(QStringLiteral("resumeRun"));
        QVERIFY(resume->isVisible() && resume->isEnabled());
        resume->click();
        QVERIFY(!resume->isEnabled()); // it is in the queue
        m_computing->queue.cancel(JobId(m_computing->queue.jobs().front().id));
        QVERIFY(resume->isEnabled());
    }

  private:
    RunRecord stored() { return RunStore(m_database).runs().one(m_run); }
    QPushButton *exportButton() {
        return m_details->findChild<QPushButton *>(QStringLiteral("exportEncoder"));
    }
    InlineMessage *message() { return m_details->findChild<InlineMessage *>(); }
    QFileDialog *dialog() { return m_details->findChild<QFileDialog *>(QStringLiteral("exportDialog")); }
    QString fileName() { return dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->text(); }
    void accept() { dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click(); }

    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    RunId m_run = 0;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<RunDetails> m_details;
};

SIMCLR_TEST(TestRunDetails, QApplication)
#include "tst_run_details.moc"
