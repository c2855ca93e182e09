// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"

#include "core/augment/operation.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <cmath>

namespace simclr {

namespace {

constexpr const char *formatName = "simclr-pipeline";

Json toJson(const PipelineStep &step) {
    if (!step.isKnown()) {
        Json foreign = step.foreign;
        if (foreign.value("enabled", true) != step.enabled)
            foreign["enabled"] = step.enabled;
        return foreign;
    }
    Json parameters = Json::object();
    for (const Parameter &parameter : findOperationType(step.operation)->schema)
        parameters[parameter.id] = simclr::toJson(step.parameters.at(parameter.id));
    return {{"operation", step.operation},
            {"enabled", step.enabled},
            {"probability", step.probability},
            {"parameters", std::move(parameters)}};
}

void checkProbability(double probability, const std::string &owner) {
    if (!(probability >= 0 && probability <= 1))
        throw InvalidInput(owner + ": \"probability\" is " + numberText(probability) +
                           ", but must lie from 0 to 1");
}

void readParameters(const Json &json, const OperationType &type, const std::string &owner,
                    Values &parameters) {
    if (!json.is_object())
        throw InvalidInput(owner + ": \"parameters\" must be a JSON object");
    for (const auto &[id, item] : json.items()) {
        const Parameter *parameter = find(type.schema, id);
        if (!parameter)
            throw InvalidInput(owner + " has no parameter \"" + toValidUtf8(id) + "\"");
        parameters[id] = valueFromJson(*parameter, item, owner);
    }
}

/// The part of a step that known and unknown operations share.
PipelineStep readFrame(const Json &json, const std::string &owner) {
    if (!json.is_object() || !json.contains("operation") || !json["operation"].is_string())
        throw InvalidInput(owner + " must be a JSON object with an \"operation\" text");
    PipelineStep step;
    step.operation = json["operation"].get<std::string>();
    if (json.contains("enabled")) {
        if (!json["enabled"].is_boolean())
            throw InvalidInput(owner + ": \"enabled\" must be true or false");
        step.enabled = json["enabled"].get<bool>();
    }
    if (json.contains("probability")) {
        if (!json["probability"].is_number())
            throw InvalidInput(owner + ": \"probability\" must be a number from 0 to 1");
        step.probability = json["probability"].get<double>();
        checkProbability(step.probability, owner);
    }
    return step;
}

PipelineStep stepFromJson(const Json &json, const std::string &owner) {
    PipelineStep step = readFrame(json, owner);
    const OperationType *type = findOperationType(step.operation);
    if (!type) {
        step.foreign = json;
        return step;
    }
    if (!json.contains("probability"))
        step.probability = type->initialProbability;
    step.parameters = initialValues(type->schema);
    if (json.contains("parameters"))
        readParameters(json["parameters"], *type, owner + " (" + type->title + ")", step.parameters);
    return step;
}

void checkVersion(const Json &json, const std::string &origin) {
    if (!json.is_object() || !json.contains("steps") || !json["steps"].is_array())
        throw InvalidInput(origin + " is not a pipeline: it must be a JSON object with a list of \"steps\"");
    const Json version = json.value("version", Json(Pipeline::formatVersion));
    if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
        throw InvalidInput(origin + ": \"version\" must be a whole number from 1");
    if (version.get<std::int64_t>() > Pipeline::formatVersion)
        throw InvalidInput(origin + " was written by a newer version of this program (pipeline version " +
                           version.dump() + ", this program reads up to " +
                           std::to_string(Pipeline::formatVersion) + ")");
}

} // namespace

PipelineStep makeStep(const std::string &operation) {
    const OperationType *type = findOperationType(operation);
    if (!type)
        throw InvalidInput("there is no operation \"" + operation + "\"");
    return {operation, true, type->initialProbability, initialValues(type->schema), nullptr};
}

Json toJson(const Pipeline &pipeline) {
    Json steps = Json::array();
    for (const PipelineStep &step : pipeline.steps)
        steps.push_back(toJson(step));
    return {{"format", formatName},
            {"version", Pipeline::formatVersion},
            {"name", pipeline.name},
            {"steps", std::move(steps)}};
}

Pipeline pipelineFromJson(const Json &json, const std::string &origin) {
    checkVersion(json, origin);
    Pipeline pipeline;
    if (json.contains("name")) {
        if (!json["name"].is_string())
            throw InvalidInput(origin + ": \"name\" must be a text");
        pipeline.name = json["name"].get<std::string>();
    }
    int number = 0;
    for (const Json &step : json["steps"])
        pipeline.steps.push_back(stepFromJson(step, origin + ", step " + std::to_string(++number)));
    return pipeline;
}

Pipeline readPipeline(const std::filesystem::path &path) {
    Pipeline pipeline = pipelineFromJson(readJsonFile(path), displayName(path));
    if (pipeline.name.empty())
        pipeline.name = displayName(path.stem());
    return pipeline;
}

void writePipeline(const Pipeline &pipeline, const std::filesystem::path &path) {
    writeFileAtomically(path, toText(toJson(pipeline)) + "\n");
}

void checkPipeline(const Pipeline &pipeline) {
    int number = 0;
    for (const PipelineStep &step : pipeline.steps) {
        const std::string owner = "pipeline \"" + pipeline.name + "\", step " + std::to_string(++number);
        if (!step.enabled)
            continue;
        const OperationType *type = findOperationType(step.operation);
        if (!type)
            throw InvalidInput(owner + ": this version does not know the operation \"" +
                               toValidUtf8(step.operation) + "\"; switch it off or remove it");
        checkProbability(step.probability, owner);
        for (const Parameter &parameter : type->schema) {
            const auto value = step.parameters.find(parameter.id);
            if (value == step.parameters.end())
                throw InvalidInput(owner + " (" + type->title + ") lacks \"" + parameter.id + "\"");
            checkValue(parameter, value->second, owner + " (" + type->title + ")");
        }
    }
}

bool changesPictures(const Pipeline &pipeline) {
    return std::ranges::any_of(pipeline.steps,
                               [](const PipelineStep &step) { return step.enabled && step.probability > 0; });
}

} // namespace simclr
