// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include "core/options/parameter.h"

#include <algorithm>
#include <iterator>
#include <list>
#include <map>
#include <set>

namespace simclr {

namespace {

constexpr const char *absent = "—";

/// One run's settings as text, by dotted path, in the order in which they were stored.
struct FlatSettings {
    std::vector<std::string> paths;
    std::map<std::string, std::string> values;
    bool trainsNothing = false;  ///< of an imported run
    std::set<std::string> steps; ///< paths that represent a whole step of the pipeline

    void add(const std::string &path, std::string value) {
        if (values.emplace(path, std::move(value)).second)
            paths.push_back(path);
    }
    std::string value(const std::string &path) const {
        const auto found = values.find(path);
        return found == values.end() ? absent : found->second;
    }
};

/// Treats 1 and 1.0 as the same setting.
std::string scalarText(const Json &json) {
    if (json.is_string())
        return json.get<std::string>();
    return json.is_number_float() ? numberText(json.get<double>()) : toLine(json);
}

std::string listText(const Json &list) {
    std::string text;
    for (const Json &item : list)
        text += (text.empty() ? "" : ",") + (item.is_structured() ? toLine(item) : scalarText(item));
    return text;
}

void flatten(const Json &json, const std::string &path, FlatSettings &settings) {
    if (json.is_object())
        for (const auto &[key, item] : json.items())
            flatten(item, path + "." + key, settings);
    else
        settings.add(path, json.is_array() ? listText(json) : scalarText(json));
}

/// The steps of one branch. Steps of one operation are compared with each other, at any position in their
/// pipelines: "pipeline.color_jitter", "pipeline.color_jitter[2]" for the second of its kind,
/// "pipeline.one_of/color_jitter" within a combination, "pipeline.second_view/color_jitter" in the second
/// branch.
class FlatSteps {
  public:
    explicit FlatSteps(FlatSettings &settings) : m_settings(settings) {}

    void add(const Json &steps, const std::string &prefix) {
        for (const Json &step : steps)
            if (step.is_object() && step.contains("operation"))
                addStep(step, prefix);
    }
    /// "random_resized_crop → one_of (color_jitter → color_drop)"
    const std::string &order() const { return m_order; }

  private:
    void addStep(const Json &step, const std::string &prefix) {
        const std::string operation = scalarText(step["operation"]);
        const int count = ++m_seen[prefix + operation];
        const std::string name = prefix + operation + (count > 1 ? "[" + std::to_string(count) + "]" : "");
        const std::string path = "pipeline." + name;
        const bool isFirst = m_order.empty() || m_order.ends_with('(');
        m_order += (isFirst ? "" : " → ") + operation;
        m_settings.add(path, "present");
        m_settings.steps.insert(path);
        for (const auto &[key, item] : step.items())
            addItem(key, item, name);
    }

    void addItem(const std::string &key, const Json &item, const std::string &name) {
        const std::string path = "pipeline." + name;
        if (key == "operation")
            return;
        if (key == "steps" && item.is_array()) {
            m_order += " (";
            add(item, name + "/");
            m_order += ")";
        } else if (key == "parameters" && item.is_object()) {
            for (const auto &[parameter, value] : item.items())
                flatten(value, path + "." + parameter, m_settings);
        } else {
            flatten(item, path + "." + key, m_settings);
        }
    }

