// SPDX-License-Identifier: GPL-3.0-or-later
// Response time of the Design page in the real window: from a move of a card's slider to the paint that shows
// views of at least that state, and from opening a folder of photographs to its first images. Prints a table;
// there is no pass or fail.
//     bench_designer [CHANGES [PHOTOGRAPHS]]      (300 slider changes per row, a folder of 50,000 files)
#include "tests/bench/bench_pictures.h"
#include "tests/bench/bench_timing.h"
#include "ui/design/preview/preview_grid.h"
#include "ui/document/pipeline_document.h"
#include "ui/shell/main_window.h"
#include "ui/train/train_form.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QStyleOptionSlider>
#include <QTemporaryDir>
#include <QThread>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

using namespace simclr;
using namespace simclr::ui;
namespace fs = std::filesystem;

namespace {

constexpr auto parameter = "brightness";

/// Reports the time of each paint of one widget, and the duration of the longest event.
class WatchedApplication : public QApplication {
  public:
    using QApplication::QApplication;

    QObject *painted = nullptr;
    std::function<void()> afterPaint;
    double longestEvent = 0; ///< ms

    bool notify(QObject *receiver, QEvent *event) override {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event); // of a thread with its own events
        const Clock::time_point start = Clock::now();
        ++m_depth;
        const bool isPaint = receiver == painted && event->type() == QEvent::Paint;
        const bool result = QApplication::notify(receiver, event);
        if (isPaint && afterPaint)
            afterPaint();
        if (--m_depth == 0)
            longestEvent = std::max(longestEvent, millisecondsSince(start));
        return result;
    }

  private:
    int m_depth = 0;
};

bool waitUntil(const std::function<bool()> &done, int seconds) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < seconds * 1000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    return done();
}

/// The slider's parameter in a pipeline.
double valueIn(const Pipeline &pipeline) {
    for (const PipelineStep &step : pipeline.steps)
        if (step.parameters.contains(parameter))
            return std::get<double>(step.parameters.at(parameter));
    return -1;
}

/// Drags a slider as a user does and records how long each change takes to be shown.
class SliderDrag {
  public:
    SliderDrag(WatchedApplication &application, QWidget &window)
        : m_application(application),
          m_grid(window.findChild<PreviewGrid *>()),
          m_document(window.findChild<PipelineDocument *>()),
          m_slider(sliderOf(window)),
          m_at(handleOf(*m_slider)) {
        m_application.painted = m_grid;
        m_application.afterPaint = [this] { notePaint(); };
    }
    ~SliderDrag() {
        m_application.afterPaint = {};
        m_application.painted = nullptr;
    }

    /// One change at a time, the next when it is shown.
    std::vector<double> oneByOne(int changes) { return drag(changes, true); }
    /// Sixty changes per second, as from a mouse.
    std::vector<double> steadily(int changes) { return drag(changes, false); }

    std::size_t views() const { return m_grid->preview() ? 2 * m_grid->preview()->tiles.size() : 0; }
    int side() const { return m_grid->preview() ? m_grid->preview()->request.viewSize : 0; }

  private:
    struct Change {
        double value;
        Clock::time_point time;
    };

    static QSlider *sliderOf(QWidget &window) {
        for (QSlider *slider : window.findChildren<QSlider *>(QStringLiteral("brightness_slider")))
            if (slider->isVisible())
                return slider;
        std::fprintf(stderr, "bench_designer: there is no slider to drag\n");
        std::exit(1);
    }

    static QPoint handleOf(const QSlider &slider) {
        QStyleOptionSlider option;
        option.initFrom(&slider);
        option.minimum = slider.minimum();
        option.maximum = slider.maximum();
        option.sliderPosition = option.sliderValue = slider.value();
        return slider.style()
            ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
            .center();
    }

