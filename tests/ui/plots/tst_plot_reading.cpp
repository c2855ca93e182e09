// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/plots/curve_plot.h"

#include <QImage>
#include <QMenu>
#include <QToolButton>
#include <QtTest>
#include <cmath>

using namespace simclr::ui;

namespace {

CurveStyle curveNamed(const QString &name, const QColor &color = Qt::blue) {
    CurveStyle style;
    style.name = name;
    style.color = [color] { return color; };
    return style;
}

PlotAxes axesOver(const QString &x, NumberStyle style) {
    PlotAxes axes;
    axes.x = x;
    axes.xStyle = style;
    return axes;
}

QList<double> countingTo(int last) {
    QList<double> result;
    for (int i = 1; i <= last; ++i)
        result.append(i);
    return result;
}

/// Also matches antialiased edges, which are mixed with the background.
bool isLike(const QColor &pixel, const QColor &color) {
    return pixel.hsvHue() == color.hsvHue() && pixel.hsvSaturation() > 60;
}

/// The pixel columns that contain this colour.
QList<int> columnsOf(const QImage &image, const QColor &color) {
    QList<int> columns;
    for (int x = 0; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y)
            if (isLike(image.pixelColor(x, y), color)) {
                columns.append(x);
                break;
            }
    return columns;
}

} // namespace

