// SPDX-License-Identifier: GPL-3.0-or-later
// How long an event waits in the real window while training uses every core. Two measures: the delay of a 1
// ms timer, and how long an event posted from another thread waits until it is delivered. Prints a table;
// there is no pass or fail.
//     bench_responsiveness [SECONDS]      (default 10 for each row)
#include "core/util/core_count.h"
#include "tests/bench/bench_timing.h"
#include "ui/shell/main_window.h"
#include "ui/train/train_form.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

using namespace simclr;
using namespace simclr::ui;

namespace {

struct Delays {
    std::vector<double> timer;  ///< ms beyond the requested millisecond
    std::vector<double> posted; ///< ms between posting and delivery
};

void waitUntil(const std::function<bool()> &done, int seconds) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < seconds * 1000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
}

Delays measure(int seconds) {
    Delays delays;
    QObject receiver;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    Clock::time_point last = Clock::now();
    QObject::connect(&timer, &QTimer::timeout, &receiver, [&] {
        delays.timer.push_back(std::max(0.0, millisecondsSince(last) - 1));
        last = Clock::now();
    });
    timer.start(1);
    std::jthread poster([&receiver, &delays](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            QMetaObject::invokeMethod(
                &receiver,
                [&delays, sent = Clock::now()] { delays.posted.push_back(millisecondsSince(sent)); },
                Qt::QueuedConnection);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    QEventLoop loop;
    QTimer::singleShot(seconds * 1000, &loop, &QEventLoop::quit);
    loop.exec();
    return delays;
}

void print(const char *what, const char *kind, const std::vector<double> &values) {
    std::printf("| %-34s | %-12s | %7zu | %8.2f | %8.2f | %8.2f | %8.2f |\n", what, kind, values.size(),
                percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0.99),
                percentile(values, 1));
}

void measureAndPrint(const char *what, int seconds) {
    const Delays delays = measure(seconds);
    print(what, "1 ms timer", delays.timer);
    print(what, "posted event", delays.posted);
    std::fflush(stdout);
}

/// A run that never ends by itself, evaluates regularly, and uses every core.
TrainOptions heavyOptions() {
    TrainOptions options;
    options.epochs = 100000;
    options.evaluateEvery = 5;
    options.checkpointEvery = 1;
    options.batch = 128;
    return options;
}

bool startTraining(MainWindow &window, TrainingSession &session) {
    auto *workspace = window.findChild<Workspace *>();
    waitUntil([&] { return workspace->dataset() != nullptr; }, 120);
    window.findChild<TrainForm *>()->setOptions(heavyOptions());
    auto *start = window.findChild<QPushButton *>(QStringLiteral("startButton"));
    waitUntil([&] { return start->isEnabled(); }, 60);
    start->click();
    waitUntil([&] { return session.lastStep().step > 3 || !session.isRunning(); }, 300);
    return session.isRunning();
}

} // namespace

int main(int argc, char **argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 10;
    QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       folder.path()); // leaves the user's own settings unchanged
    QApplication::setOrganizationName(QStringLiteral("simclr-bench"));
    QApplication::setApplicationName(QStringLiteral("bench_responsiveness"));
    theme::apply(application, ThemeChoice::Light);

    MainWindow window(folder.filePath(QStringLiteral("runs.sqlite")).toStdString(), QStringLiteral("shapes"));
    window.resize(1280, 800);
    window.show();
    auto *session = window.findChild<TrainingSession *>();

    std::printf("| %-34s | %-12s | %7s | %8s | %8s | %8s | %8s |\n", "event-loop delay, ms", "measured by",
                "events", "p50", "p95", "p99", "max");
    std::printf(
        "|------------------------------------|--------------|---------|----------|----------|----------|"
        "----------|\n");
    waitUntil([&] { return window.findChild<Workspace *>()->dataset() != nullptr; }, 120);
    measureAndPrint("idle", std::min(seconds, 3));
    if (!startTraining(window, *session)) {
        std::fprintf(stderr, "bench_responsiveness: the training did not start\n");
        return 1;
    }
    window.showPage(QStringLiteral("train"));
    measureAndPrint("training, Train page", seconds);
    window.showPage(QStringLiteral("runs"));
    measureAndPrint("training, Runs page", seconds);
    window.showPage(QStringLiteral("design"));
    measureAndPrint("training, Design page", seconds);
    std::printf("\n%d cores; training at step %lld, %.0f images/s\n", coreCount(),
                static_cast<long long>(session->lastStep().step),
                session->lastStep().values["images_per_second"]);
    session->stop();
    waitUntil([&] { return !session->isRunning(); }, 120);
    return 0;
}
