// SPDX-License-Identifier: GPL-3.0-or-later
// How long a plot of many long curves takes: to its first paint, to pan and to zoom, and to smooth. Paints a
// real CurvePlot of 1400 × 800 pixels without a display. Prints a table; there is no pass or fail.
//     bench_curves
#include "core/curves/smoothing.h"
#include "tests/bench/bench_timing.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>
#include <cstdio>

using namespace simclr;
using namespace simclr::ui;

namespace {

constexpr int pointCount = 100'000;

struct Data {
    QList<double> xs;
    QList<QList<double>> ys;
};

/// Falling noisy losses.
Data curves(int count) {
    Data data;
    quint32 state = 1;
    for (int i = 0; i < pointCount; ++i)
        data.xs.append(i + 1);
    for (int curve = 0; curve < count; ++curve) {
        QList<double> ys;
        ys.reserve(pointCount);
        for (int i = 0; i < pointCount; ++i) {
            state = state * 1664525u + 1013904223u;
            ys.append(4.6 + 0.02 * curve + 1.6 * std::exp(-i / 20'000.0) +
                      0.15 * ((state >> 8) / 16777216.0));
        }
        data.ys.append(ys);
    }
    return data;
}

class Bench {
  public:
    explicit Bench(int count) : m_plot(QStringLiteral("Loss")), m_count(count), m_data(curves(count)) {
        m_plot.setAttribute(Qt::WA_DontShowOnScreen);
        m_plot.resize(1400, 800);
        m_plot.show();
        QApplication::processEvents();
    }

    double firstPaint() {
        const auto start = Clock::now();
        for (int curve = 0; curve < m_count; ++curve) {
            CurveStyle style;
            style.name = QStringLiteral("run %1").arg(curve);
            style.color = [curve] { return theme::runColor(curve); };
            m_plot.setData(m_plot.addCurve(style), m_data.xs, m_data.ys[curve]);
        }
        paint();
        return millisecondsSince(start);
    }
    /// Drags of some pixels per frame, there and back.
    std::vector<double> pan() {
        std::vector<double> times;
        QPoint place(700, 400);
        send(QEvent::MouseButtonPress, place, Qt::LeftButton);
        for (int frame = 0; frame < 200; ++frame) {
            place += QPoint(frame < 100 ? -6 : 6, frame % 4 < 2 ? 1 : -1);
            const auto start = Clock::now();
            send(QEvent::MouseMove, place, Qt::NoButton);
            paint();
            times.push_back(millisecondsSince(start));
        }
        send(QEvent::MouseButtonRelease, place, Qt::LeftButton);
        return times;
    }
    std::vector<double> zoom() {
        std::vector<double> times;
        for (int frame = 0; frame < 80; ++frame) {
            const QPointF place(700, 400);
            QWheelEvent wheel(place, canvas()->mapToGlobal(place), {}, {0, frame < 40 ? 120 : -120},
                              Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            const auto start = Clock::now();
            QApplication::sendEvent(canvas(), &wheel);
            paint();
            times.push_back(millisecondsSince(start));
        }
        return times;
    }
    double smooth(const Smoothing &smoothing) {
        m_plot.setSmoothing({});
        const auto start = Clock::now();
        m_plot.setSmoothing(smoothing);
        return millisecondsSince(start);
    }

    /// What is left for the UI thread if another one smooths, as in the Runs page.
    double takeSmoothed(const Smoothing &smoothing) {
        m_plot.setSmoothedElsewhere(true);
        std::vector<std::vector<double>> values;
        for (const QList<double> &ys : m_data.ys)
            values.push_back(smoothed({m_data.xs, ys}, smoothing));
        const auto start = Clock::now();
        m_plot.setSmoothing(smoothing);
        for (int curve = 0; curve < m_count; ++curve)
            m_plot.setSmoothed(curve, std::move(values[static_cast<std::size_t>(curve)]));
        return millisecondsSince(start);
    }

  private:
    void paint() {
        m_plot.repaintNow();
        m_plot.render(&m_picture);
    }
    QWidget *canvas() { return m_plot.findChild<QWidget *>(QStringLiteral("canvas")); }
    void send(QEvent::Type type, const QPoint &place, Qt::MouseButton button) {
        QMouseEvent event(type, place, canvas()->mapToGlobal(place), button, Qt::LeftButton, {});
        QApplication::sendEvent(canvas(), &event);
    }

    CurvePlot m_plot;
    int m_count;
    Data m_data;
    QImage m_picture{1400, 800, QImage::Format_ARGB32_Premultiplied};
};

void print(const char *what, const std::vector<double> &times) {
    std::printf("| %-34s | %8.1f | %8.1f | %8.1f |\n", what, percentile(times, 0.5), percentile(times, 0.95),
                percentile(times, 1));
    std::fflush(stdout);
}

void measure(int count) {
    Bench bench(count);
    std::printf("\n%d curves × %d points\n\n| %-34s | %8s | %8s | %8s |\n|---|---|---|---|\n", count,
                pointCount, "ms", "p50", "p95", "max");
    print("first paint, with reading the values", {bench.firstPaint()});
    print("pan", bench.pan());
    print("zoom", bench.zoom());
    print("smooth: exponential", {bench.smooth({SmoothingKind::Exponential, 0.99})});
    print("pan, smoothed", bench.pan());
    print("smooth: Gaussian", {bench.smooth({SmoothingKind::Gaussian, 30})});
    print("smooth: running mean", {bench.smooth({SmoothingKind::RunningMean, 101})});
    print("smooth: Gaussian, elsewhere", {bench.takeSmoothed({SmoothingKind::Gaussian, 30})});
}

} // namespace

int main(int argc, char **argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    theme::apply(application, ThemeChoice::Light);
    measure(10);
    measure(100);
    return 0;
}
