// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/pipeline_hash.h"

#include "core/util/hash.h"

#include <map>

namespace simclr {

namespace {

bool isStep(const Json &json) {
    return json.is_object() && json.contains("operation");
}

bool isDisabledStep(const Json &json) {
    return isStep(json) && json.contains("enabled") && json["enabled"] == Json(false);
}

Json canonical(const Json &json);

Json canonicalList(const Json &json) {
    Json list = Json::array();
    for (const Json &item : json)
        if (!isDisabledStep(item))
            list.push_back(canonical(item));
    return list;
}

Json canonicalObject(const Json &json) {
    std::map<std::string, Json> sorted;
    for (const auto &[key, item] : json.items())
        if (key != "enabled" || !isStep(json))
            sorted.emplace(key, canonical(item));
    return sorted;
}

Json canonical(const Json &json) {
    if (json.is_array())
        return canonicalList(json);
    if (json.is_object())
        return canonicalObject(json);
    return json.is_number_float() ? wholeOrNot(json.get<double>()) : json;
}

} // namespace

std::string pipelineHash(const Json &pipeline) {
    Json steps = pipeline;
    for (const char *member : {"format", "version", "name"})
        if (steps.is_object())
            steps.erase(member);
    return sha256(toLine(canonical(steps)));
}

} // namespace simclr
