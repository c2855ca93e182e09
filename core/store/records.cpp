// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

#include "core/results/result_text.h"
#include "core/store/damaged_record.h"
#include "core/util/files.h"
#include "core/util/time_text.h"

#include <array>
#include <utility>

namespace simclr {

namespace {

constexpr std::array statusNames{
    std::pair{RunStatus::Running, "running"},         std::pair{RunStatus::Completed, "completed"},
    std::pair{RunStatus::Cancelled, "cancelled"},     std::pair{RunStatus::Failed, "failed"},
    std::pair{RunStatus::Interrupted, "interrupted"},
};

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
            {"labelled_fingerprint", dataset.evaluatedFingerprint()},
            {"learn", dataset.learnedImages()},
            {"train", dataset.trainImages},
            {"validation", dataset.validationImages},
            {"test", dataset.testImages},
            {"classes", dataset.classes},
            {"broken", dataset.broken}};
}

Json resultsToJson(const RunRecord &run, bool shortForm) {
    Json results = Json::array();
    for (const Result &result : run.results) {
        Json item = toJson(run, result);
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

void addAnnotations(const RunRecord &run, Json &json) {
    json["tags"] = run.tags;
    json["note"] = textOrNull(run.note);
    json["starred"] = run.starred;
    json["archived"] = run.archived;
    json["trashed"] = run.trashed ? Json(timeText(*run.trashed)) : Json();
}

constexpr std::string_view betweenTitles = " + ";

/// The path of the images to learn from, of a source with parts; empty if it has none.
std::filesystem::path placeOfImages(const std::string &source) {
    try {
        const Json parts = parseJson(source, "a source");
        const std::string images = parts.is_object() ? parts.value("images", std::string()) : std::string();
        return std::filesystem::path(images.substr(images.find(':') + 1) + "/").parent_path();
    } catch (const std::exception &) { // a record of other versions, or a damaged one
        return {};
    }
}

/// Where the first of two titles ends: images are named after their file or folder, which may contain " + ",
/// or after their form, which does not.
std::size_t endOfFirstTitle(const std::string &title, const std::string &source) {
    const std::filesystem::path place = placeOfImages(source);
    for (const std::string &name : {displayName(place.filename()), displayName(place.stem())})
        if (!name.empty() && title.starts_with(name + std::string(betweenTitles)))
            return name.size();
    return title.find(betweenTitles);
}

} // namespace

std::string DatasetRecord::evaluatedTitle() const {
    if (firstLabelled == 0)
        return title;
    const std::size_t place = endOfFirstTitle(title, source);
    return place == std::string::npos ? title : title.substr(place + betweenTitles.size());
}

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

const Result *latestResult(const RunRecord &run, Protocol protocol, Split split) {
    const Result *latest = nullptr;
    for (const Result &result : run.results)
        if (result.key.protocol == protocol && result.key.split == split && result.key.isPlain() &&
            (!latest || result.key.place.epoch >= latest->key.place.epoch))
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

WeightsOrigin originOf(const RunRecord &run, const Result &result) {
    if (result.key.protocol == Protocol::Supervised)
        return WeightsOrigin::Supervised;
    if (result.key.place.epoch > 0)
        return WeightsOrigin::Trained;
    const auto file = run.config.find("initial_weights");
    const bool isNamed = file != run.config.end() && file->is_string() && !file->get<std::string>().empty();
    return isNamed ? WeightsOrigin::Imported : WeightsOrigin::Random;
}

bool isBaseline(const RunRecord &run, const Result &result) {
    return result.key.place.epoch == 0 && run.totalEpochs > 0 && result.key.protocol != Protocol::Supervised;
}

std::string displayName(const RunRecord &run) {
    const std::string name = "run " + std::to_string(run.id);
    return run.database.empty() ? name : name + " of " + displayName(run.database);
}

std::int64_t evaluatedImages(const RunRecord &run, const Result &result) {
    if (const auto counted = evaluatedImages(result))
        return *counted;
    if (!result.key.scope.dataset.empty())
        return 0; // of images that are not part of the run's record
    return result.key.split == Split::Test ? run.dataset.testImages : run.dataset.validationImages;
}

std::optional<ShareInterval> accuracyInterval(const RunRecord &run, const Result &result) {
    return binomialInterval(result.value, evaluatedImages(run, result));
}

Json toJson(const RunRecord &run, const Result &result) {
    const ResultScope &scope = result.key.scope;
    Json json = {{"protocol", nameOf(result.key.protocol)},
                 {"split", nameOf(result.key.split)},
                 {"epoch", result.key.place.epoch},
                 {"value", result.value},
                 {"features", nameOf(scope.features)},
                 {"labels", scope.labels},
                 {"seed", scope.seed}};
    const std::int64_t images = evaluatedImages(run, result);
    const std::optional<ShareInterval> interval = accuracyInterval(run, result);
    json["images"] = images > 0 ? Json(images) : Json();
    json["interval"] = interval ? Json::array({interval->low, interval->high}) : Json();
    if (!scope.dataset.empty())
        json["dataset"] = {{"fingerprint", scope.dataset}, {"title", datasetText(result)}};
    if (const std::string details = scopeDetails(result.key); !details.empty())
        json["options"] = details;
    return json;
}

Json toJson(const RunRecord &run, bool shortForm) {
    Json json = {{"id", run.id},
                 {"name", run.name},
                 {"status", statusName(run.status)},
                 {"failure", textOrNull(run.failure)}};
    addAnnotations(run, json);
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