    void send(QEvent::Type type) {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, m_at, m_slider->mapToGlobal(m_at), button,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_slider, &event);
    }

    std::vector<double> drag(int changes, bool oneByOne) {
        m_changes.clear();
        m_latencies.clear();
        m_seen = 0;
        send(QEvent::MouseButtonPress);
        while (int(m_changes.size()) < changes) {
            move();
            if (oneByOne)
                waitUntil([this] { return m_seen == m_changes.size(); }, 20);
            pause(oneByOne ? 3 : 16);
        }
        send(QEvent::MouseButtonRelease);
        waitUntil([this] { return m_seen == m_changes.size(); }, 20);
        return m_latencies;
    }

    /// One pixel further, reversing at the ends.
    void move() {
        if (m_at.x() + m_direction < 4 || m_at.x() + m_direction > m_slider->width() - 4)
            m_direction = -m_direction;
        m_at.rx() += m_direction;
        const double before = valueIn(m_document->pipeline());
        const Clock::time_point start = Clock::now();
        send(QEvent::MouseMove);
        const double after = valueIn(m_document->pipeline());
        if (after != before)
            m_changes.push_back({after, start});
    }

    static void pause(int milliseconds) {
        const Clock::time_point start = Clock::now();
        while (millisecondsSince(start) < milliseconds)
            QApplication::processEvents(QEventLoop::AllEvents, 1);
    }

    /// Views are shown in the order of the changes, so this is the first change with this value that was not
    /// yet shown.
    void notePaint() {
        if (!m_grid->preview())
            return;
        const double shown = valueIn(m_grid->preview()->request.pipeline);
        for (std::size_t i = m_seen; i < m_changes.size(); ++i)
            if (m_changes[i].value == shown) {
                for (; m_seen <= i; ++m_seen)
                    m_latencies.push_back(millisecondsSince(m_changes[m_seen].time));
                return;
            }
    }

    WatchedApplication &m_application;
    PreviewGrid *m_grid;
    PipelineDocument *m_document;
    QSlider *m_slider;
    QPoint m_at;
    int m_direction = 1;
    std::vector<Change> m_changes;
    std::vector<double> m_latencies;
    std::size_t m_seen = 0;
};

/// Returns the 95th percentile of a steady drag, in ms.
double measureSlider(WatchedApplication &application, MainWindow &window, const char *what, int changes) {
    SliderDrag drag(application, window);
    drag.oneByOne(10); // warm-up
    const std::vector<double> single = drag.oneByOne(changes);
    application.longestEvent = 0;
    const std::vector<double> steady = drag.steadily(changes);
    std::printf("| %-34s | %5zu × %3d px | %7.1f | %7.1f | %7.1f | %7.1f | %7.1f | %7.1f |\n", what,
                drag.views(), drag.side(), percentile(single, 0.5), percentile(single, 0.95),
                percentile(steady, 0.5), percentile(steady, 0.95), percentile(steady, 1),
                application.longestEvent);
    std::fflush(stdout);
    return percentile(steady, 0.95);
}

bool open(MainWindow &window, const QString &source) {
    auto *workspace = window.findChild<Workspace *>();
    const auto *grid = window.findChild<PreviewGrid *>();
    const DatasetPtr before = workspace->dataset();
    workspace->openSource(source);
    return waitUntil(
        [&] {
            return workspace->dataset() != before && grid->preview() &&
                   grid->preview()->request.dataset == workspace->dataset();
        },
        600);
}

void setSide(MainWindow &window, int side) {
    auto *sides = window.findChild<QComboBox *>(QStringLiteral("previewViewSize"));
    sides->setCurrentIndex(sides->findData(side));
    const auto *grid = window.findChild<PreviewGrid *>();
    waitUntil([&] { return grid->preview() && grid->preview()->request.viewSize == side; }, 60);
}

/// A run that never ends by itself and uses every core.
bool startTraining(MainWindow &window, TrainingSession &session) {
    TrainOptions options;
    options.epochs = 100000;
    options.evaluateEvery = 5;
    options.batch = 128;
    window.showPage(QStringLiteral("train")); // a hidden page does not check the next run
    window.findChild<TrainForm *>()->setOptions(options);
    auto *start = window.findChild<QPushButton *>(QStringLiteral("startButton"));
    waitUntil([&] { return start->isEnabled(); }, 60);
    start->click();
    // The queue starts the job from its event loop, so that the session is idle at first.
    waitUntil([&] { return session.lastStep().step > 3; }, 300);
    return session.isRunning();
}

/// `count` photographs in ten class folders: few files, linked again and again.
void linkPhotographs(const fs::path &photographs, const fs::path &folder, int count) {
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(photographs))
        files.push_back(entry.path());
    constexpr int classes = 10;
    for (int i = 0; i < classes; ++i)
        fs::create_directories(folder / ("class " + std::to_string(i)));
    for (int i = 0; i < count; ++i)
        fs::create_hard_link(files[std::size_t(i) % files.size()],
                             folder / ("class " + std::to_string(i % classes)) /
                                 (std::to_string(i) + ".jpg"));
}

