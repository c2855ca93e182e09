// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/flat_settings.h"

#include "core/util/number_text.h"

#include <algorithm>
#include <iterator>
#include <list>
#include <string_view>

namespace simclr {

namespace {

std::string listText(const Json &list) {
    std::string text;
    for (const Json &item : list)
        text += (text.empty() ? "" : ",") + (item.is_structured() ? toLine(item) : scalarText(item));
    return text;
}

/// The steps of one branch.
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

/// Whether `path` is in a step that some run lacks: then the step's own path is enough for that run, and this
/// one is needed only if the others differ among themselves.
bool isSaidByItsStep(const std::string &path, const std::vector<FlatSettings> &all,
                     const std::set<std::string> &stepsThatDiffer) {
    const std::string step = path.substr(0, path.find('.', path.find('.') + 1));
    if (step == path || !stepsThatDiffer.contains(step))
        return false;
    std::set<std::string> values;
    for (const FlatSettings &settings : all)
        if (settings.has(step))
            values.insert(settings.value(path));
    return values.size() == 1;
}

/// The order is redundant unless the same steps are in another order.
bool isMereConsequence(const std::string &path, const std::set<std::string> &stepsThatDiffer) {
    return path == "pipeline.order" && !stepsThatDiffer.empty();
}

} // namespace

void FlatSettings::add(const std::string &path, std::string value) {
    if (values.emplace(path, std::move(value)).second)
        paths.push_back(path);
}

std::string FlatSettings::value(const std::string &path) const {
    const auto found = values.find(path);
    return found == values.end() ? absent : found->second;
}

std::string scalarText(const Json &json) {
    if (json.is_string())
        return json.get<std::string>();
    return json.is_number_float() ? numberText(json.get<double>()) : toLine(json);
}

void flatten(const Json &json, const std::string &path, FlatSettings &settings) {
    if (json.is_object())
        for (const auto &[key, item] : json.items())
            flatten(item, path.empty() ? key : path + "." + key, settings);
    else
        settings.add(path, json.is_array() ? listText(json) : scalarText(json));
}

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

std::vector<std::string> mergedPaths(const std::vector<FlatSettings> &all) {
    std::list<std::string> merged;
    std::map<std::string, std::list<std::string>::iterator> places;
    const std::vector<std::string> *previous = nullptr;
    for (const FlatSettings &settings : all) {
        if (previous != nullptr && *previous == settings.paths)
            continue; // as most runs
        previous = &settings.paths;
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

std::vector<std::string> valuesOf(const std::string &path, const std::vector<FlatSettings> &all) {
    std::vector<std::string> values;
    for (const FlatSettings &settings : all)
        values.push_back(settings.value(path));
    return values;
}

bool isUniform(const std::string &path, const std::vector<FlatSettings> &all) {
    const auto valueOf = [&](const FlatSettings &settings) -> std::string_view {
        const auto found = settings.values.find(path);
        return found == settings.values.end() ? FlatSettings::absent : std::string_view(found->second);
    };
    return std::ranges::adjacent_find(all, std::ranges::not_equal_to{}, valueOf) == all.end();
}

bool DifferingSteps::makeRedundant(const std::string &path) const {
    return isSaidByItsStep(path, m_all, m_steps) || isMereConsequence(path, m_steps);
}

void DifferingSteps::add(const std::string &path) {
    if (std::ranges::any_of(m_all,
                            [&](const FlatSettings &settings) { return settings.steps.contains(path); }))
        m_steps.insert(path);
}

} // namespace simclr
