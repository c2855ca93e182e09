// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_changes.h"

#include "core/store/legacy_results.h"
#include "core/util/error.h"

#include <cmath>
#include <iterator>
#include <limits>

namespace simclr {

namespace fs = std::filesystem;

namespace {

double numberOf(const Json &json) {
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json pointJson(const KeyedMetric &metric) {
    const MetricPoint &point = metric.point;
    return {metric.key, point.step, point.epoch, point.value, point.time};
}

KeyedMetric pointFrom(const Json &json) {
    return {json.at(0).get<std::string>(),
            {json.at(1).get<std::int64_t>(), json.at(2).get<double>(), numberOf(json.at(3)),
             json.at(4).get<double>()}};
}

Json predictionsJson(const std::shared_ptr<const Predictions> &predictions) {
    if (!predictions)
        return nullptr;
    return {predictions->samples, predictions->labels, predictions->predicted};
}

std::shared_ptr<const Predictions> predictionsFrom(const Json &json) {
    if (json.is_null())
        return nullptr;
    using Numbers = std::vector<std::int32_t>;
    return std::make_shared<const Predictions>(
        Predictions{json.at(0).get<Numbers>(), json.at(1).get<Numbers>(), json.at(2).get<Numbers>()});
}

Json entryJson(const Result &result) {
    return {{"kind", "result"},
            {"key", toJson(result.key)},
            {"value", result.value},
            {"detail", result.detail},
            {"dataset_title", result.datasetTitle},
            {"dataset_earlier", result.isOfEarlierImages},
            {"predictions", predictionsJson(result.predictions)}};
}

/// From a journal written by a version before store version 6.
Result legacyResultFrom(const Json &json) {
    return fromLegacy({.protocol = json.at("protocol"),
                       .split = json.at("split"),
                       .epoch = json.at("epoch"),
                       .features = json.at("features"),
                       .labels = json.at("labels"),
                       .seed = json.at("seed"),
                       .dataset = json.at("dataset"),
                       .datasetTitle = json.at("dataset_title"),
                       .options = json.at("options")});
}

Result resultFrom(const Json &json) {
    Result result;
    if (json.contains("key")) {
        result.key = resultKeyFromJson(json["key"]);
        result.datasetTitle = json.at("dataset_title");
        result.isOfEarlierImages = json.at("dataset_earlier");
    } else {
        result = legacyResultFrom(json);
    }
    result.value = numberOf(json.at("value"));
    result.detail = json.at("detail");
    result.predictions = predictionsFrom(json.at("predictions"));
    return result;
}

std::string fileName(const std::string &path) {
    return fs::path(path).filename().native();
}

/// A name without a path, so that it cannot refer to a file outside `folder`.
std::string pathFrom(const Json &json, const fs::path &folder) {
    const std::string name = fileName(json.at("file").get<std::string>());
    if (name.empty() || name == "." || name == "..")
        throw InvalidInput("a file of a run has no name");
    return (folder / name).native();
}

Json entryJson(const ArtifactRecord &artifact) {
    return {{"kind", "artifact"},
            {"artifact", artifact.kind},
            {"file", fileName(artifact.path.text())},
            {"step", artifact.step},
            {"sha256", artifact.sha256}};
}

Json entryJson(const ArtifactRemoved &removed) {
    return {{"kind", "artifact_removed"}, {"file", fileName(removed.path)}};
}

Json entryJson(const NoteRecord &note) {
    return {{"kind", "note"}, {"time", note.time}, {"message", note.message}};
}

Json entryJson(const RunEnded &ended) {
    return {{"kind", "ended"},
            {"status", statusName(ended.status)},
            {"failure", ended.failure},
            {"weights_sha256", ended.weightsSha256},
            {"time", ended.time}};
}

RunEntry entryFrom(const Json &json, const fs::path &folder) {
    const std::string kind = json.at("kind");
    if (kind == "result")
        return resultFrom(json);
    if (kind == "artifact")
        return ArtifactRecord{json.at("artifact"), RunPath(pathFrom(json, folder)), json.at("step"),
                              json.at("sha256")};
    if (kind == "artifact_removed")
        return ArtifactRemoved{pathFrom(json, folder)};
    if (kind == "note")
        return NoteRecord{json.at("time"), json.at("message")};
    if (kind == "ended")
        return RunEnded{statusFromName(json.at("status")), json.at("failure"), json.at("weights_sha256"),
                        json.at("time")};
    throw InvalidInput("unknown kind of record \"" + kind + "\"");
}

} // namespace

void RunChanges::append(RunChanges later) {
    std::move(later.metrics.begin(), later.metrics.end(), std::back_inserter(metrics));
    std::move(later.entries.begin(), later.entries.end(), std::back_inserter(entries));
}

Json toJson(const RunChanges &changes) {
    Json metrics = Json::array();
    for (const KeyedMetric &metric : changes.metrics)
        metrics.push_back(pointJson(metric));
    Json entries = Json::array();
    for (const RunEntry &entry : changes.entries)
        entries.push_back(std::visit([](const auto &each) { return entryJson(each); }, entry));
    return {{"metrics", std::move(metrics)}, {"entries", std::move(entries)}};
}

RunChanges changesFromJson(const Json &json, const fs::path &folder) {
    RunChanges changes;
    try {
        for (const Json &metric : json.at("metrics"))
            changes.metrics.push_back(pointFrom(metric));
        for (const Json &entry : json.at("entries"))
            changes.entries.push_back(entryFrom(entry, folder));
    } catch (const Json::exception &) {
        throw InvalidInput("a record of a run is damaged");
    }
    return changes;
}

} // namespace simclr