/// Returns the time until the first images, in ms; 0 without any.
double measureOpening(WatchedApplication &application, MainWindow &window, const fs::path &folder,
                      int count) {
    const auto *grid = window.findChild<PreviewGrid *>();
    auto *workspace = window.findChild<Workspace *>();
    Clock::time_point opened;
    double picturesAfter = 0;
    application.painted = window.findChild<PreviewGrid *>();
    application.afterPaint = [&] {
        const bool isNew = grid->preview() && int(grid->preview()->request.dataset->size()) == count;
        if (isNew && picturesAfter == 0)
            picturesAfter = millisecondsSince(opened);
    };
    application.longestEvent = 0;
    opened = Clock::now();
    workspace->openSource(QString::fromStdString(folder));
    const bool seen = waitUntil([&] { return picturesAfter > 0 && !workspace->isOpening(); }, 600);
    application.afterPaint = {};
    if (seen)
        std::printf("folder of %d photographs: first images after %.2f s, all read after %.2f s, longest "
                    "event %.1f ms\n",
                    count, picturesAfter / 1000, millisecondsSince(opened) / 1000, application.longestEvent);
    else
        std::printf("folder of %d photographs: no images\n", count);
    std::fflush(stdout);
    return picturesAfter;
}

void printHeading() {
    std::printf("| %-34s | %-14s | %7s | %7s | %7s | %7s | %7s | %7s |\n", "slider to view, ms", "views",
                "one p50", "one p95", "60/s p50", "60/s p95", "max", "event");
    std::printf(
        "|------------------------------------|----------------|---------|---------|---------|---------|"
        "---------|---------|\n");
}

int measureAll(WatchedApplication &application, const fs::path &folder, int changes, int photographs) {
    bench::writePhotographs(folder / "small", 200, 500, 375);
    linkPhotographs(folder / "small" / "photos", folder / "large", photographs);
    const QString small = QString::fromStdString(folder / "small");
    MainWindow window(folder / "runs.sqlite", QStringLiteral("shapes"));
    window.resize(1600, 900);
    window.show();
    window.showPage(QStringLiteral("design"));
    auto *workspace = window.findChild<Workspace *>();
    const auto *grid = window.findChild<PreviewGrid *>();
    waitUntil([&] { return workspace->dataset() && grid->preview(); }, 120);

    printHeading();
    setSide(window, 32);
    measureSlider(application, window, "built-in images", changes);
    open(window, small);
    setSide(window, 224);
    const double idle = measureSlider(application, window, "photographs of 500 x 375", changes);
    open(window, QStringLiteral("shapes"));
    auto *session = window.findChild<TrainingSession *>();
    if (!startTraining(window, *session)) {
        std::fprintf(stderr, "bench_designer: the training did not start\n");
        return 1;
    }
    window.showPage(QStringLiteral("design"));
    setSide(window, 32);
    measureSlider(application, window, "built-in images, while training", changes);
    open(window, small);
    setSide(window, 224);
    const double busiest = measureSlider(application, window, "photographs, while training", changes);
    if (!session->isRunning())
        std::fprintf(stderr, "bench_designer: the training ended meanwhile\n");
    std::printf("\ntraining at step %lld, %.0f images/s\n", static_cast<long long>(session->lastStep().step),
                session->lastStep().values["images_per_second"]);
    session->stop();
    waitUntil([&] { return !session->isRunning(); }, 120);
    const double opening = measureOpening(application, window, folder / "large", photographs);
    printHeading();
    measureSlider(application, window, "that folder", changes);
    std::printf("\nslider_idle %.1f\nslider_training %.1f\nfirst_pictures %.0f\n", idle, busiest, opening);
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    WatchedApplication application(argc, argv);
    const int changes = argc > 1 ? std::max(1, std::atoi(argv[1])) : 300;
    const int photographs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 50000;
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       folder.path()); // leaves the user's own settings unchanged
    QApplication::setOrganizationName(QStringLiteral("simclr-bench"));
    QApplication::setApplicationName(QStringLiteral("bench_designer"));
    theme::apply(application, ThemeChoice::Light);
    return measureAll(application, folder.path().toStdString(), changes, photographs);
}
