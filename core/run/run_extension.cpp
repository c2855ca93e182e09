// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_extension.h"

#include "core/util/error.h"

#include <map>

namespace simclr {

namespace {

/// Options with the reason why they must not change; nullptr for those that may change. An option that is not
/// listed must not change.
const std::map<std::string, const char *> &reasons() {
    constexpr const char *architecture = "the weights of the checkpoint have this architecture";
    constexpr const char *head = "the projection head of the checkpoint has these layers";
    constexpr const char *start = "it determines the initial weights, and training has started";
    constexpr const char *images =
        "it determines the training images, and validation or test images could become training images";
    constexpr const char *loss = "the loss curve would mix two quantities";
    constexpr const char *mayChange = nullptr;
    static const std::map<std::string, const char *> all{
        {"encoder", architecture},
        {"width", architecture},
        {"stem", architecture},
        {"initial_weights", start},
        {"zero_init_residual", start},
        {"head", head},
        {"head_hidden_layers", head},
        {"head_output", head},
        {"head_batch_norm", head},
        {"image_size", "the views of the steps so far have this size"},
        {"batch", "it determines the steps per epoch"},
        {"train_images", images},
        {"learn_from_labelled", images},
        {"validation_fraction", images},
        {"test_fraction", images},
        {"seed", "it determines the order of the images and their split"},
        {"loss", loss},
        {"temperature", loss},
        {"normalise", loss},
        {"semi_hard", loss},
        {"margin", loss},
        {"optimiser", "the checkpoint contains the state of this optimiser"},
        {"online_probe", "the probe is trained from the first step on"},
        {"chunk", mayChange},
        {"epochs", mayChange},
        {"learning_rate", mayChange},
        {"learning_rate_scaling", mayChange},
        {"schedule", mayChange},
        {"momentum", mayChange},
        {"nesterov", mayChange},
        {"weight_decay", mayChange},
        {"warmup_epochs", mayChange},
        {"clip_norm", mayChange},
        {"evaluate_every", mayChange},
        {"evaluation_images", mayChange},
        {"knn_neighbours", mayChange},
        {"diagnostics", mayChange},
        {"device", mayChange},
        {"precision", mayChange},
        {"threads", mayChange},
        {"loader_threads", mayChange},
        {"checkpoint_every", mayChange},
        {"checkpoint_minutes", mayChange},
        {"keep_checkpoints", mayChange},
    };
    return all;
}

void requireChangeable(const RunRecord &run, const std::string &option) {
    const std::string reason = reasonToKeep(option);
    if (!reason.empty())
        throw InvalidInput(option + " cannot change when run " + std::to_string(run.id) +
                           " is resumed: " + reason +
                           "; a new run can start from its weights (simclr export, then simclr train --set "
                           "initial_weights=FILE)");
}

} // namespace

std::string reasonToKeep(const std::string &option) {
    const auto known = reasons().find(option);
    if (known == reasons().end())
        return "the steps so far were taken with it";
    return known->second == nullptr ? std::string() : known->second;
}

Schema changeableOptions() {
    Schema schema;
    for (const Parameter &parameter : trainOptionsDescription().schema())
        if (reasonToKeep(parameter.id).empty())
            schema.push_back(parameter);
    return schema;
}

RunConfiguration resumedConfiguration(const RunRecord &run, const ResumeOptions &resume) {
    RunConfiguration configuration = configurationOf(run, resume.device);
    const auto &description = trainOptionsDescription();
    const Values own = description.read(configuration.options);
    for (const auto &[option, value] : resume.changes) {
        if (value != own.at(description.parameter(option, "resume").id))
            requireChangeable(run, option);
        description.write(configuration.options, option, value, "resume");
    }
    if (!resume.name.empty())
        configuration.name = resume.name;
    return configuration;
}

Json changesOf(const RunRecord &run, const ResumeOptions &resume) {
    const auto &description = trainOptionsDescription();
    const Values before = description.read(configurationOf(run, resume.device).options);
    Json changes = Json::object();
    for (const auto &[option, value] : description.read(resumedConfiguration(run, resume).options))
        if (before.at(option) != value)
            changes[option] = {toJson(before.at(option)), toJson(value)};
    return changes;
}

} // namespace simclr
