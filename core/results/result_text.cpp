// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result_text.h"

#include "core/results/result_messages.h"
#include "core/util/message_lists.h"

#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace simclr {

namespace {

using Parts = std::vector<MessageArgument>;

/// In the order in which they are listed.
constexpr std::array<std::pair<const char *, Message (*)(double)>, 6> overrideMessages{{
    {"epochs", [](double value) { return resultMessage("epochs", value); }},
    {"batch", [](double value) { return resultMessage("batch", value); }},
    {"learning_rate", [](double value) { return resultMessage("learning_rate", value); }},
    {"weight_decay", [](double value) { return resultMessage("weight_decay", value); }},
    {"momentum", [](double value) { return resultMessage("momentum", value); }},
    {"color_strength", [](double value) { return resultMessage("color_strength", value); }},
}};

void addOverrides(const std::map<std::string, double> &overrides, Parts &parts) {
    std::map<std::string, double> others = overrides;
    for (const auto &[id, messageOf] : overrideMessages)
        if (const auto found = others.extract(id))
            parts.emplace_back(messageOf(found.mapped()));
    for (const auto &[id, value] : others)
        parts.emplace_back(resultMessage("other_option", id, value));
}

void addDetails(const ResultKey &key, Parts &parts) {
    addOverrides(key.scope.overrides, parts);
    if (key.scope.trainedOn == TrainedOn::All)
        parts.emplace_back(resultMessage("all_images"));
    if (!key.scope.remark.empty())
        parts.emplace_back(key.scope.remark);
    if (key.place.step)
        parts.emplace_back(resultMessage("within_epoch", *key.place.step));
}

/// Of a result on other images than the run's own.
MessageArgument datasetOf(const Result &result) {
    const std::string title =
        result.datasetTitle.empty() ? result.key.scope.dataset.substr(0, 8) : result.datasetTitle;
    return result.isOfEarlierImages ? MessageArgument(resultMessage("earlier_images", title)) : title;
}

} // namespace

Message protocolMessage(Protocol protocol) {
    switch (protocol) {
    case Protocol::Linear:
        return resultMessage("linear");
    case Protocol::Knn:
        return resultMessage("knn");
    case Protocol::Online:
        return resultMessage("online");
    case Protocol::LinearSgd:
        return resultMessage("linear_sgd");
    case Protocol::FineTune:
        return resultMessage("fine_tune");
    case Protocol::Supervised:
        break;
    }
    return resultMessage("supervised");
}

std::string scopeDetails(const ResultKey &key) {
    Parts parts;
    addDetails(key, parts);
    return MessageWriter().write(listed(parts));
}

std::string datasetText(const Result &result) {
    return result.key.scope.dataset.empty() ? std::string() : MessageWriter().write(datasetOf(result));
}

Message titleOf(const Result &result) {
    const ResultScope &scope = result.key.scope;
    Message title = protocolMessage(result.key.protocol);
    if (scope.features != FeatureKind::H)
        title = resultMessage("on", title, nameOf(scope.features));
    if (!scope.dataset.empty())
        title = resultMessage("on", title, datasetOf(result));
    Parts parts;
    if (scope.labels < 1)
        parts.emplace_back(resultMessage("labels", std::round(scope.labels * 1e8) / 1e6));
    if (scope.seed != 0)
        parts.emplace_back(resultMessage("seed", std::to_string(scope.seed)));
    addDetails(result.key, parts);
    return parts.empty() ? title : resultMessage("with_details", title, listed(parts));
}

std::string resultTitle(const Result &result) {
    return toText(titleOf(result));
}

} // namespace simclr
