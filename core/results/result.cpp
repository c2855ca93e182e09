// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result.h"

#include "core/util/error.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace simclr {

namespace {

constexpr const char *allImages = "all";

/// Optional members.
void addScope(const ResultScope &scope, Json &json) {
    if (scope.features != FeatureKind::H)
        json["features"] = nameOf(scope.features);
    if (scope.labels != 1)
        json["labels"] = scope.labels;
    if (scope.seed != 0)
        json["seed"] = scope.seed;
    if (!scope.dataset.empty())
        json["dataset"] = scope.dataset;
    if (scope.trainedOn == TrainedOn::All)
        json["trained_on"] = allImages;
    for (const auto &[id, value] : scope.overrides)
        json["overrides"][id] = wholeOrNot(value);
    if (!scope.remark.empty())
        json["remark"] = scope.remark;
}

TrainedOn trainedOnFrom(const Json &json) {
    if (json != allImages)
        throw InvalidInput("a result was trained on unknown images");
    return TrainedOn::All;
}

ResultScope scopeFrom(const Json &json) {
    ResultScope scope;
    if (json.contains("features"))
        scope.features = featureKindFromName(json["features"]);
    scope.labels = json.value("labels", 1.0);
    scope.seed = json.value("seed", std::int64_t{0});
    scope.dataset = json.value("dataset", std::string());
    if (json.contains("trained_on"))
        scope.trainedOn = trainedOnFrom(json["trained_on"]);
    if (json.contains("overrides"))
        for (const auto &[id, value] : json["overrides"].items())
            scope.overrides.emplace(id, value.get<double>());
    scope.remark = json.value("remark", std::string());
    return scope;
}

/// Ignoring an unknown member could merge two different results.
void refuseUnknownMembers(const Json &json) {
    constexpr std::array known{"protocol", "split",   "epoch",      "step",      "features", "labels",
                               "seed",     "dataset", "trained_on", "overrides", "remark"};
    for (const auto &[name, value] : json.items())
        if (std::ranges::find(known, name) == known.end())
            throw InvalidInput("the key of a result has the unknown member \"" + name + "\"");
}

std::optional<std::int64_t> countIn(const Json &detail, const char *name) {
    const auto found = detail.is_object() ? detail.find(name) : detail.end();
    return found != detail.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                               : std::nullopt;
}

} // namespace

Json toJson(const ResultKey &key) {
    Json json{{"protocol", nameOf(key.protocol)}, {"split", nameOf(key.split)}, {"epoch", key.place.epoch}};
    if (key.place.step)
        json["step"] = *key.place.step;
    addScope(key.scope, json);
    return json;
}

ResultKey resultKeyFromJson(const Json &json) {
    return takingApart("the key of a result", [&] {
        refuseUnknownMembers(json);
        ResultKey key;
        key.protocol = protocolFromName(json.at("protocol"));
        key.split = splitFromName(json.at("split"));
        key.place.epoch = json.at("epoch");
        if (json.contains("step"))
            key.place.step = json["step"].get<std::int64_t>();
        key.scope = scopeFrom(json);
        return key;
    });
}

bool isSameResult(const Result &one, const Result &other) {
    const bool isSameValue = one.value == other.value || (std::isnan(one.value) && std::isnan(other.value));
    return isSameValue && one.key == other.key && one.datasetTitle == other.datasetTitle &&
           one.isOfEarlierImages == other.isOfEarlierImages && skippedImages(one) == skippedImages(other) &&
           evaluatedImages(one) == evaluatedImages(other);
}

std::int64_t skippedImages(const Result &result) {
    return countIn(result.detail, "skipped_images").value_or(0);
}

std::optional<std::int64_t> evaluatedImages(const Result &result) {
    return countIn(result.detail, "judged_images");
}

std::string missingImagesText(const Result &result) {
    const std::int64_t skipped = skippedImages(result);
    if (skipped == 0)
        return {};
    return std::to_string(skipped) + " of " + std::to_string(skipped + evaluatedImages(result).value_or(0)) +
           " images to evaluate on could not be used and are excluded from the accuracy; the first: " +
           result.detail.value("first_skipped", std::string());
}

} // namespace simclr