/// The read-out, menus and buttons of a plot.
class TestPlotReading : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void cleanup() { m_plot.reset(); }

    void endedCurveHasNoValue_data() {
        QTest::addColumn<NumberStyle>("style");
        QTest::newRow("steps") << NumberStyle::Count;
        QTest::newRow("minutes") << NumberStyle::General;
    }
    void endedCurveHasNoValue() {
        QFETCH(NumberStyle, style);
        makePlot(axesOver(QStringLiteral("x"), style));
        add(curveNamed(QStringLiteral("short")), countingTo(12));
        add(curveNamed(QStringLiteral("long")), countingTo(1000));
        QVERIFY2(m_plot->readoutAt(12).contains(QStringLiteral("short: 12")),
                 qPrintable(m_plot->readoutAt(12)));
        for (const double x : {13.0, 18.0, 700.0, 1e6})
            QVERIFY2(m_plot->readoutAt(x).contains(QStringLiteral("short: –")),
                     qPrintable(m_plot->readoutAt(x)));
        QVERIFY(m_plot->readoutAt(18).contains(QStringLiteral("long: 18")));
    }

    void lateCurveHasNoValueBefore() {
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        add(curveNamed(QStringLiteral("whole")), countingTo(100));
        add(curveNamed(QStringLiteral("late")), {50, 51, 52});
        QVERIFY(m_plot->readoutAt(10).contains(QStringLiteral("late: –")));
        QVERIFY(m_plot->readoutAt(50).contains(QStringLiteral("late: 50")));
    }

    /// A run has no value at epochs between its evaluations, even if another run was evaluated there.
    void betweenEvaluationsThereIsNothing_data() {
        QTest::addColumn<NumberStyle>("style");
        QTest::newRow("counted") << NumberStyle::Count;
        QTest::newRow("general") << NumberStyle::General;
    }
    void betweenEvaluationsThereIsNothing() {
        QFETCH(NumberStyle, style);
        makePlot(axesOver(QStringLiteral("epoch"), style));
        CurveStyle often = curveNamed(QStringLiteral("often"));
        CurveStyle seldom = curveNamed(QStringLiteral("seldom"));
        often.markers = seldom.markers = true;
        add(often, {0, 3, 6, 9});
        add(seldom, {0, 5, 10});
        QVERIFY(m_plot->readoutAt(6.2).startsWith(QStringLiteral("epoch 6")));
        QVERIFY(m_plot->readoutAt(6.2).contains(QStringLiteral("seldom: –")));
        QVERIFY(m_plot->readoutAt(5.2).contains(QStringLiteral("seldom: 5")));
        QVERIFY(m_plot->readoutAt(5.2).contains(QStringLiteral("often: –")));
        QVERIFY(!m_plot->readoutAt(0.4).contains(QStringLiteral("–"))); // both have a point there
    }

    void gapInACurveHasNoValue() {
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        add(curveNamed(QStringLiteral("whole")), countingTo(100));
        add(curveNamed(QStringLiteral("broken")), {1, 2, 3, 90, 91});
        QVERIFY(m_plot->readoutAt(40).contains(QStringLiteral("broken: –")));
        QVERIFY(m_plot->readoutAt(3).contains(QStringLiteral("broken: 3")));
    }

    void valueThatIsNoNumberIsADash() {
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        m_plot->setData(m_plot->addCurve(curveNamed(QStringLiteral("loss"))), {1, 2}, {1, std::nan("")});
        QVERIFY(m_plot->readoutAt(2).endsWith(QStringLiteral("loss: –")));
    }

    /// The times of two runs are never equal; both are read if the difference is not visible.
    void timesNeedNotBeEqual() {
        makePlot(axesOver(QStringLiteral("minutes"), NumberStyle::General));
        QList<double> first;
        QList<double> second;
        for (int i = 0; i < 200; ++i) {
            first.append(i * 0.1);
            second.append(i * 0.1 + 0.013);
        }
        add(curveNamed(QStringLiteral("first")), first);
        add(curveNamed(QStringLiteral("second")), second);
        QVERIFY2(!m_plot->readoutAt(10).contains(QStringLiteral("–")), qPrintable(m_plot->readoutAt(10)));
    }

    void crosshairIsOnPoints() {
        makePlot(axesOver(QStringLiteral("epoch"), NumberStyle::Count));
        CurveStyle style = curveNamed(QStringLiteral("linear"));
        style.markers = true;
        add(style, {0, 5, 10});
        m_plot->repaintNow();
        QVERIFY(!m_plot->crosshair().has_value());
        for (int x = canvas()->width() / 4; x < canvas()->width() * 3 / 4; ++x) {
            point(x);
            QVERIFY(m_plot->crosshair().has_value());
            QVERIFY(std::fmod(*m_plot->crosshair(), 5) == 0);
        }
    }

    void noCrosshairWhereNoPointIsSeen() {
        makePlot(axesOver(QStringLiteral("epoch"), NumberStyle::Count));
        add(curveNamed(QStringLiteral("linear")), {0, 1000});
        m_plot->repaintNow();
        point(canvas()->width() / 2);
        QVERIFY(m_plot->crosshair().has_value());
        for (int i = 0; i < 12; ++i)
            QTest::keyClick(m_plot.get(), Qt::Key_Plus); // zoom into the middle, between both points
        m_plot->repaintNow();
        point(canvas()->width() / 2 + 1);
        QVERIFY(!m_plot->crosshair().has_value());
    }

    /// Sends a right click at any position through the window system.
    void menuOpensEverywhere_data() {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<bool>("isFilled");
        QTest::newRow("title") << 0.2 << 0.04 << true;
        QTest::newRow("middle") << 0.5 << 0.5 << true;
        QTest::newRow("axis") << 0.02 << 0.5 << true;
        QTest::newRow("below") << 0.5 << 0.97 << true;
        QTest::newRow("empty") << 0.5 << 0.5 << false;
    }
    void menuOpensEverywhere() {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(bool, isFilled);
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        if (isFilled)
            add(curveNamed(QStringLiteral("loss")), countingTo(100));
        m_plot->repaintNow();
        const QPoint place(int(x * m_plot->width()), int(y * m_plot->height()));
        QTest::mouseClick(m_plot->windowHandle(), Qt::RightButton, {}, place);
        auto *menu = m_plot->findChild<QMenu *>(QStringLiteral("plotMenu"));
        QVERIFY(menu != nullptr);
        QVERIFY(menu->isVisible());
        QCOMPARE(menu->actions().last()->isEnabled(), isFilled); // without a point there are no values
        menu->close();
    }

    void buttonsResetAndSave() {
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        add(curveNamed(QStringLiteral("loss")), countingTo(100));
        m_plot->repaintNow();
        QTest::keyClick(m_plot.get(), Qt::Key_Plus);
        QVERIFY(!m_plot->isFollowing());
        QTest::mouseClick(button("plotReset"), Qt::LeftButton);
        QVERIFY(m_plot->isFollowing());
        QTest::mouseClick(button("plotSave"), Qt::LeftButton);
        auto *menu = m_plot->findChild<QMenu *>(QStringLiteral("plotSaveMenu"));
        QVERIFY(menu != nullptr && menu->isVisible());
        QCOMPARE(menu->actions().size(), 7); // copy two, a separator, save four
        menu->close();
        QVERIFY(!button("plotReset")->accessibleName().isEmpty());
        QVERIFY(!button("plotSave")->accessibleName().isEmpty());
    }

    void buttonsCoverNoLegend() {
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        CurveStyle style = curveNamed(QStringLiteral("loss"));
        add(style, countingTo(100));
        m_plot->repaintNow();
        const QImage header = m_plot->grab(QRect(0, 0, m_plot->width(), 24)).toImage();
        const QList<int> sample = columnsOf(header, Qt::blue);
        QVERIFY(!sample.isEmpty());
        QVERIFY(sample.last() < button("plotReset")->mapTo(m_plot.get(), QPoint()).x());
    }

    /// The name of a reference line does not cover the newest points of a curve.
    void namesOfLinesCoverNoCurve_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("at chance") << 6.23 << 6.24;
        QTest::newRow("at the floor") << 4.26 << 4.27;
        QTest::newRow("between") << 5.2 << 5.3;
    }
    void namesOfLinesCoverNoCurve() {
        QFETCH(double, low);
        QFETCH(double, high);
        makePlot(axesOver(QStringLiteral("step"), NumberStyle::Count));
        m_plot->setReferenceLine(QStringLiteral("chance"), 6.236);
        m_plot->setReferenceLine(QStringLiteral("floor"), 4.265);
        QList<double> near;
        QList<double> far;
        for (int i = 0; i < 100; ++i) {
            near.append(i % 2 == 0 ? low : high);
            far.append(5.7); // far from both lines
        }
        m_plot->setData(m_plot->addCurve(curveNamed(QStringLiteral("near"), Qt::blue)), countingTo(100),
                        near);
        m_plot->setData(m_plot->addCurve(curveNamed(QStringLiteral("far"), Qt::red)), countingTo(100), far);
        m_plot->repaintNow();
        m_plot->repaintNow(); // updates the margin for the names
        const QImage image = canvas()->grab().toImage();
        const QList<int> free = columnsOf(image, Qt::red);
        const QList<int> seen = columnsOf(image, Qt::blue);
        QVERIFY(free.size() > 100);
        QVERIFY2(std::abs(seen.last() - free.last()) <= 2,
                 qPrintable(QStringLiteral("%1 of %2").arg(seen.last()).arg(free.last())));
    }

    /// Single points of linear and kNN have the same colour but different shapes.
    void singlePointsOfTwoProtocolsDiffer() {
        const QImage solid = dot(false, {});
        const QImage dashed = dot(true, {});
        const QImage triangle = dot(false, MarkerShape::Triangle);
        QVERIFY(solid != dashed);
        QVERIFY(solid != triangle);
        QVERIFY(dashed != triangle);
        // The square is hollow, so that a disc at the same value is visible within it.
        QVERIFY(columnsOf(dashed, Qt::blue).size() > columnsOf(solid, Qt::blue).size());
    }

  private:
    void makePlot(const PlotAxes &axes) {
        m_plot = std::make_unique<CurvePlot>(QStringLiteral("Plot"));
        m_plot->setAxes(axes);
        m_plot->resize(400, 300);
        m_plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    }
    /// A curve with y = x.
    void add(const CurveStyle &style, const QList<double> &xs) {
        m_plot->setData(m_plot->addCurve(style), xs, xs);
        m_plot->repaintNow();
    }
    void point(int x) {
        const QPoint place(x, canvas()->height() / 2);
        QMouseEvent move(QEvent::MouseMove, place, canvas()->mapToGlobal(place), Qt::NoButton, Qt::NoButton,
                         {});
        QCoreApplication::sendEvent(canvas(), &move);
    }
    QImage dot(bool dashed, std::optional<MarkerShape> marker) {
        makePlot(axesOver(QStringLiteral("epoch"), NumberStyle::Count));
        CurveStyle style = curveNamed(QStringLiteral("linear"));
        style.dashed = dashed;
        style.marker = marker;
        m_plot->setData(m_plot->addCurve(style), {1}, {1});
        m_plot->repaintNow();
        return canvas()->grab().toImage();
    }
    QWidget *canvas() { return m_plot->findChild<QWidget *>(QStringLiteral("canvas")); }
    QToolButton *button(const char *name) { return m_plot->findChild<QToolButton *>(QLatin1String(name)); }

    std::unique_ptr<CurvePlot> m_plot;
};

SIMCLR_TEST(TestPlotReading, QApplication)
#include "tst_plot_reading.moc"
