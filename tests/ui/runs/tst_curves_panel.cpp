// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/stored_runs.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/curves/curves_panel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>

using namespace simclr;
using namespace simclr::ui;

namespace {

constexpr int patience = 30'000;

std::function<QColor()> always(Qt::GlobalColor color) {
    return [color] { return QColor(color); };
}

} // namespace

/// The real panel on a real database, with groups of runs.
class TestCurvesPanel : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_curves_panel"));
    }
    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_folder->filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_store = std::make_unique<RunStore>(m_database);
        for (const int steps : {100, 100, 60})
            m_ids.push_back(test::store(*m_store, {.name = "seed", .steps = steps}));
        makePanel();
    }
    void cleanup() {
        m_panel.reset();
        m_store.reset();
        m_ids.clear();
    }

    void severalRunsAreAMeanWithABand() {
        m_panel->setSelection({{QStringLiteral("seeds"), always(Qt::blue), m_ids}});
        QTRY_COMPARE_WITH_TIMEOUT(plot()->curveCount(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 100, patience);
        const GroupCurve &group = plot()->group(0);
        QCOMPARE(group.counts.front(), 3);
        QCOMPARE(group.counts.back(), 2); // the third run ended at step 60
        QVERIFY(plot()->caption().contains(QStringLiteral("standard deviation")));
        QVERIFY2(plot()->readoutAt(80).contains(QStringLiteral("n = 2")), qPrintable(plot()->readoutAt(80)));
        choose("bandChooser", static_cast<int>(BandKind::None));
        QTRY_VERIFY(std::isnan(plot()->group(0).low[10]));
        QVERIFY(!plot()->caption().contains(QStringLiteral("standard deviation")));
    }

    void eachRunOfAGroupIsSmoothedFirst() {
        m_panel->setSelection({{QStringLiteral("seeds"), always(Qt::blue), m_ids}});
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 100, patience);
        const double raw = plot()->points(0).at(50).y();
        slider()->setValue(12);
        QTRY_VERIFY(plot()->isSmoothed(0));
        QCOMPARE(plot()->points(0).at(50).y(), raw);
        QVERIFY(plot()->drawnPoints(0).at(50).y() != raw);
    }

    void singleRunsAreSmoothedInAnotherThread() {
        selectFirst();
        slider()->setValue(12);
        QTRY_VERIFY(plot()->isSmoothed(0));
        QCOMPARE(plot()->drawnPoints(0).size(), 100);
        QTRY_VERIFY(std::isfinite(plot()->drawnPoints(0).last().y()));
        const double weak = plot()->drawnPoints(0).at(50).y();
        QVERIFY(weak != plot()->points(0).at(50).y());
        slider()->setValue(20);
        QTRY_VERIFY(plot()->drawnPoints(0).at(50).y() != weak);
        slider()->setValue(0);
        QVERIFY(!plot()->isSmoothed(0));
        slider()->setValue(20); // as before
        QTRY_VERIFY(plot()->isSmoothed(0));
    }

    void newPointsAreSmoothedToo() {
        selectFirst();
        slider()->setValue(12);
        QTRY_VERIFY(plot()->isSmoothed(0));
        m_store->metrics().add(m_ids[0], std::vector<KeyedMetric>{{"loss", {101, 10.1, 5, 1.7e9}}});
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {m_ids[0]}}});
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 101, patience);
        QTRY_VERIFY(std::isfinite(plot()->drawnPoints(0).last().y()));
    }

    void pointsOfStepsBelowOneAreDrawn() {
        const RunId run = test::store(*m_store, {.name = "imported", .steps = 0});
        m_store->metrics().add(run, std::vector<KeyedMetric>{{"loss", {-2, 0, 3, 1.7e9}},
                                                             {"loss", {0, 0, 2, 1.7e9}},
                                                             {"loss", {5, 1, 1, 1.7e9}}});
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {run}}});
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 3, patience);
        QCOMPARE(plot()->points(0).first(), QPointF(-2, 3));
    }

    void metricsOfImportedRunsAreOffered() {
        const RunId run = test::store(*m_store, {.name = "imported", .steps = 0});
        m_store->metrics().add(run, std::vector<KeyedMetric>{{"val/<b>acc", {0, 0, 0.5, 1.7e9}}});
        const int before = box("metricChooser")->count();
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {run}}});
        QTRY_COMPARE_WITH_TIMEOUT(box("metricChooser")->count(), before + 1, patience);
        choose("metricChooser", QStringLiteral("val/<b>acc"));
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 1, patience);
        QCOMPARE(plot()->title(), QStringLiteral("val/<b>acc"));
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {m_ids[0]}}});
        QTest::qWait(50);
        QVERIFY(box("metricChooser")->findData(QStringLiteral("val/<b>acc")) >= 0); // as it is chosen
        makePanel();
        QCOMPARE(box("metricChooser")->currentData().toString(), QStringLiteral("val/<b>acc"));
        choose("metricChooser", QStringLiteral("loss"));
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {m_ids[0]}}});
        QTRY_COMPARE_WITH_TIMEOUT(box("metricChooser")->count(), before, patience);
    }

    void legendNamesWhatDiffers() {
        const RunId wide = test::store(*m_store, {.name = "seed", .width = 0.5});
        const RunId named = test::store(*m_store, {.name = "my run", .width = 0.5, .seed = 7});
        const std::vector<RunRecord> runs{m_store->runs().one(m_ids[0]), m_store->runs().one(wide),
                                          m_store->runs().one(named)};
        m_panel->setRuns(runs, 3);
        QTRY_COMPARE(plot()->curveCount(), 3);
        const QString first = plot()->curveStyle(0).name;
        QVERIFY2(first.startsWith(QStringLiteral("%1 · ").arg(m_ids[0])), qPrintable(first));
        QVERIFY2(first.contains(QStringLiteral("width 0.25")), qPrintable(first));
        QVERIFY(plot()->curveStyle(1).name.contains(QStringLiteral("width 0.5")));
        QCOMPARE(plot()->curveStyle(2).name, QStringLiteral("%1 · my run").arg(named));
        m_panel->setRuns({runs[0]}, 1);
        QTRY_COMPARE(plot()->curveCount(), 1);
        QCOMPARE(plot()->curveStyle(0).name, QStringLiteral("%1 · seed").arg(m_ids[0]));
    }

    void runsHighlightTheirCurve() {
        m_panel->setSelection({{QStringLiteral("a"), always(Qt::blue), {m_ids[0], m_ids[1]}},
                               {QStringLiteral("b"), always(Qt::red), {m_ids[2]}}});
        QTRY_COMPARE(plot()->curveCount(), 2);
        m_panel->highlightRuns({m_ids[1]}); // a run of the group
        QCOMPARE(plot()->highlightedCurve(), std::optional(0));
        m_panel->highlightRuns({m_ids[0], m_ids[2]});
        QVERIFY(!plot()->highlightedCurve());
        QVERIFY(m_panel->hasCurves({m_ids[2]}, false) && !m_panel->hasCurves({m_ids[2]}, true));
        m_panel->setRunsHidden({m_ids[2]}, true);
        QVERIFY(plot()->isCurveHidden(1) && !plot()->isCurveHidden(0));
        QVERIFY(m_panel->hasCurves({m_ids[2]}, true));
    }

    void pointerAtACurveTellsItsRuns() {
        selectFirst();
        QSignalSpy hovered(m_panel.get(), &CurvesPanel::runsHovered);
        plot()->repaintNow();
        auto *canvas = plot()->findChild<QWidget *>(QStringLiteral("canvas"));
        const QRectF range = plot()->visibleRange();
        const QPointF point = plot()->points(0).at(60);
        // Look for the pixel row of the point: the curve is the only one, so a whole column crosses it.
        const double share = (point.x() - range.left()) / range.width();
        for (int y = 0; y < canvas->height() && hovered.isEmpty(); y += 3)
            QTest::mouseMove(canvas, QPoint(40 + int(share * (canvas->width() - 60)), y));
        QTRY_VERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.first().first().value<QList<qint64>>(), QList<qint64>{m_ids[0]});
        QCOMPARE(plot()->highlightedCurve(), std::optional(0));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(canvas, &leave);
        QTRY_COMPARE(hovered.last().first().value<QList<qint64>>(), QList<qint64>());
        QVERIFY(!plot()->highlightedCurve());
    }

    void equalLabelsGetRunNumbers() {
        m_panel->setSelection({{QStringLiteral("SimCLR"), always(Qt::blue), {m_ids[0], m_ids[1]}},
                               {QStringLiteral("SimCLR"), always(Qt::red), {m_ids[2]}},
                               {QStringLiteral("other"), always(Qt::green), {m_ids[0]}}});
        QTRY_COMPARE(plot()->curveCount(), 3);
        QCOMPARE(plot()->curveStyle(0).name,
                 QStringLiteral("SimCLR (runs %1, %2)").arg(m_ids[0]).arg(m_ids[1]));
        QCOMPARE(plot()->curveStyle(1).name, QStringLiteral("SimCLR (run %1)").arg(m_ids[2]));
        QCOMPARE(plot()->curveStyle(2).name, QStringLiteral("other"));
    }

    void severalMetricsSideBySideOrOnOneAxis() {
        selectFirst();
        action("images_per_second")->trigger();
        action("contrastive_top1")->trigger();
        QVERIFY(plot(2) != nullptr && plot(3) != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(plot(3)->pointCount(0), 100, patience);
        QVERIFY(plot(2)->title().contains(QStringLiteral("Contrastive top-1")));
        action("learning_rate")->trigger();
        action("sharesAxes")->trigger();
        QTRY_VERIFY(plot(5) == nullptr);
        for (const char *name : {"loss", "images_per_second", "learning_rate"})
            action(name)->trigger(); // only top-1 remains
        QVERIFY(plot(2) == nullptr);
        action("online_top1")->trigger(); // another share
        QTRY_COMPARE(plot()->curveCount(), 2);
        QVERIFY(plot()->curveStyle(0).pattern != plot()->curveStyle(1).pattern);
        QVERIFY(plot()->title().contains(QStringLiteral("Online probe")));
    }

    void lastMetricStays() {
        selectFirst();
        action("loss")->trigger();
        QVERIFY(action("loss")->isChecked());
        QCOMPARE(plot()->curveCount(), 1);
    }

    void horizontalAxes() {
        selectFirst();
        const double last = plot()->points(0).last().x();
        QCOMPARE(last, 100.0);
        choose("xChooser", static_cast<int>(CurveX::Images));
        QTRY_COMPARE(plot()->points(0).last().x(), 100.0 * 256);
        choose("xChooser", static_cast<int>(CurveX::Time));
        QTRY_COMPARE(plot()->points(0).last().x(), 1.7e9 + 100);
        choose("xChooser", static_cast<int>(CurveX::Epoch));
        QTRY_COMPARE(plot()->points(0).last().x(), 10.0);
        action("logX")->trigger();
        action("logY")->trigger();
        action("outliers")->trigger();
        QVERIFY(plot()->axes().isXLogarithmic && plot()->axes().isYLogarithmic &&
                plot()->axes().leavesOutliersOut);
    }

    void lossIsBetweenChanceAndFloor() {
        selectFirst();
        QCOMPARE(plot()->referenceLines().size(), 2); // ln(2 · 256 − 1), and aligned, uniform z
        choose("metricChooser", QStringLiteral("learning_rate"));
        QCOMPARE(plot()->referenceLines().size(), 0);
        choose("metricChooser", QStringLiteral("loss"));
        QCOMPARE(plot()->referenceLines().size(), 2);
        std::vector<RunRecord> runs{m_store->runs().one(m_ids[0]), m_store->runs().one(m_ids[1])};
        m_panel->setRuns(runs, 2);
        QCOMPARE(plot()->referenceLines().size(), 2);
        runs[1].config["batch"] = 128;
        m_panel->setRuns(runs, 2);
        QCOMPARE(plot()->referenceLines().size(), 0);
    }

    void everythingIsRemembered() {
        selectFirst();
        action("learning_rate")->trigger();
        choose("xChooser", static_cast<int>(CurveX::RelativeTime));
        choose("smoothingKind", static_cast<int>(SmoothingKind::Gaussian));
        choose("bandChooser", static_cast<int>(BandKind::Interval95));
        slider()->setValue(7);
        action("logY")->trigger();
        makePanel();
        selectFirst();
        QVERIFY(plot(2) != nullptr);
        QVERIFY(plot()->axes().isYLogarithmic);
        QCOMPARE(plot()->smoothing().kind, SmoothingKind::Gaussian);
        QCOMPARE(slider()->value(), 7);
        QCOMPARE(box("bandChooser")->currentData().toInt(), static_cast<int>(BandKind::Interval95));
        QCOMPARE(plot()->axes().x, QStringLiteral("minutes since the start"));
    }

    void groupsAreHiddenEverywhere() {
        m_panel->setSelection({{QStringLiteral("a"), always(Qt::blue), {m_ids[0], m_ids[1]}},
                               {QStringLiteral("b"), always(Qt::red), {m_ids[2]}}});
        action("learning_rate")->trigger();
        QTRY_VERIFY(plot(2) != nullptr && plot(2)->curveCount() == 2);
        QSignalSpy toggled(m_panel.get(), &CurvesPanel::groupToggled);
        plot(2)->toggleCurve(1);
        QVERIFY(plot()->isCurveHidden(1) && plot(2)->isCurveHidden(1));
        QCOMPARE(toggled.count(), 1);
        choose("xChooser", static_cast<int>(CurveX::Epoch)); // the curves are built again
        QTRY_VERIFY(plot()->curveCount() == 2 && plot()->isCurveHidden(1));
        m_panel->setGroupHidden(1, false);
        QVERIFY(!plot()->isCurveHidden(1));
        m_panel->setGroupHighlighted(0);
        QCOMPARE(plot(2)->highlightedCurve(), std::optional(0));
    }

    void deletedRunsAreLeftOut() {
        m_panel->setSelection({{QStringLiteral("gone"), always(Qt::blue), {m_ids[0], 4711}}});
        QTRY_COMPARE_WITH_TIMEOUT(plot()->pointCount(0), 100, patience);
        QCOMPARE(plot()->group(0).counts.front(), 1);
    }

  private:
    void makePanel() {
        m_panel = std::make_unique<CurvesPanel>(m_database);
        m_panel->resize(1100, 500);
        m_panel->show();
    }
    void selectFirst() {
        m_panel->setSelection({{QStringLiteral("run"), always(Qt::blue), {m_ids[0]}}});
        QTRY_VERIFY_WITH_TIMEOUT(plot()->curveCount() >= 1 && plot()->pointCount(0) == 100, patience);
    }
    CurvePlot *plot(int number = 1) {
        return m_panel->findChild<CurvePlot *>(number == 1 ? QStringLiteral("runCurves")
                                                           : QStringLiteral("runCurves%1").arg(number));
    }
    QAction *action(const char *name) { return m_panel->findChild<QAction *>(QLatin1String(name)); }
    QComboBox *box(const char *name) { return m_panel->findChild<QComboBox *>(QLatin1String(name)); }
    QSlider *slider() { return m_panel->findChild<QSlider *>(QStringLiteral("smoothing")); }
    void choose(const char *name, const QVariant &data) {
        const int index = box(name)->findData(data);
        QVERIFY2(index >= 0, name);
        box(name)->setCurrentIndex(index);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_database;
    std::unique_ptr<RunStore> m_store;
    std::vector<RunId> m_ids;
    std::unique_ptr<CurvesPanel> m_panel;
};

SIMCLR_TEST(TestCurvesPanel, QApplication)
#include "tst_curves_panel.moc"
