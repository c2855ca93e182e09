// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/option_importance.h"

#include "core/results/distinguishing_labels.h"
#include "core/statistics/random_forest.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace simclr {

namespace {

constexpr std::uint64_t forestSeed = 1;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A number, or a truth value as 0 or 1.
std::optional<double> numberOf(const std::string &text) {
    if (text == "true" || text == "present")
        return 1;
    if (text == "false")
        return 0;
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = failure == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// The values as numbers, NaN where a run lacks the option; empty if they have no order. A step of a pipeline
/// that is not present is a 0.
std::vector<double> orderedValues(const std::vector<std::string> &texts) {
    const bool isStep = std::ranges::find(texts, "present") != texts.end();
    std::vector<double> numbers;
    for (const std::string &text : texts) {
        const std::optional<double> number = numberOf(text);
        if (!number && text != FlatSettings::absent)
            return {};
        numbers.push_back(number ? *number : isStep ? 0 : missing);
    }
    return numbers;
}

/// The place of each text among the different ones.
std::vector<double> codesOf(const std::vector<std::string> &texts) {
    const std::set<std::string> different(texts.begin(), texts.end());
    std::vector<double> codes;
    for (const std::string &text : texts)
        codes.push_back(static_cast<double>(std::distance(different.begin(), different.find(text))));
    return codes;
}

/// Runs without a numeric option come before all others.
ForestFeature featureOf(const std::vector<std::string> &texts) {
    std::vector<double> numbers = orderedValues(texts);
    if (numbers.empty())
        return {codesOf(texts), false};
    std::ranges::replace_if(
        numbers, [](double number) { return std::isnan(number); }, -std::numeric_limits<double>::infinity());
    return {std::move(numbers), true};
}

OptionImportance importanceOf(const DifferingSetting &setting, const std::vector<double> &target) {
    OptionImportance importance;
    importance.path = setting.path;
    importance.choices = std::set<std::string>(setting.values.begin(), setting.values.end()).size();
    if (const std::vector<double> numbers = orderedValues(setting.values); !numbers.empty())
        importance.correlation = spearman(numbers, target);
    return importance;
}

void addForest(const std::vector<DifferingSetting> &settings, const std::vector<double> &target,
               OptionImportances &all) {
    std::vector<ForestFeature> features;
    for (const DifferingSetting &setting : settings)
        features.push_back(featureOf(setting.values));
    const auto forest = forestImportance(features, target, forestSeed);
    if (!forest)
        return;
    all.explained = forest->explained;
    for (std::size_t i = 0; i < all.options.size(); ++i)
        all.options[i].forest = forest->importance[i];
}

/// By the forest, or without one by the strength of the correlation.
double weightOf(const OptionImportance &importance) {
    if (importance.forest)
        return *importance.forest;
    return importance.correlation ? std::abs(importance.correlation->rho) : 0;
}

} // namespace

OptionImportances optionImportance(const std::vector<FlatSettings> &settings,
                                   const std::vector<std::optional<double>> &values) {
    std::vector<FlatSettings> measured;
    std::vector<double> target;
    for (std::size_t i = 0; i < settings.size(); ++i)
        if (values[i] && std::isfinite(*values[i])) {
            measured.push_back(settings[i]);
            target.push_back(*values[i]);
        }
    const std::vector<DifferingSetting> differing = differingSettings(measured);
    OptionImportances all;
    all.runs = target.size();
    for (const DifferingSetting &setting : differing)
        all.options.push_back(importanceOf(setting, target));
    addForest(differing, target, all);
    std::ranges::stable_sort(all.options, std::ranges::greater(), weightOf);
    return all;
}

} // namespace simclr
