// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/options/parameter.h"

#include "core/util/error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace simclr {

namespace {

std::string quoted(const std::string &owner, const Parameter &parameter) {
    return owner + ": \"" + parameter.id + "\"";
}

std::string limitsText(const Parameter &parameter) {
    return "from " + numberText(parameter.minimum) + " to " + numberText(parameter.maximum) +
           (parameter.unit.empty() ? "" : " " + parameter.unit);
}

void checkNumber(const Parameter &parameter, double number, const std::string &owner) {
    if (!std::isfinite(number))
        throw InvalidInput(quoted(owner, parameter) + " must be a finite number " + limitsText(parameter));
    if (number < parameter.minimum || number > parameter.maximum)
        throw InvalidInput(quoted(owner, parameter) + " is " + numberText(number) + ", but must be " +
                           limitsText(parameter));
}

void checkInterval(const Parameter &parameter, const Range &range, const std::string &owner) {
    checkNumber(parameter, range.low, owner);
    checkNumber(parameter, range.high, owner);
    if (range.low > range.high)
        throw InvalidInput(quoted(owner, parameter) + " has its ends swapped: " + numberText(range.low) +
                           " is larger than " + numberText(range.high));
}

void checkChoice(const Parameter &parameter, const std::string &id, const std::string &owner) {
    const auto matches = [&](const Choice &choice) { return choice.id == id; };
    if (std::ranges::any_of(parameter.choices, matches))
        return;
    std::string allowed;
    for (const Choice &choice : parameter.choices)
        allowed += (allowed.empty() ? "" : ", ") + choice.id;
    throw InvalidInput(quoted(owner, parameter) + " is \"" + id + "\", but must be one of: " + allowed);
}

std::string kindText(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::Boolean:
        return "true or false";
    case ParameterKind::Integer:
        return "a whole number";
    case ParameterKind::Real:
        return "a number";
    case ParameterKind::Interval:
        return "two numbers, the lower and the upper end";
    case ParameterKind::Choice:
    case ParameterKind::Text:
        break;
    }
    return "a text";
}

[[noreturn]] void throwWrongKind(const Parameter &parameter, const std::string &owner) {
    throw InvalidInput(quoted(owner, parameter) + " must be " + kindText(parameter.kind));
}

std::optional<double> parseNumber(std::string_view text) {
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> wholeNumber(std::optional<double> number) {
    constexpr double exactLimit = 9007199254740992.0; // 2⁵³
    if (!number || !std::isfinite(*number) || std::abs(*number) > exactLimit ||
        *number != std::floor(*number))
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::optional<Value> rawFromJson(const Parameter &parameter, const Json &json) {
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        if (json.is_boolean())
            return json.get<bool>();
        break;
    case ParameterKind::Integer:
        if (json.is_number())
            if (const auto whole = wholeNumber(json.get<double>()))
                return *whole;
        break;
    case ParameterKind::Real:
        if (json.is_number())
            return json.get<double>();
        break;
    case ParameterKind::Interval:
        if (json.is_array() && json.size() == 2 && json[0].is_number() && json[1].is_number())
            return Range{json[0].get<double>(), json[1].get<double>()};
        break;
    case ParameterKind::Choice:
    case ParameterKind::Text:
        if (json.is_string())
            return json.get<std::string>();
        break;
    }
    return std::nullopt;
}

std::optional<Value> intervalFromText(const std::string &text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos)
        return std::nullopt;
    const auto low = parseNumber(std::string_view(text).substr(0, comma));
    const auto high = parseNumber(std::string_view(text).substr(comma + 1));
    if (!low || !high)
        return std::nullopt;
    return Range{*low, *high};
}

std::optional<Value> booleanFromText(const std::string &text) {
    if (text == "true" || text == "on" || text == "yes" || text == "1")
        return true;
    if (text == "false" || text == "off" || text == "no" || text == "0")
        return false;
    return std::nullopt;
}

std::optional<Value> rawFromText(const Parameter &parameter, const std::string &text) {
    switch (parameter.kind) {
    case ParameterKind::Boolean:
        return booleanFromText(text);
    case ParameterKind::Integer:
        if (const auto whole = wholeNumber(parseNumber(text)))
            return *whole;
        return std::nullopt;
    case ParameterKind::Real:
        if (const auto number = parseNumber(text))
            return *number;
        return std::nullopt;
    case ParameterKind::Interval:
        return intervalFromText(text);
    case ParameterKind::Choice:
    case ParameterKind::Text:
        break;
    }
    return text;
}

} // namespace

const Parameter *find(const Schema &schema, std::string_view id) {
    const auto found = std::ranges::find(schema, id, &Parameter::id);
    return found == schema.end() ? nullptr : &*found;
}

Values initialValues(const Schema &schema) {
    Values values;
    for (const Parameter &parameter : schema)
        values.emplace(parameter.id, parameter.initial);
    return values;
}

void checkValue(const Parameter &parameter, const Value &value, const std::string &owner) {
    if (value.index() != parameter.initial.index())
        throwWrongKind(parameter, owner);
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        checkNumber(parameter, static_cast<double>(*whole), owner);
    else if (const auto *number = std::get_if<double>(&value))
        checkNumber(parameter, *number, owner);
    else if (const auto *range = std::get_if<Range>(&value))
        checkInterval(parameter, *range, owner);
    else if (parameter.kind == ParameterKind::Choice)
        checkChoice(parameter, std::get<std::string>(value), owner);
}

Value valueFromJson(const Parameter &parameter, const Json &json, const std::string &owner) {
    const auto value = rawFromJson(parameter, json);
    if (!value)
        throwWrongKind(parameter, owner);
    checkValue(parameter, *value, owner);
    return *value;
}

Value valueFromText(const Parameter &parameter, const std::string &text, const std::string &owner) {
    const auto value = rawFromText(parameter, text);
    if (!value)
        throwWrongKind(parameter, owner);
    checkValue(parameter, *value, owner);
    return *value;
}

Json toJson(const Value &value) {
    if (const auto *range = std::get_if<Range>(&value))
        return Json::array({range->low, range->high});
    return std::visit(
        [](const auto &plain) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(plain)>, Range>)
                return nullptr;
            else
                return plain;
        },
        value);
}

std::string toText(const Value &value) {
    if (const auto *truth = std::get_if<bool>(&value))
        return *truth ? "true" : "false";
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto *number = std::get_if<double>(&value))
        return numberText(*number);
    if (const auto *range = std::get_if<Range>(&value))
        return numberText(range->low) + "," + numberText(range->high);
    return std::get<std::string>(value);
}

} // namespace simclr
