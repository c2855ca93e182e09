// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"

#include "core/augment/operation.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace simclr {

namespace {

constexpr const char *formatName = "simclr-pipeline";

Json toJson(const std::vector<PipelineStep> &steps);

Json toJson(const PipelineStep &step) {
    if (!step.isKnown()) {
        Json foreign = step.foreign;
        if (foreign.value("enabled", true) != step.enabled)
            foreign["enabled"] = step.enabled;
        return foreign;
    }
    const OperationType &type = *findOperationType(step.operation);
    Json parameters = Json::object();
    for (const Parameter &parameter : type.schema)
        parameters[parameter.id] = simclr::toJson(step.parameters.at(parameter.id));
    Json json = {{"operation", step.operation},
                 {"enabled", step.enabled},
                 {"probability", step.probability},
                 {"parameters", std::move(parameters)}};
    if (type.isCombination())
        json["steps"] = toJson(step.steps);
    return json;
}

Json toJson(const std::vector<PipelineStep> &steps) {
    Json list = Json::array();
    for (const PipelineStep &step : steps)
        list.push_back(toJson(step));
    return list;
}

void checkProbability(double probability, const std::string &owner) {
    if (!(probability >= 0 && probability <= 1))
        throw InvalidInput(owner + ": \"probability\" is " + numberText(probability) +
                           ", but must be from 0 to 1");
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

/// A misspelt key would otherwise be ignored and its value left at the default.
void refuseOtherKeys(const Json &json, std::initializer_list<std::string_view> known,
                     const std::string &owner) {
    for (const auto &[key, value] : json.items())
        if (std::ranges::find(known, key) == known.end())
            throw InvalidInput(owner + ": unknown key \"" + toValidUtf8(key) + "\"");
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

std::vector<PipelineStep> stepsFromJson(const Json &list, const std::string &owner, int depth);

PipelineStep stepFromJson(const Json &json, const std::string &owner, int depth) {
    PipelineStep step = readFrame(json, owner);
    const OperationType *type = findOperationType(step.operation);
    if (!type) {
        step.foreign = json;
        return step;
    }
    const std::string named = owner + " (" + type->title + ")";
    refuseOtherKeys(json, {"operation", "enabled", "probability", "parameters", "steps"}, named);
    if (!json.contains("probability"))
        step.probability = type->initialProbability;
    step.parameters = initialValues(type->schema);
    if (json.contains("parameters"))
        readParameters(json["parameters"], *type, named, step.parameters);
    if (json.contains("steps")) {
        if (!type->isCombination())
            throw InvalidInput(named + " has no steps of its own");
        step.steps = stepsFromJson(json["steps"], named, depth + 1);
    }
    return step;
}

std::vector<PipelineStep> stepsFromJson(const Json &list, const std::string &owner, int depth) {
    if (!list.is_array())
        throw InvalidInput(owner + ": \"steps\" must be a list");
    if (depth > Pipeline::deepest)
        throw InvalidInput(owner + " is nested too deeply: combinations can be nested at most " +
                           std::to_string(Pipeline::deepest) + " deep");
    std::vector<PipelineStep> steps;
    for (const Json &step : list)
        steps.push_back(stepFromJson(step, owner + ", step " + std::to_string(steps.size() + 1), depth));
    return steps;
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

void checkSteps(const std::vector<PipelineStep> &steps, const std::string &owner);

void checkStep(const PipelineStep &step, const std::string &owner) {
    const OperationType *type = findOperationType(step.operation);
    if (!type)
        throw InvalidInput(owner + ": unknown operation \"" + toValidUtf8(step.operation) +
                           "\"; switch it off or remove it");
    checkProbability(step.probability, owner);
    const std::string named = owner + " (" + type->title + ")";
    for (const Parameter &parameter : type->schema) {
        const auto value = step.parameters.find(parameter.id);
        if (value == step.parameters.end())
            throw InvalidInput(named + " has no value for \"" + parameter.id + "\"");
        checkValue(parameter, value->second, named);
    }
    checkSteps(step.steps, named);
}

void checkSteps(const std::vector<PipelineStep> &steps, const std::string &owner) {
    int number = 0;
    for (const PipelineStep &step : steps) {
        ++number;
        if (step.enabled)
            checkStep(step, owner + ", step " + std::to_string(number));
    }
}

/// A disabled step changes nothing; neither does an empty combination.
bool mayChange(const std::vector<PipelineStep> &steps) {
    return std::ranges::any_of(steps, [](const PipelineStep &step) {
        const OperationType *type = findOperationType(step.operation);
        const bool combines = type != nullptr && type->isCombination();
        return step.enabled && step.probability > 0 && (!combines || mayChange(step.steps));
    });
}

bool uses(const std::vector<PipelineStep> &steps, const std::string &operation) {
    return std::ranges::any_of(steps, [&](const PipelineStep &step) {
        return step.enabled && step.probability > 0 &&
               (step.operation == operation || uses(step.steps, operation));
    });
}

bool combines(const std::vector<PipelineStep> &steps) {
    return std::ranges::any_of(steps, [](const PipelineStep &step) {
        const OperationType *type = findOperationType(step.operation);
        return type != nullptr && type->isCombination();
    });
}

/// The oldest version that can read it.
int neededVersion(const Pipeline &pipeline) {
    return pipeline.secondSteps || combines(pipeline.steps) ? 2 : 1;
}

} // namespace

PipelineStep makeStep(const std::string &operation) {
    const OperationType *type = findOperationType(operation);
    if (!type)
        throw InvalidInput("unknown operation \"" + operation + "\"");
    return {operation, true, type->initialProbability, initialValues(type->schema)};
}

Json toJson(const Pipeline &pipeline) {
    Json json = {{"format", formatName},
                 {"version", neededVersion(pipeline)},
                 {"name", pipeline.name},
                 {"steps", toJson(pipeline.steps)}};
    if (pipeline.secondSteps)
        json["second_view_steps"] = toJson(*pipeline.secondSteps);
    return json;
}

Pipeline pipelineFromJson(const Json &json, const std::string &origin) {
    checkVersion(json, origin);
    refuseOtherKeys(json, {"format", "version", "name", "steps", "second_view_steps"}, origin);
    Pipeline pipeline;
    if (json.contains("name")) {
        if (!json["name"].is_string())
            throw InvalidInput(origin + ": \"name\" must be a text");
        pipeline.name = json["name"].get<std::string>();
    }
    pipeline.steps = stepsFromJson(json["steps"], origin, 0);
    if (json.contains("second_view_steps"))
        pipeline.secondSteps = stepsFromJson(json["second_view_steps"], origin + ", second view", 0);
    return pipeline;
}

Pipeline readPipeline(const std::filesystem::path &path, FileKinds kinds) {
    Pipeline pipeline = pipelineFromJson(readJsonFile(path, kinds), displayName(path));
    if (pipeline.name.empty())
        pipeline.name = displayName(path.stem());
    return pipeline;
}

void writePipeline(const Pipeline &pipeline, const std::filesystem::path &path) {
    writeFileAtomically(path, toText(toJson(pipeline)) + "\n");
}

void checkPipeline(const Pipeline &pipeline, const std::string &origin) {
    const std::string owner = origin.empty() ? "pipeline \"" + pipeline.name + "\"" : origin;
    checkSteps(pipeline.steps, owner);
    if (pipeline.secondSteps)
        checkSteps(*pipeline.secondSteps, owner + ", second view");
}

bool uses(const Pipeline &pipeline, const std::string &operation) {
    return uses(pipeline.stepsOf(0), operation) || uses(pipeline.stepsOf(1), operation);
}

bool changesImages(const Pipeline &pipeline) {
    return mayChange(pipeline.stepsOf(0)) || mayChange(pipeline.stepsOf(1));
}

} // namespace simclr
