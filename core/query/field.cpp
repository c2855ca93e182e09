// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/field.h"

#include "core/metrics/metric.h"
#include "core/query/literal.h"
#include "core/query/nearest_names.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr {

namespace {

constexpr std::array protocols{Protocol::Linear,    Protocol::Knn,      Protocol::Online,
                               Protocol::LinearSgd, Protocol::FineTune, Protocol::Supervised};
constexpr std::array splits{Split::Test, Split::Validation};
constexpr std::string_view configPrefix = "config.";

const RunFieldDescription *runField(std::string_view name) {
    const auto *const found = std::ranges::find(runFields, name, &RunFieldDescription::name);
    return found == runFields.end() ? nullptr : found;
}

bool hasName(const std::vector<std::string> &names, const std::string &name) {
    return std::ranges::find(names, name) != names.end();
}

bool isMetric(const std::string &name, const KnownNames &known) {
    return MetricId::find(name).has_value() || hasName(known.metrics, name);
}

ValueKind kindOfMetric(const MetricField &field) {
    const std::optional<MetricId> metric = MetricId::find(field.metric);
    const bool isShare = metric && (*metric)->kind == MetricKind::Share;
    return isShare && field.summary != Summary::Count ? ValueKind::Share : ValueKind::Number;
}

Summary best(const FieldName &name) {
    const std::optional<MetricId> metric = MetricId::find(name.name);
    const Better better = metric ? (*metric)->better : Better::Neither;
    if (better == Better::Neither)
        throw QueryError("of \"" + name.name + "\" neither lower nor higher values are better; use min(" +
                             name.name + ") or max(" + name.name + ")",
                         name.where);
    return better == Better::Lower ? Summary::Lowest : Summary::Highest;
}

Summary summaryOf(const FieldName &name) {
    const std::string function = lowerCase(name.function);
    if (function == "best")
        return best(name);
    for (const auto &[known, summary] :
         {std::pair{"last", Summary::Last}, std::pair{"min", Summary::Lowest},
          std::pair{"max", Summary::Highest}, std::pair{"count", Summary::Count},
          std::pair{"at", Summary::At}, std::pair{"mean", Summary::MeanOfLast}})
        if (function == known)
            return summary;
    throw QueryError("unknown function \"" + name.function +
                         "\"; known functions: last, best, min, max, count, at, mean",
                     name.where);
}

double argumentOf(const FieldName &name, Summary summary) {
    const auto number = parseNumber(name.argument);
    const std::string example = name.function + "(" + name.name + ", 10)";
    if (summary == Summary::At && !(number && *number >= 0))
        throw QueryError("at() needs a metric and an epoch, such as " + example, name.where);
    constexpr double most = 1e6;
    if (summary == Summary::MeanOfLast &&
        !(number && *number >= 1 && *number <= most && *number == std::floor(*number)))
        throw QueryError("mean() needs a metric and a number of points from 1 to 1000000, such as " + example,
                         name.where);
    const bool isWanted = summary == Summary::At || summary == Summary::MeanOfLast;
    if (!isWanted && !name.argument.empty())
        throw QueryError(name.function + "() takes a metric only", name.where);
    return number.value_or(0);
}

MetricField metricField(const FieldName &name, const KnownNames &known) {
    if (!isMetric(name.name, known))
        throw QueryError("unknown metric \"" + name.name + "\"" + didYouMean(name.name, metricNames(known)),
                         name.where);
    const Summary summary = summaryOf(name);
    return {name.name, summary, argumentOf(name, summary)};
}

Split splitOf(const std::string &text, const FieldName &name) {
    for (const Split split : splits)
        if (nameOf(split) == lowerCase(text))
            return split;
    throw QueryError("unknown split \"" + text + "\"; known splits: test, validation", name.where);
}

std::optional<ResultField> resultField(const FieldName &name) {
    const std::size_t dot = name.name.find('.');
    for (const Protocol protocol : protocols) {
        if (nameOf(protocol) != lowerCase(name.name.substr(0, dot)))
            continue;
        if (dot == std::string::npos)
            return ResultField{protocol, std::nullopt};
        return ResultField{protocol, splitOf(name.name.substr(dot + 1), name)};
    }
    return std::nullopt;
}

/// The option of this path, with or without "config." before it.
std::optional<OptionField> optionOfPath(const std::string &name, const KnownNames &known) {
    if (hasName(known.options, name))
        return OptionField{name};
    if (name.starts_with(configPrefix) && hasName(known.options, name.substr(configPrefix.size())))
        return OptionField{name.substr(configPrefix.size())};
    return std::nullopt;
}

std::optional<OptionField> optionOfLastPart(const FieldName &name, const KnownNames &known) {
    std::vector<std::string> paths;
    std::ranges::copy_if(known.options, std::back_inserter(paths),
                         [&](const std::string &path) { return path.ends_with("." + name.name); });
    if (paths.size() > 1)
        throw QueryError("several options end with \"" + name.name + "\": " + paths[0] + ", " + paths[1] +
                             (paths.size() > 2 ? ", …" : ""),
                         name.where);
    return paths.empty() ? std::nullopt : std::optional(OptionField{paths.front()});
}

std::optional<RunField> runFieldOf(const FieldName &name) {
    const RunFieldDescription *field = name.function.empty() ? runField(lowerCase(name.name)) : nullptr;
    return field == nullptr ? std::nullopt : std::optional(field->field);
}

template <typename NamesAField>
std::optional<RunField> runFieldOf(const NamesAField &condition) {
    return runFieldOf(condition.field);
}

std::optional<RunField> runFieldOf(const BareWord &word) {
    return flagOf(word.word);
}

} // namespace

