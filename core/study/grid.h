// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job.h"

#include <cstdint>
#include <string>
#include <vector>

namespace simclr {

/// A training option and the values that it takes in turn.
struct GridAxis {
    std::string option;
    std::vector<Value> values;
};

/// Trainings that differ in pipelines, options and seeds: every combination.
struct Grid {
    RunConfiguration base;
    JobImages images;
    std::vector<Pipeline> pipelines; ///< empty: that of the base
    std::vector<GridAxis> axes;
    std::vector<std::int64_t> seeds; ///< empty: that of the base
    RuleOptions rules{};
    std::string study{}; ///< the name of the whole
};

/// More jobs than this are refused.
inline constexpr std::size_t mostGridJobs = 1000;

/// The number of combinations, at most mostGridJobs + 1.
std::size_t jobCount(const Grid &grid);

/// The jobs of a grid. The seed changes slowest, so that every setting has been trained once before the
/// second seed begins. Each name says what differs within the grid: "crop only, learning_rate 0.1, seed 2".
/// Throws InvalidInput if there are too many, if an option or value is named twice, or if a combination is
/// not possible, naming it.
std::vector<TrainJob> jobsOf(const Grid &grid);

/// The values of a training option as typed by a user: "0.1, 0.5, 1", "true,false", "resnet18,resnet34";
/// whole numbers also as "1-3". Throws InvalidInput.
GridAxis axisFromText(const std::string &option, const std::string &values);

/// "1-3", "1, 5, 9-12". Throws InvalidInput.
std::vector<std::int64_t> seedsFromText(const std::string &text);

} // namespace simclr
