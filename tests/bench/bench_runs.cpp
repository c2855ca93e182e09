// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page on a large generated database: from opening to a usable table, memory, filter, groups,
// selecting, scrolling, and the work of polling while a run trains. Prints a table; there is no pass or fail.
//     bench_runs [RUNS] [OPTIONS] [METRICS] [POINTS]      (default 10000 200 50 20)
#include "core/store/run_store.h"
#include "tests/bench/bench_timing.h"
#include "tests/bench/generated_store.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/runs_panel.h"
#include "ui/runs/table/runs_table.h"
#include "ui/widgets/theme.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace simclr;
using namespace simclr::ui;

namespace {

double residentMegabytes() {
    std::ifstream file("/proc/self/status");
    std::string word;
    double kilobytes = 0;
    while (file >> word)
        if (word == "VmRSS:")
            file >> kilobytes;
    return kilobytes / 1024;
}

/// Processes events until `done`, or for the most; the milliseconds that it took.
double waited(const std::function<bool()> &done, int mostMilliseconds = 60'000) {
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < mostMilliseconds)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

void print(const char *what, double value, const char *unit) {
    std::printf("%-58s %9.1f %s\n", what, value, unit);
    std::fflush(stdout);
}

/// The page on one database.
class Bench {
  public:
    explicit Bench(const std::filesystem::path &database)
        : m_workspace(database), m_computing(database, m_workspace.images()) {}

    void open(int runs) {
        const double before = residentMegabytes();
        m_page = std::make_unique<RunsPage>(m_workspace, m_computing.queue, m_computing.session);
        m_page->resize(1400, 800);
        m_page->show();
        print("table usable after the page was opened", waited([&] { return rows() == runs; }), "ms");
        waited([] { return false; }, 1500);
        print("memory above that of before", residentMegabytes() - before, "MB");
    }

