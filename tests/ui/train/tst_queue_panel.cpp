// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/train/small_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/train/queue_model.h"
#include "ui/train/queue_panel.h"
#include "ui/workspace/queue_forecast.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 60'000;

} // namespace

/// The panel with a real queue.
class TestQueuePanel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_queue_panel"));
        m_dataset = openDataset("shapes");
    }

    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_computing = std::make_unique<Computing>(m_database);
        m_forecast = std::make_unique<QueueForecast>(queue(), m_database);
        m_parent = std::make_unique<QWidget>();
        m_panel = new QueuePanel(queue(), *m_forecast, m_parent.get());
        m_parent->resize(700, 300);
        m_panel->resize(700, 300);
        m_parent->show();
    }

    void cleanup() {
        m_parent.reset();
        m_forecast.reset();
        m_computing.reset();
        QSettings().clear();
    }

    void isHiddenWhileThereIsNothingToShow() {
        QVERIFY(!m_panel->isVisible());
        action("pauseQueue")->trigger();
        QVERIFY(queue().isPaused() && m_panel->isVisible());
        action("pauseQueue")->trigger();
        QVERIFY(!queue().isPaused() && !m_panel->isVisible());
    }

    void saysWhatWaits() {
        queue().pause();
        add("first");
        add("second");
        QCOMPARE(list()->model()->rowCount(), 2);
        QCOMPARE(textAt(0, QueueModel::Title), QStringLiteral("Train “first”"));
        QVERIFY(textAt(1, QueueModel::Images).startsWith(QStringLiteral("shapes")));
        QVERIFY(!textAt(0, QueueModel::Pipeline).isEmpty());
        QCOMPARE(textAt(0, QueueModel::State), QStringLiteral("waiting"));
        QCOMPARE(textAt(0, QueueModel::Time), QStringLiteral("unknown"));
        const QString summary = m_panel->findChild<QLabel *>(QStringLiteral("queueSummary"))->text();
        QVERIFY2(summary.contains(QStringLiteral("paused")) && summary.contains(QStringLiteral("unknown")),
                 qPrintable(summary));
    }

    void keysMoveTheSelectedJob() {
        queue().pause();
        add("first");
        add("second");
        add("third");
        m_parent->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_parent.get()));
        list()->setFocus();
        list()->setCurrentIndex(list()->model()->index(2, 0));
        QTest::keyClick(list(), Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(titles(), (QStringList{"Train “first”", "Train “third”", "Train “second”"}));
        QCOMPARE(list()->currentIndex().row(), 1); // stays selected
        QTest::keyClick(list(), Qt::Key_Up, Qt::ControlModifier);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ControlModifier);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(titles(), (QStringList{"Train “first”", "Train “second”", "Train “third”"}));
        QTest::keyClick(list(), Qt::Key_Delete);
        QCOMPARE(titles(), (QStringList{"Train “first”", "Train “second”"}));
    }

    void draggingMovesAJob() {
        queue().pause();
        add("first");
        add("second");
        add("third");
        QAbstractItemModel &model = *list()->model();
        const std::unique_ptr<QMimeData> dragged(model.mimeData({model.index(2, 0)}));
        QVERIFY(!model.dropMimeData(dragged.get(), Qt::MoveAction, 0, 0, {}));
        QCOMPARE(titles(), (QStringList{"Train “third”", "Train “first”", "Train “second”"}));
        const std::unique_ptr<QMimeData> again(model.mimeData({model.index(0, 0)}));
        model.dropMimeData(again.get(), Qt::MoveAction, 3, 0, {});
        QCOMPARE(titles(), (QStringList{"Train “first”", "Train “second”", "Train “third”"}));
    }

    void failedJobsSayWhyAndCanBeTriedAgain() {
        RunConfiguration wrong = smallRun();
        wrong.options.batch = 16000;
        m_computing->train(wrong, m_dataset);
        QTRY_COMPARE_WITH_TIMEOUT(queue().troubled().size(), std::size_t{1}, patience);
        QVERIFY(m_panel->isVisible());
        QVERIFY(textAt(0, QueueModel::State).contains(QStringLiteral("16000")));
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QVERIFY(!action("jobUp")->isEnabled() && action("repeatJob")->isEnabled());
        queue().pause();
        action("repeatJob")->trigger();
        QCOMPARE(textAt(0, QueueModel::State), QStringLiteral("waiting"));
        QCOMPARE(queue().waiting(), 1);
        queue().resume();
        QTRY_COMPARE_WITH_TIMEOUT(queue().troubled().size(), std::size_t{1}, patience);
        list()->setCurrentIndex(list()->model()->index(0, 0));
        action("removeJob")->trigger();
        QVERIFY(queue().troubled().empty() && !m_panel->isVisible());
    }

    void modelIsConsistent() {
        QueueModel model(queue(), *m_forecast);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        queue().pause();
        add("first");
        add("second");
        queue().move(queue().jobs()[1].id, -1);
        queue().cancel(queue().jobs()[0].id);
        QCOMPARE(model.rowCount(), 1);
    }

  private:
    ComputeQueue &queue() { return m_computing->queue; }
    void add(const char *name) {
        RunConfiguration configuration = smallRun();
        configuration.name = name;
        m_computing->train(configuration, m_dataset);
    }
    QAction *action(const char *name) { return m_panel->findChild<QAction *>(QLatin1String(name)); }
    QTreeView *list() { return m_panel->findChild<QTreeView *>(QStringLiteral("queueList")); }
    QString textAt(int row, int column) { return list()->model()->index(row, column).data().toString(); }
    QStringList titles() {
        QStringList titles;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            titles.append(textAt(row, QueueModel::Title));
        return titles;
    }

    DatasetPtr m_dataset;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<QueueForecast> m_forecast;
    std::unique_ptr<QWidget> m_parent;
    QueuePanel *m_panel = nullptr;
};

SIMCLR_TEST(TestQueuePanel, QApplication)
#include "tst_queue_panel.moc"
