// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/grid.h"

#include <algorithm>
#include <functional>
#include <set>

namespace simclr {

namespace {

constexpr const char *owner = "grid";

std::string trimmed(const std::string &text) {
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string::npos ? std::string()
                                      : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string> partsOf(const std::string &text) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

/// The values of "1-3"; a single value of any other text.
std::vector<Value> valuesOfPart(const Parameter &parameter, const std::string &part) {
    const std::size_t dash = part.find('-', 1);
    if (parameter.kind != ParameterKind::Integer || dash == std::string::npos)
        return {valueFromText(parameter, part, owner)};
    const auto end = [&](const std::string &text) {
        return std::get<std::int64_t>(valueFromText(parameter, trimmed(text), owner));
    };
    const std::int64_t first = end(part.substr(0, dash));
    const std::int64_t last = end(part.substr(dash + 1));
    if (last < first || last - first >= static_cast<std::int64_t>(mostGridJobs))
        throw InvalidInput(parameter.id + ": \"" + part + "\" must be a range of at most " +
                           std::to_string(mostGridJobs) + " numbers, the smallest first");
    std::vector<Value> values;
    for (std::int64_t number = first; number <= last; ++number)
        values.emplace_back(number);
    return values;
}

template <typename T>
void requireDistinct(const std::vector<T> &values, const std::string &what,
                     const std::function<std::string(const T &)> &text) {
    std::set<std::string> known;
    for (const T &value : values)
        if (!known.insert(text(value)).second)
            throw InvalidInput(what + ": \"" + text(value) + "\" is named twice");
}

void requireConsistent(const Grid &grid) {
    std::vector<std::string> options;
    for (const GridAxis &axis : grid.axes) {
        options.push_back(axis.option);
        if (axis.values.empty())
            throw InvalidInput(axis.option + " has no value");
        requireDistinct<Value>(axis.values, axis.option, [](const Value &value) { return toText(value); });
    }
    if (grid.seeds.size() > 1)
        options.emplace_back("seed");
    requireDistinct<std::string>(options, "options", [](const std::string &option) { return option; });
    requireDistinct<std::int64_t>(grid.seeds, "seeds",
                                  [](std::int64_t seed) { return std::to_string(seed); });
    requireDistinct<Pipeline>(grid.pipelines, "pipelines", [](const Pipeline &each) { return each.name; });
    if (jobCount(grid) > mostGridJobs)
        throw InvalidInput("these are more than " + std::to_string(mostGridJobs) +
                           " runs; choose fewer values");
}

/// One combination while it is put together.
struct Combination {
    RunConfiguration configuration;
    std::vector<std::string> differences; ///< for its name
};

std::string nameOf(const Combination &combination) {
    std::string name = nameOf(combination.configuration);
    for (const std::string &difference : combination.differences)
        name += ", " + difference;
    return name;
}

/// The pipeline of this place; several are told apart by their names.
void choosePipeline(Combination &combination, const Grid &grid, std::size_t place) {
    if (grid.pipelines.empty())
        return;
    combination.configuration.pipeline = grid.pipelines[place];
    if (grid.pipelines.size() > 1 && !combination.configuration.name.empty())
        combination.differences.push_back(grid.pipelines[place].name);
}

void chooseSeed(Combination &combination, const Grid &grid, std::size_t place) {
    if (grid.seeds.empty())
        return;
    trainOptionsDescription().write(combination.configuration.options, "seed", grid.seeds[place], owner);
    if (grid.seeds.size() > 1)
        combination.differences.push_back("seed " + std::to_string(grid.seeds[place]));
}

void chooseValue(Combination &combination, const GridAxis &axis, std::size_t place) {
    trainOptionsDescription().write(combination.configuration.options, axis.option, axis.values[place],
                                    owner);
    if (axis.values.size() > 1)
        combination.differences.push_back(axis.option + " " + toText(axis.values[place]));
}

std::size_t countOf(std::size_t values) {
    return std::max<std::size_t>(1, values);
}

/// The combination of this number, in the order of jobsOf().
Combination combinationOf(const Grid &grid, std::size_t number) {
    Combination combination{grid.base, {}};
    std::vector<std::size_t> places(grid.axes.size());
    for (std::size_t axis = grid.axes.size(); axis-- > 0;) {
        places[axis] = number % grid.axes[axis].values.size();
        number /= grid.axes[axis].values.size();
    }
    choosePipeline(combination, grid, number % countOf(grid.pipelines.size()));
    for (std::size_t axis = 0; axis < grid.axes.size(); ++axis)
        chooseValue(combination, grid.axes[axis], places[axis]);
    chooseSeed(combination, grid, number / countOf(grid.pipelines.size()));
    return combination;
}

TrainJob jobOf(const Grid &grid, Combination combination) {
    const std::string name = nameOf(combination);
    try {
        checkTrainOptions(combination.configuration.options);
        checkPipeline(combination.configuration.pipeline);
    } catch (const InvalidInput &error) {
        throw InvalidInput("\"" + name + "\" is not possible: " + error.what());
    }
    combination.configuration.name = name;
    return {withAbsolutePaths(std::move(combination.configuration)), grid.images, grid.rules, grid.study};
}

} // namespace

std::size_t jobCount(const Grid &grid) {
    std::size_t count = countOf(grid.pipelines.size());
    const auto multiply = [&count](std::size_t values) {
        count = std::min(count * std::min(values, mostGridJobs + 1), mostGridJobs + 1);
    };
    for (const GridAxis &axis : grid.axes)
        multiply(axis.values.size());
    multiply(countOf(grid.seeds.size()));
    return count;
}

std::vector<TrainJob> jobsOf(const Grid &grid) {
    requireConsistent(grid);
    std::vector<TrainJob> jobs;
    const std::size_t count = jobCount(grid);
    jobs.reserve(count);
    for (std::size_t number = 0; number < count; ++number)
        jobs.push_back(jobOf(grid, combinationOf(grid, number)));
    return jobs;
}

GridAxis axisFromText(const std::string &option, const std::string &values) {
    const Parameter &parameter = trainOptionsDescription().parameter(option, owner);
    GridAxis axis{option, {}};
    for (const std::string &part : partsOf(values))
        for (Value &value : valuesOfPart(parameter, part))
            axis.values.push_back(std::move(value));
    if (axis.values.size() > mostGridJobs)
        throw InvalidInput(option + " has more than " + std::to_string(mostGridJobs) + " values");
    return axis;
}

std::vector<std::int64_t> seedsFromText(const std::string &text) {
    std::vector<std::int64_t> seeds;
    for (const Value &value : axisFromText("seed", text).values)
        seeds.push_back(std::get<std::int64_t>(value));
    return seeds;
}

} // namespace simclr
