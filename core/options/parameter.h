// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/section.h"
#include "core/util/json.h"
#include "core/util/number_text.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace simclr {

/// A closed interval of a real quantity, sampled uniformly.
struct Range {
    double low = 0;
    double high = 0;
    bool operator==(const Range &) const = default;
};

/// The value of a parameter. Which alternative it holds is fixed by the parameter's kind.
using Value = std::variant<bool, std::int64_t, double, Range, std::string>;

/// Values by parameter id.
using Values = std::map<std::string, Value>;

enum class ParameterKind { Boolean, Integer, Real, Interval, Choice, Text };

/// One of the values that a Choice may take.
struct Choice {
    std::string id;
    std::string title;
};

/// The one description of a parameter, from which its JSON, its control in the window, its flag on the
/// command line and its checks are made.
struct Parameter {
    std::string id;    ///< stable, snake_case: used in JSON and on the command line
    std::string title; ///< what a form shows
    std::string help;  ///< one sentence: tooltip, --help and documentation
    ParameterKind kind = ParameterKind::Real;
    Value initial = 0.0;
    double minimum = 0;      ///< smallest allowed number (both ends of an Interval)
    double maximum = 1;      ///< largest allowed number
    double step = 0.01;      ///< of a spin box or slider
    std::string unit;        ///< "px", "°", … or nothing
    std::string lowestMeans; ///< meaning of the minimum if it is a special value ("all", "automatic")
    Section section = Section::None;
    bool isCommon = false;          ///< often changed: a form shows it before the others
    bool isForTrainingOnly = false; ///< has no meaning for an encoder that is only evaluated
    std::vector<Choice> choices;
    bool logarithmic = false; ///< a slider has a logarithmic scale
};

using Schema = std::vector<Parameter>;

/// The parameter named `id`, or nullptr.
const Parameter *find(const Schema &schema, std::string_view id);

/// Every parameter at its initial value.
Values initialValues(const Schema &schema);

/// Throws InvalidInput, naming `owner` and the parameter, when the value has another kind, is not finite,
/// is outside the limits, is an interval with swapped ends, or is not among the choices.
void checkValue(const Parameter &parameter, const Value &value, const std::string &owner);

/// Reads JSON as a value of this parameter's kind and checks it. Throws InvalidInput.
Value valueFromJson(const Parameter &parameter, const Json &json, const std::string &owner);

/// Reads text as typed by a user ("0.25", "true", "0.08,1", "resnet18") and checks it. Throws InvalidInput.
Value valueFromText(const Parameter &parameter, const std::string &text, const std::string &owner);

Json toJson(const Value &value);

/// The value as a user would type it.
std::string toText(const Value &value);

} // namespace simclr
