// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/job/job.h"

#include <type_traits>

namespace simclr {

namespace {

constexpr int version = 1;

// Every kind of job has: its name in JSON, a function that writes its members, and one that reads them.

Json toJson(const JobImages &images) {
    return {{"source", images.source}, {"fingerprint", images.fingerprint}};
}

JobImages imagesFrom(const Json &json) {
    return {json.at("source").get<std::string>(), json.at("fingerprint").get<std::string>()};
}

Json toJson(const RunConfiguration &configuration) {
    return {{"name", configuration.name},
            {"pipeline", simclr::toJson(configuration.pipeline)},
            {"options", trainOptionsDescription().toJson(configuration.options)}};
}

RunConfiguration configurationFrom(const Json &json, const std::string &origin) {
    return {json.at("name").get<std::string>(), pipelineFromJson(json.at("pipeline"), origin),
            trainOptionsDescription().fromJson(json.at("options"), origin)};
}

Json toJson(const Values &values) {
    Json json = Json::object();
    for (const auto &[id, value] : values)
        json[id] = simclr::toJson(value);
    return json;
}

Values trainValuesFrom(const Json &json, const std::string &origin) {
    Values values;
    for (const auto &[id, value] : json.items())
        values[id] = valueFromJson(trainOptionsDescription().parameter(id, origin), value, origin);
    return values;
}

Json toJson(const ResumeOptions &options) {
    return {{"device", options.device},
            {"allow_changed_images", options.allowChangedImages},
            {"changes", toJson(options.changes)},
            {"name", options.name}};
}

ResumeOptions resumeOptionsFrom(const Json &json, const std::string &origin) {
    return {json.at("device").get<std::string>(), json.at("allow_changed_images").get<bool>(),
            trainValuesFrom(json.at("changes"), origin), json.at("name").get<std::string>()};
}

Json toJson(const EvaluationRequest &request) {
    Json protocols = Json::array();
    for (const Protocol protocol : request.protocols)
        protocols.push_back(nameOf(protocol));
    return {{"protocols", std::move(protocols)},
            {"labels", request.labels},
            {"features", nameOf(request.features)},
            {"split", nameOf(request.split)},
            {"transfer", request.isTransfer},
            {"seed", request.seed},
            {"options", evaluationOptionsDescription().toJson(request.options)},
            {"device", request.device}};
}

EvaluationRequest requestFrom(const Json &json, const std::string &origin) {
    EvaluationRequest request;
    request.protocols.clear();
    for (const Json &protocol : json.at("protocols"))
        request.protocols.push_back(protocolFromName(protocol.get<std::string>()));
    request.labels = json.at("labels").get<std::vector<double>>();
    request.features = featureKindFromName(json.at("features").get<std::string>());
    request.split = splitFromName(json.at("split").get<std::string>());
    request.isTransfer = json.at("transfer").get<bool>();
    request.seed = json.at("seed").get<std::int64_t>();
    request.options = evaluationOptionsDescription().fromJson(json.at("options"), origin);
    request.device = json.at("device").get<std::string>();
    return request;
}

template <typename Kind>
constexpr const char *kindName = nullptr;
template <>
constexpr const char *kindName<TrainJob> = "train";
template <>
constexpr const char *kindName<ResumeJob> = "resume";
template <>
constexpr const char *kindName<EvaluateJob> = "evaluate";
template <>
constexpr const char *kindName<EmbedJob> = "embed";
template <>
constexpr const char *kindName<ExportJob> = "export";
template <>
constexpr const char *kindName<PreflightJob> = "preflight";

Json toJson(const RuleOptions &rules) {
    return ruleOptionsDescription().toJson(rules);
}

/// Jobs of earlier versions have none.
RuleOptions rulesFrom(const Json &json, const std::string &origin) {
    return json.contains("rules") ? ruleOptionsDescription().fromJson(json.at("rules"), origin)
                                  : RuleOptions();
}

Json members(const TrainJob &job) {
    Json json{
        {"run", toJson(job.configuration)}, {"images", toJson(job.images)}, {"rules", toJson(job.rules)}};
    if (!job.study.empty())
        json["study"] = job.study;
    return json;
}
Json members(const ResumeJob &job) {
    return {{"run", job.run}, {"options", toJson(job.options)}, {"rules", toJson(job.rules)}};
}
Json members(const EvaluateJob &job) {
    return {{"run", job.run}, {"request", toJson(job.request)}, {"images", toJson(job.images)}};
}
Json members(const EmbedJob &job) {
    return {
        {"run", job.run}, {"file", job.file.string()}, {"split", job.split}, {"images", toJson(job.images)}};
}
Json members(const ExportJob &job) {
    return {{"run", job.run}, {"format", job.format}, {"file", job.file.string()}};
}
Json members(const PreflightJob &job) {
    return {{"run", toJson(job.configuration)}, {"images", toJson(job.images)}};
}

void read(TrainJob &job, const Json &json, const std::string &origin) {
    job = {configurationFrom(json.at("run"), origin), imagesFrom(json.at("images")), rulesFrom(json, origin),
           json.value("study", std::string())};
}
void read(ResumeJob &job, const Json &json, const std::string &origin) {
    job = {json.at("run").get<std::int64_t>(), resumeOptionsFrom(json.at("options"), origin),
           rulesFrom(json, origin)};
}
void read(EvaluateJob &job, const Json &json, const std::string &origin) {
    job = {json.at("run").get<std::int64_t>(), requestFrom(json.at("request"), origin),
           imagesFrom(json.at("images"))};
}
void read(EmbedJob &job, const Json &json, const std::string &) {
    job = {json.at("run").get<std::int64_t>(), json.at("file").get<std::string>(),
           json.at("split").get<std::string>(), imagesFrom(json.at("images"))};
}
void read(ExportJob &job, const Json &json, const std::string &) {
    job = {json.at("run").get<std::int64_t>(), json.at("format").get<std::string>(),
           json.at("file").get<std::string>()};
}
void read(PreflightJob &job, const Json &json, const std::string &origin) {
    job = {configurationFrom(json.at("run"), origin), imagesFrom(json.at("images"))};
}

/// Sets `job` if `kind` is the name of this one.
template <typename Kind>
bool readIf(Job &job, const std::string &kind, const Json &json, const std::string &origin) {
    if (kind != kindName<Kind>)
        return false;
    Kind known;
    read(known, json, origin);
    job = std::move(known);
    return true;
}

template <typename... Kinds>
Job readAny(std::variant<Kinds...> *, const Json &json, const std::string &origin) {
    Job job = UnknownJob{json};
    const auto tryKind = [&]<typename Kind>(Kind *) {
        if constexpr (!std::is_same_v<Kind, UnknownJob>)
            return readIf<Kind>(job, json.at("kind").get<std::string>(), json, origin);
        else
            return false;
    };
    (tryKind(static_cast<Kinds *>(nullptr)) || ...);
    return job;
}

} // namespace

std::string nameOf(const RunConfiguration &configuration) {
    if (!configuration.name.empty())
        return configuration.name;
    return configuration.pipeline.name.empty() ? configuration.options.encoder : configuration.pipeline.name;
}

RunConfiguration withAbsolutePaths(RunConfiguration configuration) {
    std::string &weights = configuration.options.initialWeights;
    if (!weights.empty())
        weights = std::filesystem::absolute(weights).string();
    return configuration;
}

Json toJson(const Job &job) {
    return std::visit(
        [](const auto &each) -> Json {
            using Kind = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Kind, UnknownJob>) {
                return each.description;
            } else {
                Json json{{"version", version}, {"kind", kindName<Kind>}};
                json.update(members(each));
                return json;
            }
        },
        job);
}

