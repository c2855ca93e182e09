// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/option_values.h"

#include "core/store/pipeline_hash.h"

#include <limits>
#include <optional>
#include <utility>

namespace simclr {

namespace {

OptionValue wholeNumber(const Json &json) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > largest)
        return json.get<double>();
    return json.get<std::int64_t>();
}

std::optional<OptionValue> valueFrom(const Json &json) {
    if (json.is_null())
        return std::nullopt;
    if (json.is_boolean())
        return OptionValue(std::int64_t{json.get<bool>() ? 1 : 0});
    if (json.is_number_integer())
        return wholeNumber(json);
    if (json.is_number_float())
        return OptionValue(json.get<double>());
    return OptionValue(json.is_string() ? json.get<std::string>() : toLine(json));
}

void flatten(const Json &json, const std::string &path, OptionValues &values) {
    if (json.is_object())
        for (const auto &[key, item] : json.items())
            flatten(item, path.empty() ? key : path + "." + key, values);
    else if (auto value = valueFrom(json); value && !path.empty())
        values.insert_or_assign(path, std::move(*value));
}

} // namespace

OptionValues flatOptions(const NewRun &run) {
    OptionValues values;
    flatten(run.config, "", values);
    if (run.totalEpochs == 0 || !run.pipeline.is_object())
        return values; // of imported weights, which have no pipeline
    const auto name = run.pipeline.find("name");
    if (name != run.pipeline.end() && name->is_string())
        values["pipeline"] = name->get<std::string>();
    values["pipeline_hash"] = pipelineHash(run.pipeline);
    return values;
}

} // namespace simclr
