// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/explore/explore_panel.h"
#include "ui/runs/explore/explore_view.h"
#include "ui/workspace/workspace.h"

#include <QLabel>
#include <QListWidget>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>

using namespace simclr;
using namespace simclr::test;
using namespace simclr::ui;

namespace {

/// Counts what it is asked to show.
class CountingView : public ExploreView {
  public:
    void showRuns(const std::vector<RunRecord> &shown) override {
        ++calls;
        runs = shown;
    }
    int calls = 0;
    std::vector<RunRecord> runs;
};

RunRecord runOf(RunId id) {
    RunRecord run;
    run.id = id;
    return run;
}

} // namespace

/// The frame of the views.
class TestExplorePanel : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<ExplorePanel> m_panel;
    CountingView *m_view = nullptr;

    QListWidget &list() { return *m_panel->findChild<QListWidget *>(QStringLiteral("exploreViews")); }
    void open() {
        m_panel = std::make_unique<ExplorePanel>(*m_workspace, m_computing->queue);
        m_view = new CountingView;
        m_panel->addView(m_view, QStringLiteral("Count"), {}, QStringLiteral("countingView"));
        m_panel->resize(900, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_explore_panel"));
        const auto database = m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_workspace = std::make_unique<Workspace>(database);
        m_computing = std::make_unique<Computing>(database, m_workspace->images());
    }
    void init() {
        QSettings().clear();
        open();
    }
    void cleanup() { m_panel.reset(); }
    void cleanupTestCase() {
        m_computing.reset();
        m_workspace.reset();
    }

    void withoutRunsItSaysWhatToDo() {
        auto *empty = m_panel->findChild<QWidget *>(QStringLiteral("emptyExplore"));
        QVERIFY(empty->isVisible());
        m_panel->setRuns({runOf(1)}, 1);
        QVERIFY(!empty->isVisible());
        m_panel->setRuns({}, 0);
        QVERIFY(empty->isVisible());
    }

    void viewsThatAreNotShownAreNotAsked() {
        m_panel->setRuns({runOf(1)}, 1);
        QCOMPARE(m_view->calls, 0);
        m_panel->showView(QStringLiteral("countingView"));
        QCOMPARE(m_view->calls, 1);
        m_panel->setRuns({runOf(1)}, 1); // nothing new
        QCOMPARE(m_view->calls, 1);
        m_panel->hide();
        m_panel->setRuns({runOf(2)}, 1);
        QCOMPARE(m_view->calls, 1);
        m_panel->show();
        QCOMPARE(m_view->calls, 2);
    }

    void theFirstTwoRunsAreShown() {
        m_panel->showView(QStringLiteral("countingView"));
        m_panel->setRuns({runOf(5), runOf(6), runOf(7)}, 3);
        QCOMPARE(m_view->runs.size(), std::size_t(2));
        QCOMPARE(m_view->runs.back().id, RunId(6));
        const auto *hint = m_panel->findChild<QLabel *>(QStringLiteral("exploreHint"));
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains(QStringLiteral("first 2 of 3")));
    }

    void theChosenViewIsRemembered() {
        m_panel->setRuns({runOf(1)}, 1);
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_End);
        QCOMPARE(list().currentRow(), list().count() - 1);
        open();
        QCOMPARE(list().currentItem()->data(Qt::UserRole).toString(), QStringLiteral("countingView"));
    }
};

SIMCLR_TEST(TestExplorePanel, QApplication)
#include "tst_explore_panel.moc"
