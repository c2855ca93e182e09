// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/plots/curve_export.h"
#include "ui/plots/curve_plot.h"

#include <QElapsedTimer>
#include <QImage>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace simclr::ui;

namespace {

CurveStyle blueCurve(const QString &name) {
    CurveStyle style;
    style.name = name;
    style.color = [] { return QColor(0, 0, 255); };
    return style;
}

simclr::Smoothing ema(double weight) {
    return {simclr::SmoothingKind::Exponential, weight};
}

QList<double> countingUp(int count) {
    QList<double> result(count);
    for (int i = 0; i < count; ++i)
        result[i] = i + 1;
    return result;
}

QList<double> noisyWave(int count) {
    QList<double> result(count);
    quint32 state = 1;
    for (int i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        result[i] = std::sin(i * 20.0 / count) + (state >> 8) / 16777216.0;
    }
    return result;
}

int pixelsLike(const QImage &image, const QColor &color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color;
    return count;
}

} // namespace

class TestCurvePlot : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void keepsDataAsGiven() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.setData(curve, {1, 2, 3}, {0.5, std::nan(""), 1.0 / 3});
        const QPointF more[] = {{4, -2}, {5, 1e-9}};
        plot.append(curve, more);
        const QList<QPointF> points = plot.points(curve);
        QCOMPARE(points.size(), 5);
        QCOMPARE(points[0], QPointF(1, 0.5));
        QVERIFY(std::isnan(points[1].y()));
        QCOMPARE(points[2].y(), 1.0 / 3);
        QCOMPARE(points[4].y(), 1e-9);
    }

    /// Smoothing comes before thinning: it uses all points, also those outside the view, and appending in
    /// parts gives the same result as setting all points at once.
    void smoothsTheFullSeries() {
        const QList<double> xs = countingUp(100'000);
        const QList<double> ys = noisyWave(100'000);
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setSmoothing(ema(0.9));
        const int whole = plot.addCurve(blueCurve(QStringLiteral("whole")));
        const int grown = plot.addCurve(blueCurve(QStringLiteral("grown")));
        plot.setData(whole, xs, ys);
        for (int i = 0; i < xs.size(); i += 999) {
            QList<QPointF> piece;
            for (int k = i; k < std::min<int>(i + 999, xs.size()); ++k)
                piece.append({xs[k], ys[k]});
            plot.append(grown, piece);
        }
        const std::vector<double> expected =
            simclr::smoothed({std::span(xs.data(), xs.size()), std::span(ys.data(), ys.size())}, ema(0.9));
        const QList<QPointF> drawn = plot.drawnPoints(whole);
        QCOMPARE(drawn.size(), xs.size());
        for (int i = 0; i < xs.size(); ++i)
            QCOMPARE(drawn[i].y(), expected[i]);
        QCOMPARE(plot.drawnPoints(grown), drawn);
        QCOMPARE(plot.points(whole).at(7).y(), ys[7]); // the raw values are unchanged
        plot.setSmoothing({});
        QCOMPARE(plot.drawnPoints(whole), plot.points(whole));
    }

    /// A curve that is added while smoothing is on shows its raw values until the smoothed ones come.
    void waitsForValuesSmoothedElsewhere() {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setSmoothedElsewhere(true);
        plot.setSmoothing(ema(0.9));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("new")));
        plot.append(curve, QList<QPointF>{{1, 4}, {2, 8}});
        QCOMPARE(plot.drawnPoints(curve), plot.points(curve));
        QVERIFY(plot.readoutAt(2).contains(QLatin1Char('8')));
        QVERIFY(!plot.isSmoothed(curve));
        plot.setSmoothed(curve, {4, 5});
        QVERIFY(plot.isSmoothed(curve));
        QCOMPARE(plot.drawnPoints(curve).at(1), QPointF(2, 5));
    }

    void followsUntilMovedAndFitsOnDoubleClick() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(400, 300);
        plot.show();
        plot.setData(curve, {0, 100}, {1, 3});
        plot.repaintNow();
        QVERIFY(plot.visibleRange().contains(QPointF(0, 1)));
        QVERIFY(plot.visibleRange().contains(QPointF(100, 3)));

        QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(!plot.isFollowing());
        const QRectF zoomed = plot.visibleRange();
        QVERIFY(zoomed.width() < 100);
        const QPointF far[] = {{1000, 9}};
        plot.append(curve, far);
        plot.repaintNow();
        QCOMPARE(plot.visibleRange(), zoomed);

        auto *canvas = plot.findChild<QWidget *>(QStringLiteral("canvas"));
        QTest::mouseDClick(canvas, Qt::LeftButton, {}, canvas->rect().center());
        QVERIFY(plot.isFollowing());
        plot.repaintNow();
        QVERIFY(plot.visibleRange().contains(QPointF(1000, 9)));
    }

    void dragMovesTheView() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(400, 300);
        plot.show();
        plot.setData(curve, countingUp(100), noisyWave(100));
        plot.repaintNow();
        const QRectF before = plot.visibleRange();
        auto *canvas = plot.findChild<QWidget *>(QStringLiteral("canvas"));
        const QPoint from = canvas->rect().center();
        QTest::mousePress(canvas, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(-60, 0), canvas->mapToGlobal(from + QPoint(-60, 0)),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(canvas, &move);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, from + QPoint(-60, 0));
        QVERIFY(plot.visibleRange().left() > before.left());
        QVERIFY(!plot.isFollowing());
    }

    void referenceLinesAreInView() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(400, 300);
        plot.show();
        plot.setData(curve, {1, 2}, {5.1, 5.0});
        plot.setReferenceLine(QStringLiteral("chance"), 6.24);
        plot.setReferenceLine(QStringLiteral("floor"), 4.26);
        plot.setReferenceLine(QStringLiteral("chance"), 6.5); // replaces the first
        plot.repaintNow();
        QCOMPARE(plot.referenceLines(), QList<QString>({QStringLiteral("floor"), QStringLiteral("chance")}));
        QVERIFY(plot.visibleRange().top() < 4.26);
        QVERIFY(plot.visibleRange().bottom() > 6.5);
        plot.setReferenceLine(QStringLiteral("chance"), std::nan(""));
        QCOMPARE(plot.referenceLines(), QList<QString>({QStringLiteral("floor")}));
    }

    void readsOutTheNearestValues() {
        CurvePlot plot(QStringLiteral("Accuracy"));
        PlotAxes axes;
        axes.x = QStringLiteral("epoch");
        axes.xStyle = NumberStyle::Count;
        axes.leftStyle = NumberStyle::Percent;
        plot.setAxes(axes);
        const int curve = plot.addCurve(blueCurve(QStringLiteral("linear")));
        plot.setData(curve, {0, 5, 10}, {31.72, 40.05, 45.5});
        QCOMPARE(plot.readoutAt(6), QStringLiteral("epoch 5\nlinear: %1 %")
                                        .arg(QLocale().toString(40.1, 'f', 1))); // halves are rounded up
        QVERIFY(plot.readoutAt(1e9).startsWith(QStringLiteral("epoch 10")));
        QVERIFY(plot.readoutAt(-5).startsWith(QStringLiteral("epoch 0")));
    }

    void repaintsAtMostTwentyTimesASecond() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(300, 200);
        plot.show();
        QTest::qWait(150); // showing and layout repaint too
        auto *canvas = plot.findChild<QWidget *>(QStringLiteral("canvas"));
        QSignalSpy repaints(canvas, SIGNAL(afterReplot()));
        QVERIFY(repaints.isValid());
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; clock.elapsed() < 500; ++i) {
            const QPointF point[] = {{double(i), 1.0}};
            plot.append(curve, point);
            QTest::qWait(1);
        }
        const qint64 most = clock.elapsed() / 50 + 1;
        QVERIFY2(repaints.count() <= most, qPrintable(QString::number(repaints.count())));
        QVERIFY(repaints.count() >= 2);
        QTest::qWait(120); // wait until the last change is painted
        repaints.clear();
        QTest::qWait(150);
        QCOMPARE(repaints.count(), 0); // no change, no repaint
    }

    void drawsCurvesInTheirColour() {
        CurvePlot plot(QStringLiteral("Loss"));
        CurveStyle style = blueCurve(QStringLiteral("loss"));
        style.markers = true;
        const int curve = plot.addCurve(style);
        plot.resize(400, 300);
        plot.show();
        plot.repaintNow();
        QCOMPARE(pixelsLike(plot.grab().toImage(), QColor(0, 0, 255)) > 100, false);
        plot.setData(curve, {0, 1, 2, 3}, {1, 1, 1, 1});
        plot.repaintNow();
        QVERIFY(pixelsLike(plot.grab().toImage(), QColor(0, 0, 255)) > 30);
    }

    void oneValueIsADot() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(400, 300);
        plot.show();
        plot.repaintNow();
        const int legend = pixelsLike(plot.grab().toImage(), QColor(0, 0, 255));
        const QPointF point[] = {{3, 5}};
        plot.append(curve, point);
        plot.repaintNow();
        QVERIFY(pixelsLike(plot.grab().toImage(), QColor(0, 0, 255)) > legend + 4);
    }

    /// A line sample precedes each name, also if names are short or do not fit beside the title.
    void legendNamesEveryCurve_data() {
        QTest::addColumn<QStringList>("names");
        QTest::newRow("short") << QStringList{QStringLiteral("h"), QStringLiteral("z")};
        QTest::newRow("long") << QStringList{QStringLiteral("alignment"), QStringLiteral("uniformity"),
                                             QStringLiteral("spread")};
    }
    void legendNamesEveryCurve() {
        QFETCH(QStringList, names);
        CurvePlot plot(QStringLiteral("Effective rank"));
        for (qsizetype i = 0; i + 1 < names.size(); ++i) {
            CurveStyle style = blueCurve(names[i]);
            style.color = [] { return QColor(0, 255, 0); };
            plot.addCurve(style);
        }
        plot.addCurve(blueCurve(names.last()));
        plot.resize(290, 250);
        plot.show();
        plot.repaintNow();
        QTRY_VERIFY(pixelsLike(plot.grab().toImage(), QColor(0, 0, 255)) > 10);
    }

    void millionPoints() {
        constexpr int count = 1'000'000;
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setSmoothing(ema(0.99));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("loss")));
        plot.resize(1000, 500);
        plot.show();
        plot.setData(curve, countingUp(count), noisyWave(count));
        plot.repaintNow();
        QCOMPARE(plot.points(curve).size(), count);
        QVERIFY(plot.visibleRange().contains(QPointF(count, 0)));
        QVERIFY(pixelsLike(plot.grab().toImage(), QColor(0, 0, 255)) > 500);
        QElapsedTimer clock;
        clock.start();
        constexpr int moves = 10;
        for (int i = 0; i < moves; ++i) {
            QTest::keyClick(&plot, i % 2 == 0 ? Qt::Key_Right : Qt::Key_Left);
            plot.repaintNow();
        }
        qInfo("one pan over a million points: %.1f ms", double(clock.nsecsElapsed()) / 1e6 / moves);
        QVERIFY(plot.visibleRange().width() > count * 0.9);
    }

    void exportsCsvThatReadsBack() {
        CurvePlot plot(QStringLiteral("Loss"));
        const int curve = plot.addCurve(blueCurve(QStringLiteral("a \"name\", odd")));
        plot.setData(curve, {1, 2}, {1.0 / 3, 1e-17});
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("loss.csv"));
        QCOMPARE(writeCurvesAsCsv(plot, file), QString());
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = in.readAll().split('\n');
        QCOMPARE(lines.size(), 4); // header, two points, the end of the last line
        QVERIFY(lines[1].startsWith("\"a \"\"name\"\", odd\",1,"));
        QCOMPARE(lines[1].split(',').last().toDouble(), 1.0 / 3);
        QCOMPARE(lines[2].split(',').last().toDouble(), 1e-17);
        const QString nowhere = folder.filePath(QStringLiteral("none/loss.csv"));
        QVERIFY(writeCurvesAsCsv(plot, nowhere).contains(nowhere));
    }

    void namesInCsvAreHarmless() {
        CurvePlot plot(QStringLiteral("=cmd|'/C calc'!A1"));
        plot.setData(plot.addCurve(blueCurve(QStringLiteral("\x1b[31m+run"))), {1}, {-0.5});
        plot.setData(plot.addCurve(blueCurve(QStringLiteral("+run"))), {1}, {2});
        QCOMPARE(curvesAsCsv(plot), "curve," + plot.axes().x.toUtf8() +
                                        ",'=cmd|'/C calc'!A1\n\\x1b[31m+run,1,-0.5\n'+run,1,2\n");
    }

    void pipesAndDevicesAreNotReplaced() {
        CurvePlot plot(QStringLiteral("Loss"));
        for (const auto write : {&writeCurvesAsCsv, &writePlotAsPng})
            QVERIFY(
                write(plot, QStringLiteral("/dev/null")).contains(QStringLiteral("not an ordinary file")));
        QVERIFY(std::filesystem::is_character_file("/dev/null"));
    }

    void exportsPng() {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.resize(320, 200);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("loss.png"));
        QCOMPARE(writePlotAsPng(plot, file), QString());
        QCOMPARE(QImage(file).size(), QSize(320, 200));
    }

    void removesCurves() {
        CurvePlot plot(QStringLiteral("Loss"));
        plot.setSmoothing(ema(0.5));
        plot.addCurve(blueCurve(QStringLiteral("a")));
        plot.addCurve(blueCurve(QStringLiteral("b")));
        plot.removeCurves();
        QCOMPARE(plot.curveCount(), 0);
        const int curve = plot.addCurve(blueCurve(QStringLiteral("c")));
        QCOMPARE(curve, 0);
        plot.setData(curve, {1}, {2});
        QCOMPARE(plot.points(0), QList<QPointF>({{1, 2}}));
    }
};

SIMCLR_TEST(TestCurvePlot, QApplication)
#include "tst_curve_plot.moc"
