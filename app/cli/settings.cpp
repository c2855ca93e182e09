// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/settings.h"

#include "core/run/run_extension.h"
#include "core/util/error.h"

#include <algorithm>

namespace simclr::cli {

namespace {

constexpr const char *setOption = "--set";
constexpr const char *ruleOption = "--rule";

std::string choicesText(const Parameter &parameter) {
    std::string text;
    for (const Choice &choice : parameter.choices)
        text += (text.empty() ? "" : ", ") + choice.id;
    return text;
}

/// The allowed values after the equals sign.
std::string rangeText(const Parameter &parameter) {
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        return "true or false";
    case ParameterKind::Choice:
        return choicesText(parameter);
    case ParameterKind::Text:
        return "text";
    case ParameterKind::Integer:
    case ParameterKind::Real:
    case ParameterKind::Interval:
        break;
    }
    const std::string unit = parameter.unit.empty() ? "" : " " + parameter.unit;
    return numberText(parameter.minimum) + " to " + numberText(parameter.maximum) + unit;
}

template <typename Options>
Values valuesFrom(const Description<Options> &description, const std::vector<std::string> &settings,
                  const char *owner = setOption) {
    Values values;
    for (const std::string &setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            throw InvalidInput(std::string(owner) + " needs KEY=VALUE, not \"" + setting + "\"");
        const std::string key = setting.substr(0, equals);
        const Parameter &parameter = description.parameter(key, owner);
        values[key] = valueFromText(parameter, setting.substr(equals + 1), owner);
    }
    return values;
}

template <typename Options>
Options fromSettings(const Description<Options> &description, const std::vector<std::string> &settings,
                     Options options, const char *owner = setOption) {
    for (const auto &[key, value] : valuesFrom(description, settings, owner))
        description.write(options, key, value, owner);
    return options;
}

std::string helpFor(const Schema &schema, const std::string &heading = "Options for --set KEY=VALUE:") {
    std::string text = heading + "\n";
    Section section = Section::None;
    for (const Parameter &parameter : schema) {
        if (parameter.section != section) {
            section = parameter.section;
            text += "\n" + titleOf(section) + "\n";
        }
        text += "  " + parameter.id + "=" + toText(parameter.initial) + "  (" + rangeText(parameter) +
                ")\n      " + parameter.help + "\n";
    }
    return text;
}

} // namespace

TrainOptions optionsFromSettings(const std::vector<std::string> &settings, const TrainOptions &base) {
    return fromSettings(trainOptionsDescription(), settings, base);
}

Values valuesFromSettings(const std::vector<std::string> &settings) {
    return valuesFrom(trainOptionsDescription(), settings);
}

std::vector<std::string> settingKeys(const std::vector<std::string> &settings) {
    std::vector<std::string> keys;
    for (const std::string &setting : settings)
        keys.push_back(setting.substr(0, setting.find('=')));
    return keys;
}

bool hasSetting(const std::vector<std::string> &settings, const std::string &key) {
    return std::ranges::count(settingKeys(settings), key) > 0;
}

EvaluationOptions evaluationFromSettings(const std::vector<std::string> &settings) {
    return fromSettings(evaluationOptionsDescription(), settings, EvaluationOptions{});
}

RuleOptions rulesFromSettings(const std::vector<std::string> &settings) {
    return fromSettings(ruleOptionsDescription(), settings, RuleOptions{}, ruleOption);
}

std::string changeableSettingsHelp() {
    return helpFor(changeableOptions());
}

std::string settingsHelp() {
    return helpFor(trainOptionsDescription().schema());
}

std::string evaluationSettingsHelp() {
    return helpFor(evaluationOptionsDescription().schema());
}

std::string ruleSettingsHelp() {
    return helpFor(ruleOptionsDescription().schema(), "Rules for --rule KEY=VALUE:");
}

} // namespace simclr::cli