    FlatSettings &m_settings;
    std::map<std::string, int> m_seen;
    std::string m_order;
};

void flattenPipeline(const Json &pipeline, FlatSettings &settings) {
    std::string order;
    for (const auto &[key, item] : pipeline.items()) {
        const bool isSecond = key == "second_view_steps";
        if ((isSecond || key == "steps") && item.is_array()) {
            FlatSteps steps(settings);
            steps.add(item, isSecond ? "second_view/" : "");
            order += (isSecond ? "; second view: " : "") + steps.order();
        } else if (key != "format" && key != "version") { // which are determined by the rest
            flatten(item, "pipeline." + key, settings);
        }
    }
    settings.add("pipeline.order", order);
}

FlatSettings flatSettings(const RunRecord &run) {
    FlatSettings settings;
    flatten(run.config, "config", settings);
    settings.trainsNothing = run.totalEpochs == 0;
    if (run.pipeline.is_object() && !settings.trainsNothing)
        flattenPipeline(run.pipeline, settings);
    settings.add("dataset.source", run.dataset.source);
    settings.add("dataset.fingerprint", run.dataset.fingerprint);
    settings.add("dataset.train", std::to_string(run.dataset.trainImages));
    settings.add("dataset.validation", std::to_string(run.dataset.validationImages));
    settings.add("dataset.test", std::to_string(run.dataset.testImages));
    settings.add("dataset.classes", std::to_string(run.dataset.classes));
    settings.add("seed", std::to_string(run.seed));
    settings.add("device", run.device);
    settings.add("precision", run.precision);
    return settings;
}

/// The merged paths of all runs: each new one is inserted after its predecessor in its own run.
std::vector<std::string> mergedPaths(const std::vector<FlatSettings> &all) {
    std::list<std::string> merged;
    std::map<std::string, std::list<std::string>::iterator> places;
    for (const FlatSettings &settings : all) {
        auto place = merged.begin();
        for (const std::string &path : settings.paths) {
            const auto [found, isNew] = places.emplace(path, place);
            if (isNew)
                found->second = merged.insert(place, path);
            place = std::next(found->second);
        }
    }
    return {merged.begin(), merged.end()};
}

bool isUniform(const std::vector<std::string> &values) {
    return std::ranges::adjacent_find(values, std::ranges::not_equal_to{}) == values.end();
}

std::vector<std::string> valuesOf(const std::string &path, const std::vector<FlatSettings> &all) {
    std::vector<std::string> values;
    for (const FlatSettings &settings : all)
        values.push_back(settings.value(path));
    return values;
}

/// Whether `path` is in a step that some run lacks: then the step's own row is enough for that run, and this
/// one is needed only if the others differ among themselves.
bool isSaidByItsStep(const std::string &path, const std::vector<FlatSettings> &all,
                     const std::set<std::string> &stepsThatDiffer) {
    const std::string step = path.substr(0, path.find('.', path.find('.') + 1));
    if (step == path || !stepsThatDiffer.contains(step))
        return false;
    std::set<std::string> values;
    for (const FlatSettings &settings : all)
        if (settings.values.contains(step))
            values.insert(settings.value(path));
    return values.size() == 1;
}

/// "config.device" is redundant to "device" if it is the same or "auto".
bool isSaidByTheRun(const std::string &path, const std::vector<FlatSettings> &all) {
    for (const std::string name : {"seed", "device", "precision"})
        if (path == "config." + name)
            return std::ranges::all_of(all, [&](const FlatSettings &settings) {
                const std::string value = settings.value(path);
                return value == "auto" || value == settings.value(name);
            });
    return false;
}

/// An imported run has no training options, which is not a difference.
bool isMissingWhereNothingIsTrained(const std::string &path, const std::vector<FlatSettings> &all) {
    std::set<std::string> values;
    for (const FlatSettings &settings : all)
        if (settings.values.contains(path) || !settings.trainsNothing)
            values.insert(settings.value(path));
    return values.size() == 1;
}

/// The order is redundant unless the same steps are in another order.
bool isMereConsequence(const std::string &path, const std::set<std::string> &stepsThatDiffer) {
    return path == "pipeline.order" && !stepsThatDiffer.empty();
}

} // namespace

std::vector<ConfigDifference> configDifferences(const std::vector<RunRecord> &runs) {
    std::vector<FlatSettings> all;
    for (const RunRecord &run : runs)
        all.push_back(flatSettings(run));
    std::vector<ConfigDifference> differences;
    std::set<std::string> stepsThatDiffer;
    for (const std::string &path : mergedPaths(all)) {
        std::vector<std::string> values = valuesOf(path, all);
        if (isUniform(values) || isSaidByItsStep(path, all, stepsThatDiffer) || isSaidByTheRun(path, all) ||
            isMissingWhereNothingIsTrained(path, all) || isMereConsequence(path, stepsThatDiffer))
            continue;
        if (std::ranges::any_of(all,
                                [&](const FlatSettings &settings) { return settings.steps.contains(path); }))
            stepsThatDiffer.insert(path);
        differences.push_back({path, std::move(values)});
    }
    return differences;
}

} // namespace simclr
