// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/table/filter_line.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/runs_panel.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QToolButton>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

constexpr int patience = 30'000;

} // namespace

/// What the table shows while a filter is being typed.
class TestFilterTyping : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_filter_typing"));
    }
    void init() {
        QSettings().clear();
        m_runs = std::make_unique<ShownRuns>();
        test::store(m_runs->store(), {.name = "linear probe", .linear = 0.5});
        test::store(m_runs->store(), {.name = "other", .linear = 0.7});
        m_runs->openAndWait();
    }
    void cleanup() { m_runs.reset(); }

    /// At every key up to the whole condition, which filters.
    void beginOfAConditionKeepsTheTable() {
        const QSignalSpy answers(queries(), &RunQueries::filtered);
        type("linear ");
        QCOMPARE(answers.size(), 7); // at once: there is nothing to filter by
        QCOMPARE(m_runs->shownNames().size(), 2);
        QVERIFY2(line().offeredSearch().contains(QStringLiteral("linear")),
                 qPrintable(line().offeredSearch()));
        type("> ");
        QTRY_VERIFY_WITH_TIMEOUT(label("filterProblem")->isVisible(), patience);
        QCOMPARE(m_runs->shownNames().size(), 2);
        QVERIFY(line().offeredSearch().isEmpty());
        type("0.6");
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("other")}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!label("filterProblem")->isVisible(), patience);
    }

    void conditionsBeforeItApply() {
        type("linear > 0.6 and");
        QTRY_VERIFY_WITH_TIMEOUT(label("filterProblem")->isVisible(), patience);
        type(" lin");
        QTRY_VERIFY_WITH_TIMEOUT(!label("filterProblem")->isVisible(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("other")}, patience);
        QVERIFY(!line().offeredSearch().isEmpty());
    }

    void enterSearchesForTheWord() {
        type("lin");
        QCOMPARE(m_runs->shownNames().size(), 2);
        QTest::keyClick(&line(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("linear probe")},
                                  patience);
        QVERIFY(line().offeredSearch().isEmpty());
        QVERIFY(!popup().isVisible());
    }

    void otherWordsFilterAtOnce() {
        type("other");
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("other")}, patience);
        QVERIFY(line().offeredSearch().isEmpty());
    }

    /// A completion is typed as well: "linear " is not a word to search for.
    void completionsKeepTheTable() {
        const QSignalSpy answers(queries(), &RunQueries::filtered);
        type("line");
        QVERIFY(popup().isVisible());
        QTest::keyClick(&popup(), Qt::Key_Down);
        QTest::keyClick(&popup(), Qt::Key_Return);
        QCOMPARE(line().text(), QStringLiteral("linear "));
        QVERIFY(!line().offeredSearch().isEmpty());
        QCOMPARE(answers.size(), 5); // at once, at each letter and for the completion
        QCOMPARE(m_runs->shownNames().size(), 2);
    }

    /// A line that is set is meant, and this word is not yet.
    void aTypedWordIsNotRemembered() {
        type("seed >= 0 and lin");
        QTRY_VERIFY_WITH_TIMEOUT(!line().offeredSearch().isEmpty(), patience);
        const auto *panel = m_runs->page().findChild<RunsPanel *>();
        const QString meant = QStringLiteral("seed >= 0");
        QCOMPARE(QString::fromStdString(panel->view()["filter"].get<std::string>()).trimmed(), meant);
        QCOMPARE(QSettings().value(QStringLiteral("runs/filter")).toString().trimmed(), meant);
        QTest::keyClick(&line(), Qt::Key_Return);
        QCOMPARE(panel->filter(), QStringLiteral("seed >= 0 and lin"));
        QCOMPARE(QSettings().value(QStringLiteral("runs/filter")).toString(), line().text());
    }

    /// From settings, a saved view or a figure: what is written is meant.
    void aLineThatIsSetIsMeant() {
        line().setText(QStringLiteral("linear"));
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("linear probe")},
                                  patience);
    }

    /// The button clears the line before it tells of an edit.
    void aLineThatIsSetAfterTheClearButtonIsMeant() {
        type("lin");
        line().findChild<QToolButton *>()->click();
        QVERIFY(line().text().isEmpty());
        line().setText(QStringLiteral("linear"));
        QVERIFY(!line().isTyped());
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->shownNames(), QStringList{QStringLiteral("linear probe")},
                                  patience);
    }

    /// Rows stay where they are when a message comes: the user may be about to click one.
    void messagesDoNotMoveTheRows() {
        m_runs->table().setColumnWidth(1, 2000);
        QTRY_VERIFY_WITH_TIMEOUT(scrollBar()->isVisible(), patience);
        const auto top = [this] { return m_runs->table().viewport()->mapToGlobal(QPoint(0, 0)).y(); };
        const auto height = [this] { return m_runs->table().viewport()->height(); };
        QTRY_VERIFY_WITH_TIMEOUT(!scrollBar()->isHidden(), patience);
        const int topBefore = top();
        const int heightBefore = height();
        line().setText(QStringLiteral("liner > 1"));
        QTRY_VERIFY_WITH_TIMEOUT(label("filterProblem")->isVisible(), patience);
        m_runs->selectRows({0});
        QTest::keyClick(&m_runs->table(), Qt::Key_Delete); // to the trash, of which it tells
        QTRY_VERIFY_WITH_TIMEOUT(label("done")->isVisible(), patience);
        QCoreApplication::processEvents();
        QCOMPARE(top(), topBefore);
        QCOMPARE(height(), heightBefore);
        const QRect table(m_runs->table().mapToGlobal(QPoint(0, 0)), m_runs->table().size());
        QVERIFY(!scrollBar()->isHidden());
        QVERIFY(!globalRect(*m_runs->child<QWidget>("messages")).intersects(globalRect(*scrollBar())));
        for (const char *name : {"filterProblem", "done"})
            QVERIFY2(table.contains(label(name)->mapToGlobal(label(name)->rect().center())), name);
        m_runs->child<QWidget>("doneClose")->setFocus();
        QTest::mouseClick(m_runs->child<QWidget>("doneClose"), Qt::LeftButton);
        QVERIFY(!label("done")->isVisible());
    }

    /// It tells of the last action, and covers rows.
    void messagesOfActionsEndWithTheNextOne() {
        m_runs->selectRows({0});
        QTest::keyClick(&m_runs->table(), Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(label("done")->isVisible(), patience);
        QTest::keyPress(&m_runs->table(), Qt::Key_Control, Qt::ControlModifier); // of a shortcut
        QVERIFY(label("done")->isVisible());
        QTest::mouseClick(m_runs->table().viewport(), Qt::LeftButton, {}, {20, 5});
        QVERIFY(!label("done")->isVisible());
    }

  private:
    FilterLine &line() { return *m_runs->child<FilterLine>("runsSearch"); }
    QAbstractItemView &popup() { return *line().findChild<QCompleter *>()->popup(); }
    RunQueries *queries() { return m_runs->page().findChild<RunQueries *>(); }
    QScrollBar *scrollBar() { return m_runs->table().horizontalScrollBar(); }
    static QRect globalRect(const QWidget &widget) {
        return {widget.mapToGlobal(QPoint(0, 0)), widget.size()};
    }
    QLabel *label(const char *name) { return m_runs->child<QLabel>(name); }
    void type(const char *text) { QTest::keyClicks(&line(), QLatin1String(text)); }

    std::unique_ptr<ShownRuns> m_runs;
};

SIMCLR_TEST(TestFilterTyping, QApplication)
#include "tst_filter_typing.moc"
