// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/distinguishing_labels.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace simclr {

namespace {

/// What is known to readers by its name, and to the program by its identity.
struct Named {
    const char *name;
    const char *identity;
    const char *details; ///< beginning of the paths of what it consists of; null if there are none
};
constexpr std::array allNamed{Named{"pipeline", "pipeline_hash", "pipeline."},
                              Named{"dataset", "dataset_fingerprint", nullptr}};

enum class ShownBy { Name, Details, NameAndIdentity, Nothing, Everything };

bool isDetail(const Named &named, const std::string &path) {
    return named.details != nullptr && path.starts_with(named.details);
}

/// Whether each name belongs to one identity.
bool doNamesTellApart(const std::vector<std::string> &names, const std::vector<std::string> &identities) {
    std::map<std::string, std::string> identityOf;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (identityOf.emplace(names[i], identities[i]).first->second != identities[i])
            return false;
    return true;
}

ShownBy wayToShow(const Named &named, const std::vector<FlatSettings> &runs,
                  const std::vector<std::string> &differing) {
    if (std::ranges::none_of(runs, [&](const FlatSettings &run) { return run.has(named.identity); }))
        return ShownBy::Everything;
    if (isUniform(named.identity, runs))
        return ShownBy::Nothing;
    if (doNamesTellApart(valuesOf(named.name, runs), valuesOf(named.identity, runs)))
        return ShownBy::Name;
    const bool hasDetails =
        std::ranges::any_of(differing, [&](const std::string &path) { return isDetail(named, path); });
    return hasDetails ? ShownBy::Details : ShownBy::NameAndIdentity;
}

/// One name for each identity, although a pipeline may have been renamed between two runs.
std::vector<std::string> namesByIdentity(const Named &named, const std::vector<FlatSettings> &runs,
                                         bool withIdentity) {
    constexpr std::size_t digits = 6;
    std::map<std::string, std::string> nameOf;
    std::vector<std::string> names;
    for (const FlatSettings &run : runs) {
        const std::string identity = run.value(named.identity);
        const std::string &name = nameOf.emplace(identity, run.value(named.name)).first->second;
        names.push_back(name + (withIdentity ? " " + identity.substr(0, digits) : ""));
    }
    return names;
}

/// Removes the paths of `named` from `paths`, except those that show it.
void leaveOnly(ShownBy way, const Named &named, std::vector<std::string> &paths) {
    std::erase_if(paths, [&](const std::string &path) {
        if (way == ShownBy::Everything)
            return false;
        return path == named.name || path == named.identity ||
               (isDetail(named, path) && way != ShownBy::Details);
    });
}

std::string spaced(std::string path) {
    constexpr std::string_view pipeline = "pipeline.";
    if (path.starts_with(pipeline))
        path.erase(0, pipeline.size());
    for (char &letter : path)
        if (letter == '_' || letter == '.' || letter == '/')
            letter = ' ';
    return path;
}

bool isInsideCharacter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The name of a file instead of its path; at most 32 characters of UTF-8 or a little more.
std::string shortened(const std::string &value) {
    constexpr std::size_t most = 32;
    const std::size_t slash = value.find_last_of('/');
    std::string text =
        slash == std::string::npos || slash + 1 == value.size() ? value : value.substr(slash + 1);
    if (text.size() <= most)
        return text;
    std::size_t end = most - 1;
    while (end < text.size() && isInsideCharacter(text[end]))
        ++end;
    return end == text.size() ? text : text.substr(0, end) + "…";
}

/// Numbers the distinct texts.
std::vector<std::size_t> numbered(const std::vector<std::string> &texts) {
    std::map<std::string, std::size_t> numbers;
    std::vector<std::size_t> result;
    for (const std::string &text : texts)
        result.push_back(numbers.emplace(text, numbers.size()).first->second);
    return result;
}

/// Numbers the distinct pairs; returns how many there are.
std::size_t refine(std::vector<std::size_t> &classes, const std::vector<std::size_t> &values) {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> numbers;
    for (std::size_t i = 0; i < classes.size(); ++i)
        classes[i] = numbers.emplace(std::pair(classes[i], values[i]), numbers.size()).first->second;
    return numbers.size();
}

/// The next setting to name: the one that tells most runs apart that have equal classes so far. Refines
/// them.
std::size_t mostTelling(const std::vector<std::vector<std::size_t>> &values,
                        const std::vector<bool> &isChosen, std::vector<std::size_t> &classes) {
    std::size_t best = 0;
    std::size_t mostClasses = 0;
    std::vector<std::size_t> bestClasses;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<std::size_t> refined = classes;
        const std::size_t count = isChosen[i] ? 0 : refine(refined, values[i]);
        if (count > mostClasses) {
            best = i;
            mostClasses = count;
            bestClasses = std::move(refined);
        }
    }
    classes = std::move(bestClasses);
    return best;
}

