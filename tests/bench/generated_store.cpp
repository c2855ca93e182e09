// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generated_store.h"

#include "core/metrics/metric.h"
#include "core/random/random.h"
#include "core/store/connection.h"
#include "core/store/metrics.h"
#include "core/store/results.h"
#include "core/store/runs.h"
#include "tests/support/measured.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace simclr {

namespace {

constexpr int pipelines = 10;
constexpr int seeds = 3;
constexpr int runsPerTransaction = 250;

std::string metricName(int index) {
    const auto place = static_cast<std::size_t>(index);
    return place < allMetrics.size() ? std::string(allMetrics[place].id) : "metric_" + std::to_string(index);
}

/// An integer, a number, a text, a truth, in turns.
Json optionValue(int option, RandomStream &stream) {
    constexpr std::array texts{"cosine", "constant", "linear", "step"};
    switch (option % 4) {
    case 0:
        return 1 << stream.below(10);
    case 1:
        return std::round(1000 * stream.uniform()) / 1000;
    case 2:
        return texts[stream.below(texts.size())];
    default:
        return stream.chance(0.5);
    }
}

Json configOf(int run, int options, RandomStream &stream) {
    Json config{{"encoder", run % 2 == 0 ? "resnet18" : "resnet50"},
                {"batch", 128 << (run % 4)},
                {"epochs", 100},
                {"seed", run / pipelines % seeds}};
    for (int option = static_cast<int>(config.size()); option < options; ++option)
        config["option_" + std::to_string(option)] = optionValue(option, stream);
    return config;
}

Json pipelineOf(int number) {
    const Json crop{{"operation", "random_resized_crop"},
                    {"probability", 1.0},
                    {"parameters", {{"area", {0.05 + 0.01 * number, 1.0}}}}};
    return {{"format", "simclr-pipeline"},
            {"version", 1},
            {"name", "Pipeline " + std::to_string(number)},
            {"steps", Json::array({crop})}};
}

NewRun newRun(int run, const StoreSize &size, RandomStream &stream) {
    NewRun added;
    added.name = "run " + std::to_string(run + 1);
    added.config = configOf(run, size.options, stream);
    added.pipeline = pipelineOf(run % pipelines);
    added.dataset = {"folder:/photos", "photos", std::string(64, 'a'), 45'000, 5'000, 10'000, 10, 0};
    added.seed = run / pipelines % seeds;
    added.device = "cpu";
    added.precision = "fp32";
    added.programVersion = "generated";
    added.libraries = {{"libtorch", "none"}};
    added.totalSteps = size.pointsPerMetric;
    added.totalEpochs = 100;
    return added;
}

/// Falls from the first to the last step, with noise.
double valueAt(double progress, int metric, RandomStream &stream) {
    const double value = (1 + metric) * std::exp(-3 * progress) + 0.05 * stream.uniform();
    return metric % 2 == 0 ? static_cast<float>(value) : value;
}

std::vector<KeyedMetric> pointsOf(int run, const StoreSize &size, RandomStream &stream) {
    std::vector<KeyedMetric> points;
    double time = 1.7e9 + 1000.0 * run;
    for (int step = 1; step <= size.pointsPerMetric; ++step) {
        const double progress = static_cast<double>(step) / size.pointsPerMetric;
        time += 0.1 + 0.001 * stream.uniform();
        for (int metric = 0; metric < size.metrics; ++metric)
            points.push_back(
                {metricName(metric), {step, 100 * progress, valueAt(progress, metric, stream), time}});
    }
    return points;
}

void addRun(Connection &connection, int run, const StoreSize &size) {
    RandomStream stream({size.seed, Purpose::Initialisation, 0, static_cast<std::uint64_t>(run), 0});
    Runs runs(connection);
    const RunId id = runs.create(newRun(run, size, stream));
    Metrics(connection).add(id, pointsOf(run, size, stream));
    for (const char *split : {"validation", "test"})
        Results(connection).add(id, test::measured("linear", split, 100, 0.5 + 0.4 * stream.uniform()));
    runs.finish(id, RunStatus::Completed, "", std::string(64, 'c'));
}

} // namespace

void generatedStore(const std::filesystem::path &file, const StoreSize &size) {
    Connection connection(file);
    for (int first = 0; first < size.runs; first += runsPerTransaction)
        connection.inTransaction([&] {
            for (int run = first; run < std::min(first + runsPerTransaction, size.runs); ++run)
                addRun(connection, run, size);
        });
}

} // namespace simclr