    void filterByKeys() {
        const QString line = QStringLiteral("linear > 0.5 and batch = 256");
        std::vector<double> times;
        for (int length = 1; length <= line.size(); ++length) {
            bool isAnswered = false;
            const auto answer = QObject::connect(&queries(), &RunQueries::filtered, &queries(),
                                                 [&isAnswered] { isAnswered = true; });
            QElapsedTimer clock;
            clock.start();
            search().setText(line.left(length));
            waited([&] { return isAnswered; });
            QApplication::processEvents();
            QObject::disconnect(answer);
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        print("filter answers a key, median", percentile(times, 0.5), "ms");
        print("filter answers a key, 95th percentile", percentile(times, 0.95), "ms");
        search().clear();
        waited([] { return false; }, 300);
    }

    void regroup() {
        for (const char *field :
             {"pipeline", "encoder", "replicates", "replicates"}) { // the second time from memory
            bool isRead = false;
            const auto reading = QObject::connect(&queries(), &RunQueries::valuesRead, &queries(),
                                                  [&isRead] { isRead = true; });
            QElapsedTimer clock;
            clock.start();
            panel().setLevels({QLatin1String(field)});
            waited([&] { return isRead && queries().values(QLatin1String(field)) != nullptr; });
            QObject::disconnect(reading);
            print((std::string("regroup by ") + field).c_str(),
                  static_cast<double>(clock.nsecsElapsed()) / 1e6, "ms");
            panel().setLevels({});
            waited([&] { return rows() == panel().model().shownRuns(); });
        }
    }

    void selectAll() {
        QElapsedTimer clock;
        clock.start();
        table().selectAll();
        QApplication::processEvents();
        print("select all", static_cast<double>(clock.nsecsElapsed()) / 1e6, "ms");
        table().clearSelection();
        QApplication::processEvents();
    }

    void copyAll() {
        table().selectAll();
        bool isCopied = false;
        const auto copied =
            QObject::connect(&table(), &RunsTable::copied, &table(), [&isCopied] { isCopied = true; });
        QElapsedTimer clock;
        clock.start();
        table().copySelection();
        print("copy all rows: the window waits", static_cast<double>(clock.nsecsElapsed()) / 1e6, "ms");
        print("copy all rows: on the clipboard after", waited([&] { return isCopied; }), "ms");
        QObject::disconnect(copied);
        table().clearSelection();
    }

    void scroll() {
        std::vector<double> times;
        QScrollBar &bar = *table().verticalScrollBar();
        for (int i = 0; i < 200; ++i) {
            QElapsedTimer clock;
            clock.start();
            bar.setValue(bar.minimum() + (bar.maximum() - bar.minimum()) * i / 200);
            table().viewport()->repaint();
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        print("scroll, 95th percentile of a frame", percentile(times, 0.95), "ms");
    }

    /// Of all runs. How long the window does not react, while a figure is opened and when another run is
    /// selected.
    void figures() {
        m_page->findChild<QTabWidget *>(QStringLiteral("runTabs"))->setCurrentIndex(1);
        for (const char *view :
             {"compareScatter", "compareParallel", "compareImportance", "compareAgreement"}) {
            m_page->findChild<QToolButton *>(QLatin1String(view))->click();
            print((std::string(view) + ": opened, longest wait").c_str(), longestWait(4000), "ms");
            const QModelIndex other = table().model()->index(rows() / 2, 0);
            QElapsedTimer clock;
            clock.start();
            table().selectionModel()->setCurrentIndex(other, QItemSelectionModel::ClearAndSelect |
                                                                 QItemSelectionModel::Rows);
            const double selected = static_cast<double>(clock.nsecsElapsed()) / 1e6;
            print((std::string(view) + ": another run selected").c_str(),
                  std::max(selected, longestWait(1000)), "ms");
            table().clearSelection();
        }
        m_page->findChild<QTabWidget *>(QStringLiteral("runTabs"))->setCurrentIndex(0);
    }

    /// A run in another connection writes ten steps a second.
    void poll(RunStore &store) {
        NewRun run = store.runs().one(store.runs().list().changed.front().id);
        run.name = "live";
        const RunId id = store.runs().create(run);
        waited([&] { return m_workspace.runs().run(id) != nullptr; });
        std::vector<double> times;
        for (std::int64_t step = 1; step <= 20; ++step) {
            store.metrics().add(id, std::vector<KeyedMetric>{{"loss", {step, 0.1, 1.0, 0}}});
            const RunPtr before = m_workspace.runs().run(id);
            QElapsedTimer clock;
            clock.start();
            m_workspace.runs().refresh();
            waited([&] { return m_workspace.runs().run(id) != before; });
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        print("a poll of a live run, median, all of it", percentile(times, 0.5), "ms");
    }

  private:
    static double longestWait(int milliseconds) {
        double longest = 0;
        QElapsedTimer whole;
        whole.start();
        while (whole.elapsed() < milliseconds) {
            QElapsedTimer clock;
            clock.start();
            QApplication::processEvents(QEventLoop::AllEvents, 1);
            longest = std::max(longest, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        return longest;
    }
    RunsPanel &panel() { return *m_page->findChild<RunsPanel *>(); }
    RunsTable &table() { return *m_page->findChild<RunsTable *>(); }
    QLineEdit &search() { return *m_page->findChild<QLineEdit *>(QStringLiteral("runsSearch")); }
    RunQueries &queries() { return *m_page->findChild<RunQueries *>(); }
    int rows() { return table().model()->rowCount(); }

    Workspace m_workspace;
    test::Computing m_computing;
    std::unique_ptr<RunsPage> m_page;
};

} // namespace

int main(int argc, char **argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("simclr-bench"));
    QCoreApplication::setApplicationName(QStringLiteral("bench_runs"));
    QApplication app(argc, argv);
    theme::apply(app, ThemeChoice::Light);
    const auto argument = [&](int i, int otherwise) { return argc > i ? std::atoi(argv[i]) : otherwise; };
    const int runs = argument(1, 10'000);
    const QTemporaryDir folder;
    const std::filesystem::path database = folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
    generatedStore(database, {.runs = runs,
                              .options = argument(2, 200),
                              .metrics = argument(3, 50),
                              .pointsPerMetric = argument(4, 20)});
    print("size of the database", static_cast<double>(std::filesystem::file_size(database)) / 1e6, "MB");
    Bench bench(database);
    bench.open(runs);
    bench.filterByKeys();
    bench.regroup();
    bench.selectAll();
    bench.copyAll();
    bench.scroll();
    bench.figures();
    RunStore store(database);
    bench.poll(store);
    return 0;
}
