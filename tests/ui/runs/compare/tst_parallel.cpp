// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/parser.h"
#include "tests/support/test_main.h"
#include "tests/ui/runs/compare/figure_fixture.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/compare/parallel/brush_filter.h"
#include "ui/runs/compare/parallel/parallel_panel.h"
#include "ui/runs/compare/parallel/parallel_plot.h"
#include "ui/runs/table/runs_model.h"
#include "ui/widgets/theme.h"

#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <cmath>
#include <memory>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

ParallelFigure figureOf(const std::vector<FieldValue> &first, const std::vector<FieldValue> &second,
                        ValueKind kind = ValueKind::Any) {
    const FigureRuns runs = singleRuns(static_cast<int>(first.size()));
    return parallelFigure(runs, {figureField(QStringLiteral("batch"), valuesOf(first), runs),
                                 figureField(QStringLiteral("name"), valuesOf(second, kind), runs)});
}

bool isFilter(const QString &line) {
    try {
        parseFilter(line.toStdString());
        return true;
    } catch (const std::exception &) {
        return false;
    }
}

} // namespace

/// Parallel coordinates: axes, brushes and the filter that they become, and the real page.
class TestParallel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_parallel"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() { QSettings().clear(); }
    void cleanup() { m_runs.reset(); }

    void axesSpanTheirValues() {
        const ParallelFigure figure = figureOf({64, 128, 256}, {"a", "c", {}}, ValueKind::Text);
        QCOMPARE(figure.axes[0].low, 64.0);
        QCOMPARE(figure.axes[0].share(64), 0.0);
        QCOMPARE(figure.axes[0].share(160), 0.5);
        QVERIFY(std::isnan(figure.axes[0].share(std::nan(""))));
        QCOMPARE(figure.axes[1].missing, 1);
        QVERIFY(std::isnan(figure.lines[2].shares[1]));
        QCOMPARE(figure.axes[1].ticks().size(), 2);
    }

    void wideRangesAreLogarithmic() {
        const ParallelFigure figure = figureOf({0.001, 0.01, 0.1}, {"a", "b", "c"});
        QVERIFY(figure.axes[0].isLogarithmic);
        QVERIFY(std::abs(figure.axes[0].share(0.01) - 0.5) < 1e-12);
        QVERIFY(std::abs(figure.axes[0].valueAt(0.5) - 0.01) < 1e-12);
    }

    void equalValuesAreInTheMiddle() {
        const ParallelFigure figure = figureOf({7, 7}, {"a", "a"});
        QCOMPARE(figure.lines[0].shares[0], 0.5);
        QCOMPARE(figure.lines[0].shares[1], 0.5);
    }

    void valuesThatDifferByRoundingAreOne() {
        const double next = std::nextafter(7.0, 8.0);
        const ParallelFigure figure = figureOf({7.0, next}, {"a", "a"});
        QCOMPARE(figure.axes[0].ticks(), std::vector<double>{7.0});
        QCOMPARE(figure.lines[1].shares[0], 0.5);
        QCOMPARE(figureOf({7.0, 7.0 + 1e-9}, {"a", "a"}).lines[1].shares[0], 1.0);
    }

    void brushesThatHoldNothingAreRemoved() {
        const ParallelFigure figure = figureOf({7, 7}, {"a", "b"}, ValueKind::Text);
        QVERIFY(!figure.axes[0].settled({0.6, 1}));
        QVERIFY(figure.axes[0].settled({0.4, 1}).has_value());
        QVERIFY(!figure.axes[1].settled({0.2, 0.8})); // between both categories
        QVERIFY(figure.axes[1].settled({0.2, 1}).has_value());
    }

    void endsOfAnAxisAreReached() {
        const ParallelFigure figure = figureOf({1, 2}, {"a", "b"});
        QCOMPARE(figure.axes[0].settled({0.001, 0.999}), std::optional(Brush{0, 1}));
        QCOMPARE(figure.axes[0].settled({0.01, 0.99}), std::optional(Brush{0.01, 0.99}));
    }

    void limitsKeepTheSameRuns() {
        ParallelFigure figure = figureOf({1234567, 1234568, 1234569}, {"a", "b", "c"});
        figure.axes[0].brush = Brush{0.5, 1};
        QCOMPARE(brushedCondition(figure), QStringLiteral("batch >= 1234568"));
        figure.axes[0].brush = Brush{0, 0.4};
        const QString limit = brushedCondition(figure).section(QLatin1Char(' '), -1);
        QVERIFY(limit.toDouble() >= 1234567 && limit.toDouble() < 1234568);
    }

    void categoriesKeepTheirValues() {
        ParallelFigure figure = figureOf({"auto", 0.1, 0.12345678901}, {"a", "b", "c"});
        figure.axes[0].brush = Brush{0, 1};
        const QString condition = brushedCondition(figure);
        QVERIFY2(condition.contains(QStringLiteral("\"auto\"")), qPrintable(condition));
        QVERIFY2(condition.contains(QStringLiteral("0.12345678901")), qPrintable(condition));
        const FigureRuns runs = singleRuns(2); // both are starred: there is no "no"
        figure = parallelFigure(
            runs, {figureField(QStringLiteral("starred"), valuesOf({1, 1}, ValueKind::Flag), runs)});
        figure.axes[0].brush = Brush{0, 1};
        QCOMPARE(brushedCondition(figure), QStringLiteral("starred = true"));
    }

    void severalBrushesCombine() {
        ParallelFigure figure = figureOf({1, 2, 3, 4}, {"a", "b", "a", {}}, ValueKind::Text);
        figure.axes[0].brush = Brush{0.3, 1};
        QCOMPARE(figure.insideCount(), 3);
        figure.axes[1].brush = Brush{0, 0.5}; // only a; a missing value is outside
        QCOMPARE(figure.insideCount(), 1);
        QCOMPARE(brushedCondition(figure), QStringLiteral("batch >= 1.9 and name = \"a\""));
    }

    void brushesBecomeConditions_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("condition");
        QTest::newRow("both ends") << 0.25 << 0.5 << "batch >= 1.25 and batch <= 1.5";
        QTest::newRow("from the bottom") << 0.0 << 0.5 << "batch <= 1.5";
        QTest::newRow("to the top") << 0.5 << 1.0 << "batch >= 1.5";
        QTest::newRow("whole axis") << 0.0 << 1.0 << "batch is not empty";
    }
    void brushesBecomeConditions() {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, condition);
        ParallelFigure figure = figureOf({1, 2}, {"a", "b"});
        figure.axes[0].brush = Brush{low, high};
        QCOMPARE(brushedCondition(figure), condition);
        QVERIFY(isFilter(condition));
    }

    void textsOfUsersAreQuoted() {
        ParallelFigure figure = figureOf({1, 2, 3}, {"a \"b\" \\ or 1 = 1", "b\nc", "z"}, ValueKind::Text);
        figure.axes[1].brush = Brush{0, 0.6};
        const QString condition = brushedCondition(figure);
        QCOMPARE(condition, QStringLiteral("name in (\"a \\\"b\\\" \\\\ or 1 = 1\", \"b\\nc\")"));
        const Expression filter = parseFilter(condition.toStdString());
        const auto &membership = std::get<Membership>(std::get<Condition>(filter.node));
        QCOMPARE(QString::fromStdString(membership.values[0].text), QStringLiteral("a \"b\" \\ or 1 = 1"));
        QCOMPARE(QString::fromStdString(membership.values[1].text), QStringLiteral("b\nc"));
    }

    void flagsAndTags() {
        const FigureRuns runs = singleRuns(2);
        ParallelFigure figure = parallelFigure(
            runs,
            {figureField(QStringLiteral("starred"), valuesOf({0, 1}, ValueKind::Flag), runs),
             figureField(QStringLiteral("tag"), valuesOf({"final, paper", "x"}, ValueKind::Tags), runs)});
        figure.axes[0].brush = Brush{0.9, 1};
        QCOMPARE(brushedCondition(figure), QStringLiteral("starred = true"));
        figure.axes[0].brush.reset();
        figure.axes[1].brush = Brush{0, 0.2};
        QCOMPARE(brushedCondition(figure), QStringLiteral("(tag = \"final\" and tag = \"paper\")"));
        QVERIFY(isFilter(brushedCondition(figure)));
    }

    /// Only tags that make a set one outside the brush are excluded: a filter has a greatest length.
    void manyBrushedTagsAreAFilter() {
        constexpr int many = 40;
        std::vector<FieldValue> sets{"common, more"};
        for (int i = 1; i <= many; ++i)
            sets.emplace_back(
                QStringLiteral("common, long tag %1").arg(i, 2, 10, QLatin1Char('0')).toStdString());
        sets.emplace_back("common");
        const FigureRuns runs = singleRuns(static_cast<int>(sets.size()));
        ParallelFigure figure =
            parallelFigure(runs, {figureField(QStringLiteral("tag"), valuesOf(sets, ValueKind::Tags), runs)});
        ParallelAxis &axis = figure.axes.front();
        axis.brush = Brush{0, 1 - 0.5 / (many + 1)}; // all but "common, more", the last one
        QCOMPARE(axis.categoriesIn(*axis.brush).size(), many + 1);
        const QString condition = brushedCondition(figure);
        QVERIFY(isFilter(condition));
        QVERIFY(condition.contains(QStringLiteral("tag = \"common\" and tag != \"more\"")));
        QCOMPARE(condition.count(QStringLiteral("!=")), 1);
    }

    /// A category is a whole set of tags: of "a" and "a, b", brushing the first leaves the other out.
    void brushingTagsShowsTheBrushedRuns() {
        openPage();
        for (const auto &[run, tags] :
             {std::pair{1, std::vector<std::string>{"a"}}, std::pair{2, std::vector<std::string>{"a", "b"}},
              std::pair{3, std::vector<std::string>{"b"}}})
            m_runs->store().annotations().change(std::vector<RunId>{run}, {.addedTags = tags});
        auto *panel = qobject_cast<ParallelPanel *>(plot()->parentWidget());
        panel->setAxes({QStringLiteral("width"), QStringLiteral("tag")});
        QTRY_COMPARE(plot()->figure().axes.size(), std::size_t(2));
        QTRY_COMPARE(plot()->figure().axes[1].field.categories.size(), 3);
        plot()->setBrush(1, Brush{0, 0.1});
        QCOMPARE(plot()->figure().insideCount(), 1);
        QTRY_COMPARE(m_runs->table().model()->rowCount(), 1);
        QCOMPARE(m_runs->table().model()->index(0, 0).data(RunsModel::RunIdRole).toLongLong(), 1);
    }

    /// By the last axis, as the lines that are not selected.
    void selectedLinesKeepTheirColours() {
        openPage();
        QTRY_VERIFY(plot()->isPainted());
        plot()->setSelected({plot()->figure().lines[0].run->id});
        const std::vector<double> &shares = plot()->figure().lines[0].shares;
        const QPointF middle((plot()->xOf(0) + plot()->xOf(1)) / 2,
                             (plot()->yOf(shares[0]) + plot()->yOf(shares[1])) / 2);
        const QColor shown = plot()->grab().toImage().pixelColor(middle.toPoint());
        const QColor own = lineColor(shares.back(), theme::mutedText());
        const auto distance = [&shown](const QColor &other) {
            return std::abs(shown.red() - other.red()) + std::abs(shown.green() - other.green()) +
                   std::abs(shown.blue() - other.blue());
        };
        QVERIFY2(distance(own) < 40, qPrintable(shown.name() + QLatin1Char(' ') + own.name()));
    }

    void conditionsAreAddedToTheFilter_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("combined");
        QTest::newRow("none") << ""
                              << "seed > 1";
        QTest::newRow("condition") << "seed < 9"
                                   << "(seed < 9) and seed > 1";
        QTest::newRow("alternatives") << "a = 1 or b = 2"
                                      << "(a = 1 or b = 2) and seed > 1";
        QTest::newRow("words") << "crop \"one two\""
                               << "(crop and \"one two\") and seed > 1";
        QTest::newRow("mistake") << "seed >"
                                 << "seed > 1";
    }
    void conditionsAreAddedToTheFilter() {
        QFETCH(QString, line);
        QFETCH(QString, combined);
        QCOMPARE(combinedFilter(line, QStringLiteral("seed > 1")), combined);
        QVERIFY(isFilter(combined));
    }

    void brushingFiltersTheTable() {
        openPage();
        filter()->setText(QStringLiteral("name ~ run"));
        QTRY_COMPARE(plot()->figure().lines.size(), 4);
        QTRY_VERIFY(!plot()->figure().axes.empty());
        const std::size_t axis = 0; // the width
        QCOMPARE(plot()->figure().axes[axis].field.field, QStringLiteral("width"));
        const QPoint from(int(plot()->xOf(axis)), int(plot()->yOf(1.0)) - 2);
        const QPoint to(from.x(), int(plot()->yOf(0.5)));
        drag(from, to);
        QTRY_COMPARE(m_runs->shownNames().size(), 2);
        QVERIFY2(filter()->text().startsWith(QStringLiteral("(name ~ run) and width >= 0.")),
                 qPrintable(filter()->text()));
        QCOMPARE(plot()->figure().lines.size(), 4); // the others stay, faded
        QCOMPARE(plot()->figure().insideCount(), 2);
        QTest::mouseDClick(plot(), Qt::LeftButton, {}, to);
        QTRY_COMPARE(m_runs->shownNames().size(), 4);
        QCOMPARE(filter()->text(), QStringLiteral("name ~ run"));
        QVERIFY(!plot()->figure().hasBrush());
    }

    void anotherFilterRemovesTheBrushes() {
        openPage();
        plot()->setBrush(0, Brush{0.5, 1});
        QTRY_COMPARE(m_runs->shownNames().size(), 2);
        filter()->setText(QStringLiteral("seed >= 0"));
        QTRY_VERIFY(!plot()->figure().hasBrush());
        QTRY_COMPARE(plot()->figure().lines.size(), 4);
        QCOMPARE(filter()->text(), QStringLiteral("seed >= 0"));
    }

    void aRemovedAxisRemovesItsFilter() {
        openPage();
        plot()->setBrush(0, Brush{0.5, 1});
        QTRY_COMPARE(m_runs->shownNames().size(), 2);
        auto *panel = qobject_cast<ParallelPanel *>(plot()->parentWidget());
        QVERIFY(panel != nullptr);
        panel->setAxes(panel->axes().mid(1));
        QTRY_COMPARE(m_runs->shownNames().size(), 4);
        QVERIFY(filter()->text().isEmpty());
    }

    void otherAxesEndADrag() {
        ParallelPlot alone;
        alone.resize(400, 300);
        ParallelFigure figure = figureOf({1, 2}, {"a", "b"}, ValueKind::Text);
        alone.setFigure(figure);
        const QPoint title = alone.titleRect(1).center().toPoint();
        QTest::mousePress(&alone, Qt::LeftButton, {}, title);
        figure.axes.pop_back();
        for (ParallelLine &line : figure.lines)
            line.shares.pop_back();
        alone.setFigure(figure);
        QSignalSpy reordered(&alone, &ParallelPlot::axesReordered);
        QTest::mouseRelease(&alone, Qt::LeftButton, {}, title);
        QCOMPARE(reordered.count(), 0);
        QCOMPARE(alone.figure().axes.size(), 1);
    }

    void keysBrushAndMoveAxes() {
        openPage();
        const QString first = plot()->figure().axes.front().field.field;
        QTest::keyClick(plot(), Qt::Key_Up);
        QVERIFY(plot()->figure().axes[0].brush.has_value());
        QTRY_VERIFY(filter()->text().contains(first));
        QTest::keyClick(plot(), Qt::Key_Delete);
        QTRY_VERIFY(filter()->text().isEmpty());
        QTest::keyClick(plot(), Qt::Key_Right, Qt::ShiftModifier);
        QTRY_COMPARE(plot()->figure().axes[1].field.field, first);
        openAgain();
        QTRY_VERIFY(plot()->figure().axes.size() > 1);
        QCOMPARE(plot()->figure().axes[1].field.field, first); // remembered
    }

    void titlesAreDragged() {
        openPage();
        QTRY_VERIFY(plot()->figure().axes.size() >= 2);
        const QString first = plot()->figure().axes.front().field.field;
        const std::size_t last = plot()->figure().axes.size() - 1;
        drag(plot()->titleRect(0).center().toPoint(), plot()->titleRect(last).center().toPoint());
        QTRY_COMPARE(plot()->figure().axes.back().field.field, first);
    }

    void clickSelectsTheRun() {
        openPage();
        const double x = (plot()->xOf(0) + plot()->xOf(1)) / 2;
        const std::vector<double> &shares = plot()->figure().lines[0].shares;
        const QPoint place(int(x), int(plot()->yOf((shares[0] + shares[1]) / 2)));
        const auto line = plot()->lineAt(place);
        QVERIFY(line.has_value());
        QTest::mouseClick(plot(), Qt::LeftButton, {}, place);
        QTRY_COMPARE(m_runs->table().selectedRuns(), QList<qint64>{plot()->figure().lines[*line].run->id});
    }

    void looksAndExports() {
        openPage();
        QTRY_VERIFY(plot()->isPainted());
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            m_runs->page().grab().save(qEnvironmentVariable("SIMCLR_PICTURES") +
                                       QStringLiteral("/parallel.png"));
        const QTemporaryDir folder;
        const ExportedFigure figure = plot()->exportedFigure(QStringLiteral("caption"));
        QVERIFY(writeSvg(figure, folder.filePath(QStringLiteral("a.svg"))).isEmpty());
        QVERIFY(writePdf(figure, folder.filePath(QStringLiteral("a.pdf"))).isEmpty());
        QVERIFY(!figure.picture().isNull());
        const QStringList csv = QString::fromUtf8(figure.csv()).split(QLatin1Char('\n'));
        QVERIFY2(csv.first().startsWith(QStringLiteral("run,width,")), qPrintable(csv.first()));
        QCOMPARE(csv.size(), 6); // four runs, and nothing after the last line
    }

  private:
    void openPage() {
        m_runs = std::make_unique<ShownRuns>();
        for (const double width : {0.25, 0.25, 0.5, 0.5})
            test::store(m_runs->store(),
                        {.name = "run", .width = width, .linear = 0.5 + width / 10 + 0.01 * m_stored++});
        openAgain();
        QTRY_COMPARE(plot()->figure().lines.size(), 4);
        QTRY_VERIFY(plot()->figure().axes.size() >= 2);
    }
    void openAgain() {
        m_runs->openAndWait();
        m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(1);
        m_runs->child<QToolButton>("compareParallel")->click();
    }
    void drag(const QPoint &from, const QPoint &to) {
        QTest::mousePress(plot(), Qt::LeftButton, {}, from);
        for (int step = 1; step <= 4; ++step) {
            const QPoint place = from + (to - from) * step / 4;
            QMouseEvent move(QEvent::MouseMove, place, plot()->mapToGlobal(place), Qt::NoButton,
                             Qt::LeftButton, {});
            QApplication::sendEvent(plot(), &move);
        }
        QTest::mouseRelease(plot(), Qt::LeftButton, {}, to);
    }
    ParallelPlot *plot() { return m_runs->child<ParallelPlot>("parallelPlot"); }
    QLineEdit *filter() { return m_runs->child<QLineEdit>("runsSearch"); }

    std::unique_ptr<ShownRuns> m_runs;
    int m_stored = 0;
};

SIMCLR_TEST(TestParallel, QApplication)
#include "tst_parallel.moc"
