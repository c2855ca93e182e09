// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/workspace/computing.h"
#include "ui/shell/notifier.h"
#include "ui/shell/run_strip.h"
#include "ui/workspace/notification_setting.h"

#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// What is told while the window is not active.
class TestNotifier : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_notifier"));
    }

    void init() {
        QSettings().clear();
        m_computing =
            std::make_unique<Computing>(m_folder.filePath(QStringLiteral("r.sqlite")).toStdString());
        m_window = std::make_unique<QWidget>();
        m_notifier = new Notifier(m_computing->queue, m_computing->session, *m_window);
    }

    void cleanup() {
        m_window.reset();
        m_computing.reset();
        QSettings().clear();
    }

    void tellsEndsAndFailures() {
        QSignalSpy sent(m_notifier, &Notifier::sent);
        Q_EMIT session().finished(RunEnd::Completed, 1, QStringLiteral("All is done."));
        Q_EMIT session().finished(RunEnd::Failed, 2, QStringLiteral("No <b>memory</b>."));
        Q_EMIT session().finished(RunEnd::Cancelled, 3, QStringLiteral("Stopped.")); // by the user
        QCOMPARE(sent.count(), 2);
        QVERIFY(sent[0][0].toString().contains(QStringLiteral("complete")));
        QCOMPARE(sent[1][1].toString(), QStringLiteral("No <b>memory</b>."));
    }

    void tellsRulesAndThePauseOfTheQueue() {
        QSignalSpy sent(m_notifier, &Notifier::sent);
        RunStrip strip(m_computing->queue, session());
        connect(m_notifier, &Notifier::notShown, &strip, &RunStrip::showNotice);
        Q_EMIT session().ruleFired(QStringLiteral("loss has not improved"), true);
        QCOMPARE(sent.count(), 1);
        auto *name = strip.findChild<QLabel *>(QStringLiteral("stripName"));
        QVERIFY(name->text().contains(QStringLiteral("loss has not improved")));
        Q_EMIT m_computing->queue.pausedItself(QStringLiteral("The disk is full."));
        QCOMPARE(sent.count(), 2);
        QVERIFY(name->text().contains(QStringLiteral("disk")));
    }

    void activeWindowNeedsNone() {
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QSignalSpy sent(m_notifier, &Notifier::sent);
        Q_EMIT session().finished(RunEnd::Completed, 1, QStringLiteral("All is done."));
        QVERIFY(sent.isEmpty());
    }

    void canBeTurnedOff() {
        QVERIFY(areNotificationsWanted());
        rememberNotifications(false);
        QSignalSpy sent(m_notifier, &Notifier::sent);
        Q_EMIT session().finished(RunEnd::Failed, 1, QStringLiteral("No memory."));
        QVERIFY(sent.isEmpty());
    }

  private:
    TrainingSession &session() { return m_computing->session; }

    QTemporaryDir m_folder;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<QWidget> m_window;
    Notifier *m_notifier = nullptr;
};

SIMCLR_TEST(TestNotifier, QApplication)
#include "tst_notifier.moc"
