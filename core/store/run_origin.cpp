// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_origin.h"

#include "core/options/parameter.h"
#include "core/util/error.h"

namespace simclr {

namespace {

std::string valueText(const Json &value) {
    if (value.is_number_float())
        return numberText(value.get<double>());
    return value.is_string() ? value.get<std::string>() : toLine(value);
}

bool isChanges(const Json &json) {
    if (!json.is_object())
        return false;
    for (const auto &[option, values] : json.items())
        if (!values.is_array() || values.size() != 2)
            return false;
    return true;
}

} // namespace

Json toJson(const RunOrigin &origin) {
    return {{"run", origin.run},     {"name", origin.name}, {"step", origin.step},
            {"epoch", origin.epoch}, {"rate", origin.rate}, {"changes", origin.changes}};
}

RunOrigin runOriginFromJson(const Json &json) {
    try {
        const Json &changes = json.at("changes");
        if (!isChanges(changes))
            throw InvalidInput("the changes of a continued run are not pairs of values");
        return {json.at("run").get<std::int64_t>(),  json.at("name").get<std::string>(),
                json.at("step").get<std::int64_t>(), json.at("epoch").get<double>(),
                json.at("rate").get<double>(),       changes};
    } catch (const Json::exception &) {
        throw InvalidInput("the origin of a continued run is not valid");
    }
}

std::string originText(const RunOrigin &origin) {
    return "run " + std::to_string(origin.run) + " \"" + origin.name + "\" after step " +
           std::to_string(origin.step) + " (epoch " + numberText(origin.epoch) + ")";
}

std::string changesText(const RunOrigin &origin) {
    std::string text;
    for (const auto &[option, values] : origin.changes.items())
        text +=
            (text.empty() ? "" : ", ") + option + " " + valueText(values[0]) + " → " + valueText(values[1]);
    return text;
}

} // namespace simclr
