// SPDX-License-Identifier: GPL-3.0-or-later
// The database of runs: size of the file, and times of writing and reading, on generated databases. Prints a
// table; there is no pass or fail.
//     bench_store [RUNS [OPTIONS [METRICS [POINTS]]]]      (10,000 runs, 200 options, 50 metrics, 20 points
//     each)
#include "core/random/random.h"
#include "core/store/background_writer.h"
#include "core/store/migrations.h"
#include "core/store/run_store.h"
#include "tests/bench/bench_timing.h"
#include "tests/bench/generated_store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <numeric>
#include <string>
#include <unistd.h>
#include <vector>

using namespace simclr;
namespace fs = std::filesystem;

namespace {

constexpr int dayMetrics = 10;
constexpr std::int64_t daySteps = 864'000; ///< of a day at 10 steps/s
constexpr std::int64_t longSteps = 1'000'000;
constexpr std::int64_t stepsPerWrite = 100; ///< 1,000 metrics

void print(const char *key, double value, const char *text) {
    std::printf("%-26s %12.3f  %s\n", key, value, text);
    std::fflush(stdout);
}

double megabytes(const fs::path &file) {
    return static_cast<double>(fs::file_size(file)) / 1e6;
}

/// The shortest of some times, in ms.
double milliseconds(const std::function<void()> &work) {
    double shortest = 1e300;
    for (int repetition = 0; repetition < 5; ++repetition) {
        const Clock::time_point start = Clock::now();
        work();
        shortest = std::min(shortest, millisecondsSince(start));
    }
    return shortest;
}

/// As a training reports them: six float32 scalars from the device, and four doubles, of which the learning
/// rate is smooth and the memory changes seldom.
std::array<double, dayMetrics> valuesAt(std::int64_t step, RandomStream &stream) {
    std::array<double, dayMetrics> values{};
    const double progress = static_cast<double>(step) / static_cast<double>(longSteps);
    for (std::size_t i = 0; i < 6; ++i)
        values[i] = static_cast<float>(5 * std::exp(-3 * progress) + 0.1 * stream.uniform());
    values[6] = 2500 + 100 * stream.uniform();
    values[7] = 0.3 * (1 + std::cos(3.14159265 * progress));
    values[8] = 0.05 * stream.uniform();
    values[9] = 1500.25 + static_cast<double>(step / 5000);
    return values;
}

std::vector<KeyedMetric> dayPoints(std::int64_t first, RandomStream &stream) {
    std::vector<KeyedMetric> points;
    for (std::int64_t step = first; step < first + stepsPerWrite; ++step) {
        const double time = 1.7e9 + 0.1 * static_cast<double>(step) + 0.004 * stream.uniform();
        const std::array<double, dayMetrics> values = valuesAt(step, stream);
        for (std::size_t metric = 0; metric < dayMetrics; ++metric)
            points.push_back({"metric_" + std::to_string(metric),
                              {step, static_cast<double>(step) / 195, values[metric], time}});
    }
    return points;
}

NewRun longRun() {
    NewRun run;
    run.name = "a long run";
    run.config = run.pipeline = run.libraries = Json::object();
    run.totalSteps = longSteps;
    return run;
}

void writeLongRun(const fs::path &file) {
    std::vector<double> times;
    RandomStream stream({1, Purpose::Initialisation, 0, 0, 0});
    {
        RunStore store(file);
        const RunId run = store.runs().create(longRun());
        for (std::int64_t step = 1; step <= daySteps; step += stepsPerWrite) {
            const std::vector<KeyedMetric> points = dayPoints(step, stream);
            const Clock::time_point start = Clock::now();
            store.metrics().add(run, points);
            times.push_back(millisecondsSince(start));
        }
    }
    print("write_1000_mean",
          std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(times.size()),
          "ms per 1,000 metrics of 100 steps, one transaction");
    print("write_1000_p95", percentile(times, 0.95), "ms");
    print("write_1000_longest", percentile(times, 1), "ms");
    print("day_file", megabytes(file), "MB: 864,000 steps x 10 metrics (goal 60)");
    print("day_per_million", megabytes(file) / (daySteps * dayMetrics / 1e6), "MB per million points");
    RunStore store(file);
    for (std::int64_t step = daySteps + 1; step <= longSteps; step += stepsPerWrite)
        store.metrics().add(1, dayPoints(step, stream));
}

double threadSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// What a training at 100 steps/s with ten metrics each gives to the writer, and what that costs its thread.
void writeBesideTraining(const fs::path &file) {
    const RunId run = RunStore(file).runs().create(longRun());
    RandomStream stream({1, Purpose::Initialisation, 0, 0, 0});
    BackgroundWriter writer(file, run);
    constexpr int writes = 10;
    double cpu = 0;
    double longest = 0;
    const Clock::time_point start = Clock::now();
    for (std::int64_t step = 1; step <= writes * stepsPerWrite; step += stepsPerWrite) {
        const std::vector<KeyedMetric> points = dayPoints(step, stream);
        for (auto first = points.begin(); first != points.end(); first += dayMetrics) {
            const double before = threadSeconds();
            const Clock::time_point called = Clock::now();
            RunChanges changes;
            changes.metrics.assign(first, first + dayMetrics);
            writer.add(std::move(changes));
            cpu += threadSeconds() - before;
            longest = std::max(longest, millisecondsSince(called));
            ::usleep(10'000); // the step
        }
    }
    print("training_thread", 100 * cpu / (millisecondsSince(start) / 1000),
          "% of the training thread, for 1,000 metrics/s (goal 1)");
    print("training_thread_longest", longest, "ms that one step waited for the writer");
}

void readLongRun(const fs::path &file) {
    const RunStore store(file, RunStore::Access::ReadOnly);
    const auto curve = [&](std::int64_t after) {
        return milliseconds([&] { store.metrics().curve(1, "metric_0", after); });
    };
    print("read_100000", curve(longSteps - 100'000), "ms, the last 10^5 points of one metric");
    print("read_1000000", curve(0), "ms, 10^6 points of one metric");
    print("read_10", curve(longSteps - 10), "ms, the last 10 points");
    print("outline_1000000", milliseconds([&] { store.metrics().outline(1, "metric_0", 1, longSteps); }),
          "ms, the parts of 10^6 points of one metric");
}

void measureGenerated(const fs::path &file, const StoreSize &size) {
    const Clock::time_point start = Clock::now();
    generatedStore(file, size);
    print("generate", millisecondsSince(start) / 1000, "s for the database of many runs");
    const double millions = 1e-6 * size.runs * size.metrics * size.pointsPerMetric;
    print("generated_file", megabytes(file), "MB");
    print("generated_per_million", megabytes(file) / millions,
          "MB per million points, with runs and options");
    const RunStore store(file, RunStore::Access::ReadOnly);
    std::vector<RunId> runs(static_cast<std::size_t>(size.runs));
    std::iota(runs.begin(), runs.end(), 1);
    const std::vector<std::string> five{"loss", "contrastive_top1", "alignment", "uniformity",
                                        "learning_rate"};
    print("summaries_1", milliseconds([&] { store.metrics().summaries(runs, std::span(five).first(1)); }),
          "ms, one metric of all runs");
    print("summaries_5", milliseconds([&] { store.metrics().summaries(runs, five); }), "ms, five metrics");
    print("summaries_run", milliseconds([&] { store.metrics().summaries(1); }), "ms, all metrics of one run");
}

/// Rows as version 7 stored them.
void writeRows(SQLite::Database &database, std::int64_t steps) {
    database.exec("BEGIN");
    database.exec(
        "INSERT INTO runs (name, status, config, pipeline, dataset_source, dataset_title, "
        "dataset_fingerprint, dataset_train, dataset_validation, dataset_test, dataset_classes, "
        "dataset_broken, seed, device, precision, program_version, libraries, created, total_steps, "
        "total_epochs, process_number, process_start, process_boot) VALUES ('old', 'completed', '{}', "
        "'{}', '', '', '', 1, 1, 1, 2, 0, 1, 'cpu', 'fp32', '0.1', '{}', 1, 10, 2, 1, 1, '')");
    RandomStream stream({2, Purpose::Initialisation, 0, 0, 0});
    SQLite::Statement insert(database, "INSERT INTO metrics VALUES (1, ?, ?, ?, ?, ?)");
    for (int metric = 1; metric <= dayMetrics; ++metric) {
        database.exec("INSERT INTO metric_keys (name) VALUES ('metric_" + std::to_string(metric) + "')");
        for (std::int64_t step = 1; step <= steps; ++step) {
            insert.reset();
            insert.bind(1, metric);
            insert.bind(2, step);
            insert.bind(3, static_cast<double>(step) / 195);
            insert.bind(4, static_cast<double>(static_cast<float>(stream.uniform())));
            insert.bind(5, 1.7e9 + 0.1 * static_cast<double>(step));
            insert.exec();
        }
    }
    database.exec("COMMIT");
}

void measureMigration(const fs::path &file) {
    {
        SQLite::Database database(file.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(database, file, storeMigrations().first(7));
        writeRows(database, 100'000);
    }
    print("rows_file", megabytes(file), "MB: 10^6 points as rows of version 7");
    const Clock::time_point start = Clock::now();
    RunStore{file};
    print("migration", millisecondsSince(start) / 1000, "s to open it, with its backup");
    SQLite::Database(file.native(), SQLite::OPEN_READWRITE).exec("VACUUM");
    print("migrated_file", megabytes(file), "MB after VACUUM");
}

int argument(int argc, char **argv, int place, int otherwise) {
    return argc > place ? std::max(1, std::atoi(argv[place])) : otherwise;
}

} // namespace

int main(int argc, char **argv) {
    const StoreSize size{argument(argc, argv, 1, 10'000), argument(argc, argv, 2, 200),
                         argument(argc, argv, 3, 50), argument(argc, argv, 4, 20), 1};
    const fs::path folder = fs::temp_directory_path() / ("bench_store_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    measureMigration(folder / "old.sqlite");
    writeLongRun(folder / "long.sqlite");
    readLongRun(folder / "long.sqlite");
    writeBesideTraining(folder / "beside.sqlite");
    measureGenerated(folder / "many.sqlite", size);
    fs::remove_all(folder);
    return 0;
}
