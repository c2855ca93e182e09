// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/train/sweep_dialog.h"
#include "ui/workspace/queue_forecast.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestSweepDialog : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_sweep_dialog"));
        QSettings().clear();
        m_computing = std::make_unique<Computing>(database());
        m_forecast = std::make_unique<QueueForecast>(m_computing->queue, database());
    }

    void init() {
        Grid base;
        base.base = smallRun();
        m_dialog = new SweepDialog(base, pipelineLibrary(base.base.pipeline), *m_forecast);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    }

    void cleanup() { delete m_dialog; }

    void cleanupTestCase() {
        m_forecast.reset();
        m_computing.reset();
    }

    void offersThreeSeedsAtFirst() {
        QVERIFY2(summary().contains(QLatin1Char('3')), qPrintable(summary()));
        QVERIFY2(summary().contains(QStringLiteral("unknown")), qPrintable(summary()));
        QVERIFY(add()->isEnabled());
    }

    void addsEveryCombinationAtOnce() {
        m_dialog->addAxis()->setAxis(QStringLiteral("learning_rate"), QStringLiteral("0.1, 0.5"));
        m_dialog->addAxis()->setAxis(QStringLiteral("encoder"), QStringLiteral("resnet18,resnet34"));
        auto *pipelines = m_dialog->findChild<QListWidget *>(QStringLiteral("sweepPipelines"));
        QVERIFY(pipelines->count() > 2);
        pipelines->item(1)->setCheckState(Qt::Checked);
        seeds()->setText(QStringLiteral("1,2"));
        QSignalSpy chosen(m_dialog, &SweepDialog::chosen);
        QTest::mouseClick(add(), Qt::LeftButton);
        QCOMPARE(chosen.count(), 1);
        const auto jobs = chosen[0][0].value<std::vector<TrainJob>>();
        QCOMPARE(jobs.size(), std::size_t{16});
        QCOMPARE(jobs.back().configuration.options.encoder, std::string("resnet34"));
        QCOMPARE(jobs.back().configuration.options.seed, std::int64_t{2});
    }

    void saysWhatIsWrong() {
        AxisEditor *axis = m_dialog->addAxis();
        QVERIFY(!add()->isEnabled()); // it has no value yet
        axis->setAxis(QStringLiteral("learning_rate"), QStringLiteral("fast"));
        QVERIFY(!add()->isEnabled());
        QVERIFY2(summary().contains(QStringLiteral("learning_rate")), qPrintable(summary()));
        QTest::mouseClick(axis->findChild<QToolButton *>(QStringLiteral("removeAxis")), Qt::LeftButton);
        QVERIFY(add()->isEnabled());
        seeds()->setText(QStringLiteral("1-2000"));
        QVERIFY(!add()->isEnabled());
        seeds()->clear(); // the seed of the form
        QVERIFY2(add()->isEnabled(), qPrintable(summary()));
    }

  private:
    std::filesystem::path database() const {
        return m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
    }
    QString summary() { return m_dialog->findChild<QLabel *>(QStringLiteral("sweepSummary"))->text(); }
    QPushButton *add() { return m_dialog->findChild<QPushButton *>(QStringLiteral("sweepAdd")); }
    QLineEdit *seeds() { return m_dialog->findChild<QLineEdit *>(QStringLiteral("sweepSeeds")); }

    QTemporaryDir m_folder;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<QueueForecast> m_forecast;
    SweepDialog *m_dialog = nullptr;
};

SIMCLR_TEST(TestSweepDialog, QApplication)
#include "tst_sweep_dialog.moc"
