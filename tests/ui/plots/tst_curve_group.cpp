// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/curves/group_curve.h"
#include "tests/support/test_main.h"
#include "ui/plots/curve_export.h"
#include "ui/plots/curve_plot.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace simclr;
using namespace simclr::ui;

namespace {

CurveStyle styleOf(const QString &name, const QColor &color) {
    CurveStyle style;
    style.name = name;
    style.color = [color] { return color; };
    return style;
}

QList<double> line(int count, double from, double slope) {
    QList<double> result;
    for (int i = 0; i < count; ++i)
        result.append(from + slope * i);
    return result;
}

bool isLike(const QColor &pixel, const QColor &color) {
    return pixel.hsvHue() == color.hsvHue() && pixel.hsvSaturation() > 12;
}

/// Number of pixels with this hue, pale ones included.
int pixelsLike(const QImage &image, const QColor &color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += isLike(image.pixelColor(x, y), color);
    return count;
}

QByteArray contentOf(const QString &file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

} // namespace

/// Groups, axes, hidden curves and exports of a real plot.
class TestCurveGroup : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_plot = std::make_unique<CurvePlot>(QStringLiteral("Loss"));
        PlotAxes axes;
        axes.x = QStringLiteral("step");
        m_plot->setAxes(axes);
        m_plot->resize(600, 400);
        m_plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    }
    void cleanup() { m_plot.reset(); }

    void groupHasABandAndItsCount() {
        const int curve = m_plot->addCurve(styleOf(QStringLiteral("three seeds"), Qt::blue));
        m_plot->setGroup(curve, threeRuns());
        m_plot->repaintNow();
        const QString text = m_plot->readoutAt(10);
        QVERIFY2(text.contains(QStringLiteral("n = 3")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("12")) && text.contains(QStringLiteral("10–14")),
                 qPrintable(text));
        QVERIFY(m_plot->readoutAt(50).contains(QStringLiteral("n = 2")));
        QVERIFY(m_plot->visibleRange().top() < 0.1); // the band is in view
        QVERIFY(pixelsLike(canvas(), Qt::blue) > 3000);
    }

    void logarithmicAxesLeaveOutWhatTheyCannotShow() {
        PlotAxes axes = m_plot->axes();
        axes.isXLogarithmic = axes.isYLogarithmic = true;
        m_plot->setAxes(axes);
        const int curve = m_plot->addCurve(styleOf(QStringLiteral("loss"), Qt::blue));
        m_plot->setData(curve, {0, 1, 10, 100, 1000}, {5, 0.01, -1, 1, 100});
        m_plot->repaintNow();
        const QRectF range = m_plot->visibleRange();
        QVERIFY(range.left() > 0.5 && range.left() < 1);
        QVERIFY(range.top() > 0.001 && range.top() < 0.01);
        QVERIFY(range.bottom() > 100 && range.bottom() < 1000);
        QVERIFY(m_plot->readoutAt(10).contains(QLocale().negativeSign() + QStringLiteral("1"))); // as it is
        axes.isXLogarithmic = axes.isYLogarithmic = false;
        m_plot->setAxes(axes);
        m_plot->repaintNow();
        QVERIFY(m_plot->visibleRange().contains(QPointF(0, -1)));
    }

    void outliersAreLeftOutAndMarked() {
        QList<double> ys = line(200, 1, 0.001);
        ys[100] = 1e6;
        const int curve = m_plot->addCurve(styleOf(QStringLiteral("loss"), Qt::blue));
        m_plot->setData(curve, line(200, 0, 1), ys);
        m_plot->repaintNow();
        QVERIFY(m_plot->visibleRange().bottom() > 1e6);
        PlotAxes axes = m_plot->axes();
        axes.leavesOutliersOut = true;
        m_plot->setAxes(axes);
        m_plot->repaintNow();
        QVERIFY(m_plot->visibleRange().bottom() < 2);
        const QImage marked = canvas();
        axes.leavesOutliersOut = false; // the same view without arrows
        QTest::keyClick(m_plot.get(), Qt::Key_Left);
        QTest::keyClick(m_plot.get(), Qt::Key_Right);
        m_plot->setAxes(axes);
        m_plot->repaintNow();
        QVERIFY(pixelsLike(marked, Qt::blue) >= pixelsLike(canvas(), Qt::blue) + 10);
    }

    void hiddenCurvesAreOutOfViewAndOfTheReadOut() {
        const int low = m_plot->addCurve(styleOf(QStringLiteral("low"), Qt::blue));
        const int high = m_plot->addCurve(styleOf(QStringLiteral("high"), Qt::red));
        m_plot->setData(low, line(50, 0, 1), line(50, 1, 0.01));
        m_plot->setData(high, line(50, 0, 1), line(50, 100, 0.01));
        m_plot->repaintNow();
        QVERIFY(pixelsLike(canvas(), Qt::red) > 50);
        m_plot->setCurveHidden(high, true);
        m_plot->repaintNow();
        QCOMPARE(pixelsLike(canvas(), Qt::red), 0);
        QVERIFY(m_plot->visibleRange().bottom() < 3);
        QVERIFY(!m_plot->readoutAt(3).contains(QStringLiteral("high")));
        QCOMPARE(m_plot->points(high).size(), 50);
        m_plot->setCurveHidden(high, false);
        m_plot->repaintNow();
        QVERIFY(pixelsLike(canvas(), Qt::red) > 50);
    }

    void legendHidesAndHighlights() {
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("first"), Qt::blue)), {1, 2}, {1, 2});
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("second"), Qt::red)), {1, 2}, {2, 1});
        m_plot->repaintNow();
        QSignalSpy toggled(m_plot.get(), &CurvePlot::curveToggled);
        QSignalSpy hovered(m_plot.get(), &CurvePlot::curveHovered);
        const QPoint second = legendEntry(Qt::red);
        auto *header = m_plot->findChild<QWidget *>(QStringLiteral("plotHeader"));
        QTest::mouseMove(header, header->mapFrom(m_plot.get(), second));
        QTRY_COMPARE(m_plot->highlightedCurve(), std::optional(1));
        QTest::mouseClick(header, Qt::LeftButton, {}, header->mapFrom(m_plot.get(), second));
        QCOMPARE(toggled.count(), 1);
        QCOMPARE(toggled[0][0].toInt(), 1);
        QVERIFY(m_plot->isCurveHidden(1));
        QVERIFY(hovered.count() > 0);
    }

    void menuListsTheCurves() {
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("a & b"), Qt::blue)), {1, 2}, {1, 2});
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("c"), Qt::red)), {1, 2}, {2, 1});
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), m_plot->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(m_plot.get(), &event);
        auto *curves = m_plot->findChild<QMenu *>(QStringLiteral("shownCurves"));
        QVERIFY(curves != nullptr);
        curves->actions().at(0)->trigger();
        QVERIFY(m_plot->isCurveHidden(0));
        m_plot->findChild<QMenu *>(QStringLiteral("plotMenu"))->close();
    }

    /// One peak in 200,000 points is seen at its height.
    void peaksAreDrawn() {
        QList<double> ys = line(200'000, 0, 0);
        ys[123'456] = 10;
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("loss"), Qt::blue)), line(200'000, 0, 1), ys);
        m_plot->repaintNow();
        const QImage image = canvas();
        int highest = image.height();
        for (int y = image.height() - 1; y >= 0; --y)
            for (int x = 60; x < image.width(); ++x)
                if (isLike(image.pixelColor(x, y), Qt::blue))
                    highest = y;
        QVERIFY2(highest < image.height() / 5, qPrintable(QString::number(highest)));
    }

    void movingTheViewPaintsTheSame() {
        QList<double> ys;
        for (int i = 0; i < 50'000; ++i)
            ys.append(std::sin(i * 0.001) + 0.2 * std::sin(i * 1.7));
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("loss"), Qt::blue)), line(50'000, 0, 1), ys);
        m_plot->repaintNow();
        const QImage before = canvas();
        for (const int key : {Qt::Key_Left, Qt::Key_Left, Qt::Key_Right, Qt::Key_Right}) {
            QTest::keyClick(m_plot.get(), Qt::Key(key));
            m_plot->repaintNow();
        }
        QCOMPARE(canvas(), before);
    }

    void csvHasRawAndSmoothedValues() {
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("run"), Qt::blue)), {1, 2}, {2, 4});
        m_plot->setSmoothing({SmoothingKind::Exponential, 0.5});
        const QList<QByteArray> lines = curvesAsCsv(*m_plot).split('\n');
        QVERIFY2(lines[0].contains("exponential moving average, weight 0.5"), lines[0]);
        QCOMPARE(lines[1], "run,1,2,2");
        QVERIFY(lines[2].startsWith("run,2,4,3.33333333333333"));
    }

    void csvHasTheBand() {
        m_plot->setGroup(m_plot->addCurve(styleOf(QStringLiteral("group"), Qt::blue)), threeRuns());
        m_plot->setNote(QStringLiteral("Band: range."));
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("run"), Qt::red)), {1}, {7});
        const QList<QByteArray> lines = curvesAsCsv(*m_plot).split('\n');
        QVERIFY2(lines[0].contains("Band: range.") && lines[0].endsWith(",n"), lines[0]);
        QCOMPARE(lines[1], "group,0,2,0,4,3");
        QCOMPARE(lines[lines.size() - 2], "run,1,7,,,");
    }

    void vectorPicturesAndCaption() {
        m_plot->setGroup(m_plot->addCurve(styleOf(QStringLiteral("group"), Qt::blue)), threeRuns());
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("long"), Qt::red)), line(100'000, 0, 0.001),
                        line(100'000, 1, 0));
        m_plot->setSmoothing({SmoothingKind::RunningMean, 5});
        QVERIFY(m_plot->caption().contains(QStringLiteral("running mean of 5 points")));
        QTemporaryDir folder;
        const QString svg = folder.filePath(QStringLiteral("plot.svg"));
        QCOMPARE(writePlotAsSvg(*m_plot, svg), QString());
        const QByteArray text = contentOf(svg);
        QVERIFY(text.contains("running mean of 5 points") && text.contains("<polyline"));
        QVERIFY(!text.contains("<image")); // nothing is a picture in it
        QVERIFY2(text.size() < 400'000, qPrintable(QString::number(text.size()))); // not every point
        const QString pdf = folder.filePath(QStringLiteral("plot.pdf"));
        QCOMPARE(writePlotAsPdf(*m_plot, pdf), QString());
        QVERIFY(contentOf(pdf).startsWith("%PDF-") && contentOf(pdf).size() > 2000);
        QVERIFY(m_plot->picture().height() > m_plot->height()); // the caption is below
    }

    void copies() {
        m_plot->setData(m_plot->addCurve(styleOf(QStringLiteral("run"), Qt::blue)), {1, 2}, {2, 4});
        copyValues(exportedFigure(*m_plot));
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("text/csv")),
                 curvesAsCsv(*m_plot));
        copyPicture(exportedFigure(*m_plot));
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

  private:
    /// y = x, x + 2 and x + 4 over 0 to 40; the last run ends there, the others at 60. At 0: 2 ± 2.
    static GroupCurve threeRuns() {
        std::vector<double> xs[3];
        std::vector<double> ys[3];
        for (int run = 0; run < 3; ++run)
            for (int x = 0; x <= (run == 2 ? 40 : 60); ++x) {
                xs[run].push_back(x);
                ys[run].push_back(x + 2 * run);
            }
        const CurveView runs[] = {{xs[0], ys[0]}, {xs[1], ys[1]}, {xs[2], ys[2]}};
        return groupCurve(runs, BandKind::Range);
    }
    QImage canvas() { return m_plot->findChild<QWidget *>(QStringLiteral("canvas"))->grab().toImage(); }
    /// The middle of the line sample of this colour above the canvas.
    QPoint legendEntry(const QColor &color) {
        const QImage image = m_plot->grab(QRect(0, 0, m_plot->width(), 40)).toImage();
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y)
                if (isLike(image.pixelColor(x, y), color))
                    return {x + 5, y};
        return {};
    }

    std::unique_ptr<CurvePlot> m_plot;
};

SIMCLR_TEST(TestCurveGroup, QApplication)
#include "tst_curve_group.moc"
