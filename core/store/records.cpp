// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include "core/store/damaged_record.h"
#include "core/util/files.h"

#include <array>
#include <cmath>
#include <ctime>
#include <utility>

namespace simclr {

namespace {

constexpr std::array statusNames{
    std::pair{RunStatus::Running, "running"},         std::pair{RunStatus::Completed, "completed"},
    std::pair{RunStatus::Cancelled, "cancelled"},     std::pair{RunStatus::Failed, "failed"},
    std::pair{RunStatus::Interrupted, "interrupted"},
};

/// ISO 8601, UTC.
std::string timeText(double seconds) {
    const auto whole = static_cast<std::time_t>(std::floor(seconds));
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

Json textOrNull(const std::string &text) {
    return text.empty() ? Json() : Json(text);
}

Json numberOrNull(const std::optional<double> &number) {
    return number ? Json(*number) : Json();
}

Json toJson(const DatasetRecord &dataset) {
    return {{"source", dataset.source},
            {"title", dataset.title},
            {"fingerprint", dataset.fingerprint},
            {"train", dataset.trainImages},
            {"validation", dataset.validationImages},
            {"test", dataset.testImages},
            {"classes", dataset.classes},
            {"broken", dataset.broken}};
}

Json resultsToJson(const RunRecord &run, bool shortForm) {
    Json results = Json::array();
    for (const ResultRecord &result : run.results) {
        Json item = {{"protocol", result.protocol},
                     {"split", result.split},
                     {"epoch", result.epoch},
                     {"value", result.value},
                     {"features", result.scope.features},
                     {"labels", result.scope.labels},
                     {"seed", result.scope.seed}};
        item.update(intervalToJson(run, result));
        if (!result.scope.dataset.empty())
            item["dataset"] = {{"fingerprint", result.scope.dataset}, {"title", result.scope.datasetTitle}};
        if (!result.scope.options.empty())
            item["options"] = result.scope.options;
        if (!shortForm)
            item["detail"] = result.detail;
        results.push_back(std::move(item));
    }
    return results;
}

Json artifactsToJson(const RunRecord &run) {
    Json artifacts = Json::array();
    for (const ArtifactRecord &artifact : run.artifacts)
        artifacts.push_back({{"kind", artifact.kind},
                             {"path", artifact.path.text()},
                             {"step", artifact.step},
                             {"sha256", textOrNull(artifact.sha256)}});
    return artifacts;
}

Json notesToJson(const RunRecord &run) {
    Json notes = Json::array();
    for (const NoteRecord &note : run.notes)
        notes.push_back({{"time", timeText(note.time)}, {"message", note.message}});
    return notes;
}

} // namespace

std::string statusName(RunStatus status) {
    for (const auto &[value, name] : statusNames)
        if (value == status)
            return name;
    throw DamagedRecord("a run has an unknown status");
}

RunStatus statusFromName(const std::string &name) {
    for (const auto &[value, known] : statusNames)
        if (known == name)
            return value;
    throw DamagedRecord("a run has the unknown status \"" + name + "\"");
}

const ResultRecord *latestResult(const RunRecord &run, const std::string &protocol,
                                 const std::string &split) {
    const ResultRecord *latest = nullptr;
    for (const ResultRecord &result : run.results)
        if (result.protocol == protocol && result.split == split && result.scope.isPlain() &&
            (!latest || result.epoch >= latest->epoch))
            latest = &result;
    return latest;
}

std::string originName(WeightsOrigin origin) {
    switch (origin) {
    case WeightsOrigin::Random:
        return "random";
    case WeightsOrigin::Imported:
        return "imported";
    case WeightsOrigin::Supervised:
        return "supervised";
    case WeightsOrigin::Trained:
        break;
    }
    return "trained";
}

WeightsOrigin originOf(const RunRecord &run, const ResultRecord &result) {
    if (result.protocol == "supervised")
        return WeightsOrigin::Supervised;
    if (result.epoch > 0)
        return WeightsOrigin::Trained;
    const auto file = run.config.find("initial_weights");
    const bool isNamed = file != run.config.end() && file->is_string() && !file->get<std::string>().empty();
    return isNamed ? WeightsOrigin::Imported : WeightsOrigin::Random;
}

bool isBaseline(const RunRecord &run, const ResultRecord &result) {
    return result.epoch == 0 && run.totalEpochs > 0 && result.protocol != "supervised";
}

std::string displayName(const RunRecord &run) {
    const std::string name = "run " + std::to_string(run.id);
    return run.database.empty() ? name : name + " of " + displayName(run.database);
}

std::int64_t judgedImages(const RunRecord &run, const ResultRecord &result) {
    const auto counted =
        result.detail.is_object() ? result.detail.find("judged_images") : result.detail.end();
    if (counted != result.detail.end() && counted->is_number_integer())
        return counted->get<std::int64_t>();
    if (!result.scope.dataset.empty())
        return 0; // of images that the run knows nothing of
    return result.split == "test"         ? run.dataset.testImages
           : result.split == "validation" ? run.dataset.validationImages
                                          : 0;
}

std::int64_t skippedImages(const ResultRecord &result) {
    const auto skipped =
        result.detail.is_object() ? result.detail.find("skipped_images") : result.detail.end();
    return skipped != result.detail.end() && skipped->is_number_integer() ? skipped->get<std::int64_t>() : 0;
}

std::optional<ShareInterval> accuracyInterval(const RunRecord &run, const ResultRecord &result) {
    return binomialInterval(result.value, judgedImages(run, result));
}

Json intervalToJson(const RunRecord &run, const ResultRecord &result) {
    const std::int64_t images = judgedImages(run, result);
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    return {{"images", images > 0 ? Json(images) : Json()},
            {"interval", interval ? Json::array({interval->low, interval->high}) : Json()}};
}

Json toJson(const RunRecord &run, bool shortForm) {
    Json json = {{"id", run.id},
                 {"name", run.name},
                 {"status", statusName(run.status)},
                 {"failure", textOrNull(run.failure)}};
    if (!shortForm) {
        json["config"] = run.config;
        json["pipeline"] = run.pipeline;
    }
    json["dataset"] = toJson(run.dataset);
    json["seed"] = run.seed;
    json["device"] = run.device;
    json["precision"] = run.precision;
    json["created"] = timeText(run.created);
    json["finished"] = run.finished ? Json(timeText(*run.finished)) : Json();
    json["last_step"] = run.lastStep;
    json["last_epoch"] = run.lastEpoch;
    json["total_steps"] = run.totalSteps;
    json["total_epochs"] = run.totalEpochs;
    json["results"] = resultsToJson(run, shortForm);
    json["images_per_second"] = numberOrNull(run.imagesPerSecond);
    json["weights_sha256"] = textOrNull(run.weightsSha256);
    json["program_version"] = run.programVersion;
    json["origin"] = run.origin ? toJson(*run.origin) : Json();
    if (!shortForm) {
        json["libraries"] = run.libraries;
        json["artifacts"] = artifactsToJson(run);
        json["notes"] = notesToJson(run);
    }
    return json;
}

} // namespace simclr
