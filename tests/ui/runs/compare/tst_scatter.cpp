// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/compare/figure_fixture.h"
#include "tests/ui/runs/shown_runs.h"
#include "ui/runs/compare/figures/field_box.h"
#include "ui/runs/compare/figures/field_finder.h"
#include "ui/runs/compare/scatter/scatter_figure.h"
#include "ui/runs/compare/scatter/scatter_legend.h"
#include "ui/runs/compare/scatter/scatter_plot.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
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

ScatterFigure figureOf(const FigureRuns &runs, const std::vector<FieldValue> &x,
                       const std::vector<FieldValue> &y, BandKind errors = BandKind::Deviation) {
    return scatterFigure(runs, figureField(QStringLiteral("batch"), valuesOf(x), runs),
                         figureField(QStringLiteral("knn"), valuesOf(y, ValueKind::Share), runs), {}, errors);
}

} // namespace

/// The scatter plot of the Compare tab: what it computes, and the real page.
class TestScatter : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_scatter"));
        theme::apply(*qApp, ThemeChoice::Light);
    }
    void init() { QSettings().clear(); }
    void cleanup() { m_runs.reset(); }

    void missingValuesAreCounted() {
        const FigureRuns runs = singleRuns(4);
        const ScatterFigure figure = figureOf(runs, {64, {}, 256, 512}, {0.1, 0.2, {}, 0.4});
        QCOMPARE(figure.points.size(), 2);
        QCOMPARE(figure.withoutX, 1);
        QCOMPARE(figure.withoutY, 1);
        QCOMPARE(missingText(figure),
                 QStringLiteral("1 of 4 runs without Batch N. 1 of 4 runs without kNN accuracy."));
        QVERIFY(missingText(figureOf(runs, {1, 2, 3, 4}, {0.1, 0.2, 0.3, 0.4})).isEmpty());
    }

    void valuesThatALogarithmHidesAreCounted() {
        const FigureRuns runs = singleRuns(3);
        const ScatterFigure figure = figureOf(runs, {0, -1, 2}, {0.1, 0.2, 0.3});
        QVERIFY(missingText(figure).isEmpty());
        QVERIFY(missingText(figure, false, true).isEmpty());
        QVERIFY2(missingText(figure, true).startsWith(QStringLiteral("2 of 3 runs are not shown")),
                 qPrintable(missingText(figure, true)));
    }

    void errorsOfDatesAreDurations() {
        const FigureRuns runs = singleRuns(1);
        const FigureField date =
            figureField(QStringLiteral("created"), valuesOf({1.7e9}, ValueKind::Moment), runs);
        QVERIFY2(!errorText(date, 7200).contains(QStringLiteral("1970")), qPrintable(errorText(date, 7200)));
    }

    void namesOfOptionsAreUnmistakable() {
        QCOMPARE(optionField("batch"), QStringLiteral("batch"));
        QCOMPARE(optionField("batch size"), QStringLiteral("\"batch size\""));
        QCOMPARE(optionField("device"), QStringLiteral("config.device"));
        QCOMPARE(optionField("knn.size"), QStringLiteral("config.knn.size"));
    }

    void correlationNamesN() {
        const FigureRuns runs = singleRuns(5);
        const ScatterFigure figure = figureOf(runs, {1, 2, 3, 4, 5}, {0.1, 0.2, 0.3, 0.5, 0.4});
        QVERIFY(figure.correlation.has_value());
        QCOMPARE(figure.correlation->rho, 0.9);
        QVERIFY2(correlationText(figure).startsWith(QStringLiteral("Spearman's ρ = 0.90, n = 5 runs")),
                 qPrintable(correlationText(figure)));
        QVERIFY(correlationText(figureOf(singleRuns(2), {1, 2}, {0.1, 0.2})).isEmpty());
        QVERIFY(!figureOf(runs, {"a", "b", "a", "b", "a"}, {0.1, 0.2, 0.3, 0.5, 0.4}).correlation);
    }

    void groupsAreMeansWithErrorBars_data() {
        QTest::addColumn<int>("errors");
        QTest::addColumn<double>("half");
        QTest::newRow("deviation") << int(BandKind::Deviation) << 0.1;
        QTest::newRow("standard error") << int(BandKind::StandardError) << 0.1 / std::sqrt(3.0);
        QTest::newRow("interval") << int(BandKind::Interval95) << 4.302652729911275 * 0.1 / std::sqrt(3.0);
        QTest::newRow("none") << int(BandKind::None) << std::nan("");
    }
    void groupsAreMeansWithErrorBars() {
        QFETCH(int, errors);
        QFETCH(double, half);
        const FigureRuns runs =
            figureRuns({entity(QStringLiteral("a"), {1, 2, 3}), entity(QStringLiteral("b"), {4})});
        const ScatterFigure figure =
            figureOf(runs, {64, 64, 64, 128}, {0.4, 0.5, 0.6, 0.9}, static_cast<BandKind>(errors));
        QCOMPARE(figure.points.size(), 5); // four runs and one mean: a single run has none
        const ScatterPoint &mean = figure.points.back();
        QVERIFY(mean.isMean());
        QCOMPARE(mean.count, 3);
        QCOMPARE(mean.y, 0.5);
        QVERIFY(std::isnan(half) ? std::isnan(mean.yError) : std::abs(mean.yError - half) < 1e-9);
        QVERIFY(std::isnan(mean.xError) || mean.xError == 0);
    }

    void textsAreCategoriesInTheirOrder() {
        const FigureRuns runs =
            figureRuns({entity(QStringLiteral("a"), {1, 2}), entity(QStringLiteral("b"), {3, 4})});
        const ScatterFigure figure =
            figureOf(runs, {"resnet50", "resnet50", "resnet18", "resnet50"}, {0.1, 0.2, 0.3, 0.4});
        QCOMPARE(figure.x.categories, QStringList({QStringLiteral("resnet18"), QStringLiteral("resnet50")}));
        QCOMPARE(figure.points.front().x, 1.0);
        QCOMPARE(figure.mixedGroups, 1); // the runs of b are in two categories
        QVERIFY(figure.points.back().isMean());
        QCOMPARE(figure.points.back().entity, 0);
        QVERIFY(missingText(figure).contains(QStringLiteral("several categories")));
    }

    void flagsAreNoAndYes() {
        const FigureRuns runs = singleRuns(2);
        const FigureField field =
            figureField(QStringLiteral("starred"), valuesOf({1, 0}, ValueKind::Flag), runs);
        QVERIFY(!field.isNumeric);
        QCOMPARE(field.textOf(1), QStringLiteral("yes"));
        QCOMPARE(field.textOf(2), QStringLiteral("no"));
        QCOMPARE(field.textOf(3), QStringLiteral("–"));
    }

    void colorsOfNumbersAreAScale() {
        const FigureRuns runs = singleRuns(3);
        ScatterFigure figure = scatterFigure(
            runs, figureField(QStringLiteral("batch"), valuesOf({1, 2, 3}), runs),
            figureField(QStringLiteral("knn"), valuesOf({1, 2, 3}), runs),
            figureField(QStringLiteral("epochs"), valuesOf({10, 20, {}}), runs), BandKind::None);
        const std::vector<QColor> colors = scatterColors(figure);
        QCOMPARE(colors[0], gradientColor(0));
        QCOMPARE(colors[1], gradientColor(1));
        QCOMPARE(colors[2], theme::mutedText()); // no value
        QCOMPARE(scatterLegend(figure).size(), 3);
        QVERIFY(!hasEntriesToHide(figure));
    }

    void csvIsExact() {
        const FigureRuns runs = figureRuns({entity(QStringLiteral("=a,\"b\""), {1, 2})});
        const QString csv = QString::fromUtf8(scatterAsCsv(figureOf(runs, {1, 3}, {0.1, 0.3})));
        const QStringList lines = csv.split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("run,group,batch,knn,n,x error,y error"));
        QVERIFY2(lines[1].endsWith(QStringLiteral(",1,0.1,1,,")), qPrintable(lines[1]));
        QVERIFY2(!lines[1].contains(QStringLiteral(",=")), qPrintable(lines[1])); // no formula
        QVERIFY2(lines[3].contains(QStringLiteral(",2,0.2,2,")), qPrintable(lines[3]));
    }

    void pageShowsAllRunsOfTheTable() {
        openPage();
        QTRY_COMPARE(plot()->figure().points.size(), 4);
        QCOMPARE(plot()->figure().x.field, QStringLiteral("width")); // the only option that differs
        QCOMPARE(plot()->figure().y.field, QStringLiteral("linear.test"));
        m_runs->child<QLineEdit>("runsSearch")->setText(QStringLiteral("name ~ narrow"));
        QTRY_COMPARE(plot()->figure().points.size(), 2);
        const QPixmap picture = m_runs->page().grab();
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            picture.save(qEnvironmentVariable("SIMCLR_PICTURES") + QStringLiteral("/scatter.png"));
    }

    void clickSelectsTheRun() {
        openPage();
        QTRY_COMPARE(plot()->figure().points.size(), 4);
        const ScatterPoint point = plot()->figure().points[2];
        QTest::qWait(50); // the axes are placed with the next paint
        const QPoint place = canvas()->mapFrom(plot(), plot()->placeOf(2));
        QTest::mouseMove(canvas(), place);
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, place);
        QTRY_COMPARE(m_runs->table().selectedRuns(), QList<qint64>{point.run});
        QVERIFY(plot()->spokenValue().contains(QStringLiteral("linear accuracy, test")));
        const QPoint other = canvas()->mapFrom(plot(), plot()->placeOf(0));
        QTest::mouseClick(canvas(), Qt::LeftButton, Qt::ControlModifier, other);
        QTRY_COMPARE(m_runs->table().selectedRuns().size(), 2);
    }

    void groupsOfTheTableAreMeans() {
        theme::apply(*qApp, ThemeChoice::Dark);
        m_runs = std::make_unique<ShownRuns>();
        for (const char *pipeline : {"simclr-cifar10", "crop-only"})
            for (int seed = 1; seed <= 3; ++seed)
                for (const double width : {0.25, 0.5})
                    test::store(m_runs->store(), {.name = "run",
                                                  .pipeline = pipeline,
                                                  .width = width,
                                                  .linear = 0.5 + width / 5 + 0.013 * seed,
                                                  .knn = 0.45 + width / 4 - 0.01 * seed,
                                                  .seed = seed});
        openAgain();
        m_runs->child<RunsPanel>("runsPanel")->setLevels({QStringLiteral("replicates")});
        m_runs->child<FieldBox>("scatterX")->setField(QStringLiteral("knn.test"));
        QTRY_VERIFY(plot()->figure().hasMeans());
        QTRY_COMPARE(plot()->figure().points.size(), 12 + 4);
        QVERIFY(!m_runs->child<QComboBox>("scatterErrors")->isHidden());
        QVERIFY(plot()->describe(15).contains(QStringLiteral("n = 3")));
        QCOMPARE(scatterLegend(plot()->figure()).size(), 4);
        QTest::qWait(50);
        const int needed = m_runs->child<QWidget>("compareTabs")->minimumSizeHint().width();
        QVERIFY2(needed < 860, qPrintable(QString::number(needed))); // beside the rail in a window of 1000
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            m_runs->page().grab().save(qEnvironmentVariable("SIMCLR_PICTURES") +
                                       QStringLiteral("/scatter-groups.png"));
        m_runs->page().resize(900, 560);
        if (qEnvironmentVariableIsSet("SIMCLR_PICTURES"))
            m_runs->page().grab().save(qEnvironmentVariable("SIMCLR_PICTURES") +
                                       QStringLiteral("/scatter-small.png"));
        theme::apply(*qApp, ThemeChoice::Light);
    }

    void selectedRunsOnly() {
        openPage();
        QTRY_COMPARE(plot()->figure().points.size(), 4);
        auto *scope = m_runs->child<QComboBox>("compareScope");
        scope->setCurrentIndex(1);
        Q_EMIT scope->activated(1);
        m_runs->selectRows({0, 1, 2});
        QTRY_COMPARE(plot()->figure().points.size(), 3);
        QTest::keyClick(plot(), Qt::Key_Right);
        QTest::keyClick(plot(), Qt::Key_Return); // shows the row, and keeps the selection
        QCOMPARE(m_runs->table().selectedRuns().size(), 3);
    }

    void fieldsAreChosenAndRemembered() {
        openPage();
        QTRY_COMPARE(plot()->figure().points.size(), 4);
        auto *x = m_runs->child<FieldBox>("scatterX");
        QVERIFY(x->findData(QStringLiteral("width")) >= 0);
        QVERIFY(x->findData(QStringLiteral("knn.test")) >= 0);
        QVERIFY(x->findData(QStringLiteral("threads")) < 0); // of the machine
        x->setField(QStringLiteral("knn.test"));
        QTRY_COMPARE(plot()->figure().x.field, QStringLiteral("knn.test"));
        m_runs->child<QToolButton>("scatterLogX")->click();
        openAgain();
        QTRY_COMPARE(plot()->figure().x.field, QStringLiteral("knn.test"));
        QVERIFY(m_runs->child<QToolButton>("scatterLogX")->isChecked());
    }

    void exportsPictures() {
        openPage();
        QTRY_COMPARE(plot()->figure().points.size(), 4);
        const QTemporaryDir folder;
        const ExportedFigure figure = plot()->exportedFigure();
        QVERIFY(writeSvg(figure, folder.filePath(QStringLiteral("a.svg"))).isEmpty());
        QVERIFY(writePdf(figure, folder.filePath(QStringLiteral("a.pdf"))).isEmpty());
        QVERIFY(writePng(figure, folder.filePath(QStringLiteral("a.png"))).isEmpty());
        QFile svg(folder.filePath(QStringLiteral("a.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray text = svg.readAll();
        QVERIFY(text.contains("linear accuracy"));
        QVERIFY(text.contains("<circle") || text.contains("<ellipse") || text.contains("<path"));
        QVERIFY(!QImage(folder.filePath(QStringLiteral("a.png"))).isNull());
        QVERIFY(!writePng(figure, QStringLiteral("/no/such/folder/a.png")).isEmpty());
    }

  private:
    void openPage() {
        m_runs = std::make_unique<ShownRuns>();
        for (const double width : {0.25, 0.25, 0.5, 0.5})
            test::store(m_runs->store(), {.name = width < 0.5 ? "narrow" : "wide",
                                          .width = width,
                                          .linear = 0.5 + width / 10 + 0.01 * m_stored++});
        openAgain();
    }
    void openAgain() {
        m_runs->openAndWait();
        m_runs->child<QTabWidget>("runTabs")->setCurrentIndex(1);
        m_runs->child<QToolButton>("compareScatter")->click();
    }
    ScatterPlot *plot() { return m_runs->child<ScatterPlot>("scatterPlot"); }
    QWidget *canvas() { return m_runs->child<QWidget>("scatterCanvas"); }

    std::unique_ptr<ShownRuns> m_runs;
    int m_stored = 0;
};

SIMCLR_TEST(TestScatter, QApplication)
#include "tst_scatter.moc"