ValueKind kindOf(const Field &field) {
    if (const auto *run = std::get_if<RunField>(&field))
        return runFields[static_cast<std::size_t>(*run)].kind;
    if (const auto *metric = std::get_if<MetricField>(&field))
        return kindOfMetric(*metric);
    return std::holds_alternative<ResultField>(field) ? ValueKind::Share : ValueKind::Any;
}

Field resolveField(const FieldName &name, const KnownNames &known) {
    if (!name.function.empty())
        return metricField(name, known);
    if (const auto field = runFieldOf(name))
        return *field;
    if (const auto result = resultField(name))
        return *result;
    if (const auto option = optionOfPath(name.name, known))
        return *option;
    if (isMetric(name.name, known))
        return MetricField{name.name, Summary::Last};
    if (const auto option = optionOfLastPart(name, known))
        return *option;
    if (known.options.empty())
        return OptionField{name.name};
    throw QueryError("unknown field \"" + name.name + "\"" + didYouMean(name.name, fieldNames(known)),
                     name.where);
}

std::optional<RunField> flagOf(const Literal &word) {
    const RunFieldDescription *field = word.isQuoted ? nullptr : runField(lowerCase(word.text));
    return field != nullptr && field->kind == ValueKind::Flag ? std::optional(field->field) : std::nullopt;
}

bool mentions(const Expression &filter, RunField field) {
    if (const auto *group = std::get_if<Group>(&filter.node))
        return std::ranges::any_of(group->parts,
                                   [&](const Expression &part) { return mentions(part, field); });
    return std::visit([](const auto &condition) { return runFieldOf(condition); },
                      std::get<Condition>(filter.node)) == field;
}

std::vector<std::string> fieldNames(const KnownNames &known) {
    std::vector<std::string> names;
    for (const RunFieldDescription &field : runFields)
        names.emplace_back(field.name);
    for (const Protocol protocol : protocols) {
        names.push_back(nameOf(protocol));
        for (const Split split : splits)
            names.push_back(nameOf(protocol) + "." + nameOf(split));
    }
    std::ranges::copy_if(known.options, std::back_inserter(names),
                         [&](const std::string &path) { return !hasName(names, path); });
    std::ranges::copy_if(metricNames(known), std::back_inserter(names),
                         [&](const std::string &metric) { return !hasName(names, metric); });
    return names;
}

std::vector<std::string> metricNames(const KnownNames &known) {
    std::vector<std::string> names;
    for (const Metric &metric : allMetrics)
        names.emplace_back(metric.id);
    std::ranges::copy_if(known.metrics, std::back_inserter(names),
                         [&](const std::string &metric) { return !hasName(names, metric); });
    return names;
}

bool takesNumber(std::string_view function) {
    return function == "at" || function == "mean";
}

std::vector<std::string> functionNames() {
    return {"last", "best", "min", "max", "count", "at", "mean"};
}

} // namespace simclr
