// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"
#include "tests/support/test_support.h"

namespace simclr::test {

inline NewRun sampleRun(const std::string &name = "crop and colour") {
    NewRun run;
    run.name = name;
    run.config = {{"encoder", "resnet18"}, {"width", 0.25}, {"epochs", 10},
                  {"batch", 256},          {"seed", 7},     {"device", "auto"}};
    run.pipeline = {
        {"format", "simclr-pipeline"},
        {"version", 1},
        {"name", "SimCLR"},
        {"steps",
         {{{"operation", "random_resized_crop"},
           {"probability", 1.0},
           {"parameters", {{"area", {0.08, 1.0}}}}},
          {{"operation", "color_jitter"}, {"probability", 0.8}, {"parameters", {{"brightness", 0.4}}}},
          {{"operation", "color_drop"}, {"probability", 0.2}, {"parameters", Json::object()}}}}};
    run.dataset = {"folder:/photos", "photos", std::string(64, 'a'), 900, 100, 250, 10, 3};
    run.seed = 7;
    run.device = "cpu";
    run.precision = "fp32";
    run.programVersion = "0.1.0";
    run.libraries = {{"libtorch", "1.13.0"}};
    run.totalSteps = 100;
    run.totalEpochs = 10;
    return run;
}

/// One point of "loss" per step, from `first` to `last`; ten steps per epoch; the loss is 1 / step.
inline std::vector<KeyedMetric> lossPoints(std::int64_t first, std::int64_t last) {
    std::vector<KeyedMetric> points;
    for (std::int64_t step = first; step <= last; ++step)
        points.push_back({"loss",
                          {step, static_cast<double>(step) / 10, 1.0 / static_cast<double>(step),
                           1.7e9 + static_cast<double>(step)}});
    return points;
}

inline std::vector<KeyedMetric> speedPoints(const std::vector<double> &speeds) {
    std::vector<KeyedMetric> points;
    for (std::size_t i = 0; i < speeds.size(); ++i)
        points.push_back({"images_per_second", {static_cast<std::int64_t>(i) + 1, 0.1, speeds[i], 1.7e9}});
    return points;
}

} // namespace simclr::test