Job jobFromJson(const Json &json, const std::string &origin) {
    return takingApart(origin, [&]() -> Job {
        if (json.at("version").get<int>() > version)
            return UnknownJob{json};
        return readAny(static_cast<Job *>(nullptr), json, origin);
    });
}

JobImages imagesOf(const Dataset &dataset) {
    return {dataset.report().source, dataset.fingerprint()};
}

TrainJob trainJob(RunConfiguration configuration, const Dataset &dataset, const RuleOptions &rules) {
    return {withAbsolutePaths(std::move(configuration)), imagesOf(dataset), rules};
}

PreflightJob preflightJob(RunConfiguration configuration, const Dataset &dataset) {
    return {withAbsolutePaths(std::move(configuration)), imagesOf(dataset)};
}

std::int64_t runOf(const Job &job) {
    return std::visit(
        [](const auto &each) -> std::int64_t {
            if constexpr (requires { each.run; })
                return each.run;
            else
                return 0;
        },
        job);
}

bool isTraining(const Job &job) {
    return std::holds_alternative<TrainJob>(job) || std::holds_alternative<ResumeJob>(job);
}

bool needsDevice(const Job &job) {
    return !std::holds_alternative<ExportJob>(job);
}

bool isKept(const Job &job) {
    return !std::holds_alternative<PreflightJob>(job);
}

} // namespace simclr
