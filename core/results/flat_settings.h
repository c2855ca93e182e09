// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace simclr {

/// One run's settings as text, by dotted path, in the order in which they were stored.
struct FlatSettings {
    static constexpr const char *absent = "—";

    std::vector<std::string> paths;
    std::map<std::string, std::string> values;
    std::set<std::string> steps; ///< paths that represent a whole step of the pipeline

    /// The first value of a path is kept.
    void add(const std::string &path, std::string value);
    /// The value, or `absent`.
    std::string value(const std::string &path) const;
    bool has(const std::string &path) const { return values.contains(path); }
};

/// A text, number or truth value as text: 1 and 1.0 are the same setting.
std::string scalarText(const Json &json);

/// Adds an object's members as "path.member", nested ones as well; lists are one value. Without a path they
/// are "member".
void flatten(const Json &json, const std::string &path, FlatSettings &settings);

/// Adds the steps of a pipeline. Steps of one operation have one path, at any position in their pipelines:
/// "pipeline.color_jitter", "pipeline.color_jitter[2]" for the second of its kind,
/// "pipeline.one_of/color_jitter" within a combination, "pipeline.second_view/color_jitter" in the second
/// branch; "pipeline.order" names all of them in order. What else the JSON has is "pipeline.member".
void flattenPipeline(const Json &pipeline, FlatSettings &settings);

/// The merged paths of all runs: each new one is inserted after its predecessor in its own run.
std::vector<std::string> mergedPaths(const std::vector<FlatSettings> &all);

/// Each run's value of a path.
std::vector<std::string> valuesOf(const std::string &path, const std::vector<FlatSettings> &all);

/// Whether all runs have one value of a path.
bool isUniform(const std::string &path, const std::vector<FlatSettings> &all);

/// The paths of `all` that differ, in order, without those that another one makes redundant: a parameter of a
/// step that some runs lack, if the others agree in it, and the order of steps that differ themselves.
/// `isLeftOut(path)` leaves out further ones, which then make nothing redundant.
template <typename IsLeftOut>
std::vector<std::string> differingPaths(const std::vector<FlatSettings> &all, IsLeftOut isLeftOut);

/// Finds out whether a path that differs is redundant to the steps that differ.
class DifferingSteps {
  public:
    explicit DifferingSteps(const std::vector<FlatSettings> &all) : m_all(all) {}

    bool makeRedundant(const std::string &path) const;
    /// Remembers a path that differs, if it represents a step.
    void add(const std::string &path);

  private:
    const std::vector<FlatSettings> &m_all;
    std::set<std::string> m_steps;
};

template <typename IsLeftOut>
std::vector<std::string> differingPaths(const std::vector<FlatSettings> &all, IsLeftOut isLeftOut) {
    std::vector<std::string> differing;
    DifferingSteps steps(all);
    for (const std::string &path : mergedPaths(all)) {
        if (isUniform(path, all) || steps.makeRedundant(path) || isLeftOut(path))
            continue;
        steps.add(path);
        differing.push_back(path);
    }
    return differing;
}

} // namespace simclr