/// Which of the settings labels name.
std::vector<bool> chosenSettings(const std::vector<DifferingSetting> &settings) {
    constexpr std::size_t most = 4;
    if (settings.size() <= most)
        return std::vector<bool>(settings.size(), true);
    std::vector<std::vector<std::size_t>> values;
    for (const DifferingSetting &setting : settings)
        values.push_back(numbered(setting.values));
    std::vector<bool> isChosen(settings.size());
    std::vector<std::size_t> classes(settings.front().values.size());
    for (std::size_t i = 0; i < most; ++i)
        isChosen[mostTelling(values, isChosen, classes)] = true;
    return isChosen;
}

void append(std::string &label, const std::string &part) {
    label += (label.empty() ? "" : " · ") + part;
}

/// What a run lacks says little, unless it is a step: an imported run has no options of training.
bool isTelling(const DifferingSetting &setting, std::size_t run) {
    return setting.values[run] != FlatSettings::absent ||
           std::ranges::find(setting.values, "present") != setting.values.end();
}

std::string labelOf(std::size_t run, const std::vector<DifferingSetting> &settings,
                    const std::vector<bool> &isChosen) {
    std::string label;
    for (std::size_t i = 0; i < settings.size(); ++i)
        if (isChosen[i] && isTelling(settings[i], run))
            append(label, shortLabel(settings[i].path, settings[i].values[run]));
    if (std::ranges::find(isChosen, false) != isChosen.end())
        append(label, "…");
    return label;
}

void appendNamesWhereEqual(std::vector<std::string> &labels, const std::vector<std::string> &names) {
    const std::vector<std::size_t> numbers = numbered(labels);
    std::vector<std::size_t> counts(labels.size());
    for (const std::size_t number : numbers)
        ++counts[number];
    for (std::size_t i = 0; i < names.size(); ++i)
        if (labels[i].empty() || counts[numbers[i]] > 1)
            append(labels[i], names[i]);
}

} // namespace

std::vector<DifferingSetting> differingSettings(const std::vector<FlatSettings> &runs) {
    std::vector<std::string> paths = differingPaths(runs, [](const std::string &) { return false; });
    std::vector<DifferingSetting> settings;
    std::vector<DifferingSetting> namedSettings;
    for (const Named &named : allNamed) {
        const ShownBy way = wayToShow(named, runs, paths);
        leaveOnly(way, named, paths);
        if (way == ShownBy::Name || way == ShownBy::NameAndIdentity)
            namedSettings.push_back(
                {named.name, namesByIdentity(named, runs, way == ShownBy::NameAndIdentity)});
    }
    for (const std::string &path : paths)
        settings.push_back({path, valuesOf(path, runs)});
    std::ranges::move(namedSettings, std::back_inserter(settings));
    return settings;
}

std::string shortLabel(const std::string &path, const std::string &value) {
    if (std::ranges::find(allNamed, path, &Named::name) != allNamed.end())
        return shortened(value);
    const std::string name = spaced(path);
    if (value == "true" || value == "present")
        return name;
    if (value == "false" || value.empty() || value == FlatSettings::absent)
        return "no " + name;
    return name + " " + shortened(value);
}

std::vector<std::string> distinguishingLabels(const std::vector<FlatSettings> &runs,
                                              const std::vector<std::string> &names) {
    const std::vector<DifferingSetting> settings = differingSettings(runs);
    const std::vector<bool> isChosen = chosenSettings(settings);
    std::vector<std::string> labels;
    for (std::size_t run = 0; run < runs.size(); ++run)
        labels.push_back(labelOf(run, settings, isChosen));
    appendNamesWhereEqual(labels, names);
    return labels;
}

} // namespace simclr
