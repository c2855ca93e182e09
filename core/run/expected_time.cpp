// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expected_time.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace simclr {

namespace {

/// Options that change values and not the work. The number of epochs is accounted for.
constexpr std::array<std::string_view, 15> withoutWork{
    "epochs",   "seed",      "learning_rate",      "learning_rate_scaling", "schedule",
    "momentum", "nesterov",  "weight_decay",       "warmup_epochs",         "temperature",
    "margin",   "normalise", "zero_init_residual", "initial_weights",       "keep_checkpoints"};

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Complete, also if the run was stored by a version that had fewer options.
RunConfiguration configurationOf(const RunTime &run) {
    return {
        {}, pipelineFromJson(run.pipeline, "a run"), trainOptionsDescription().fromJson(run.config, "a run")};
}

} // namespace

std::string shapeOf(const RunConfiguration &configuration) {
    Json work = trainOptionsDescription().toJson(configuration.options);
    for (const std::string_view option : withoutWork)
        work.erase(std::string(option));
    Json steps = toJson(configuration.pipeline);
    steps.erase("name");
    return toLine(work) + toLine(steps);
}

EpochTimes epochTimes(std::span<const RunTime> runs) {
    std::map<std::string, std::vector<double>> all;
    for (const RunTime &run : runs) {
        try {
            if (run.epochs > 0)
                all[shapeOf(configurationOf(run))].push_back(run.seconds / static_cast<double>(run.epochs));
        } catch (const InvalidInput &) {
            continue;
        }
    }
    EpochTimes times;
    for (auto &[shape, seconds] : all)
        times.emplace(shape, medianOf(std::move(seconds)));
    return times;
}

std::optional<double> expectedSeconds(const RunConfiguration &configuration, const EpochTimes &known) {
    const auto found = known.find(shapeOf(configuration));
    if (found == known.end())
        return std::nullopt;
    return found->second * static_cast<double>(configuration.options.epochs);
}

} // namespace simclr
