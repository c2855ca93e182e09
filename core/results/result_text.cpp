// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result_text.h"

#include "core/options/parameter.h"

#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace simclr {

namespace {

/// A comma-separated list.
class Parts {
  public:
    void add(const std::string &part) {
        if (!part.empty())
            m_text += (m_text.empty() ? "" : ", ") + part;
    }
    const std::string &text() const { return m_text; }

  private:
    std::string m_text;
};

/// In the order in which they are listed.
constexpr std::array<std::pair<const char *, const char *>, 6> overrideNames{{
    {"epochs", "epochs"},
    {"batch", "batch"},
    {"learning_rate", "learning rate"},
    {"weight_decay", "weight decay"},
    {"momentum", "momentum"},
    {"color_strength", "colour distortion"},
}};

std::string overridesText(const std::map<std::string, double> &overrides) {
    Parts parts;
    std::map<std::string, double> others = overrides;
    for (const auto &[id, name] : overrideNames)
        if (const auto found = others.extract(id))
            parts.add(std::string(name) + " " + numberText(found.mapped()));
    for (const auto &[id, value] : others)
        parts.add(id + " " + numberText(value));
    return parts.text();
}

} // namespace

std::string protocolText(Protocol protocol) {
    switch (protocol) {
    case Protocol::Linear:
        return "linear";
    case Protocol::Knn:
        return "kNN";
    case Protocol::Online:
        return "online";
    case Protocol::LinearSgd:
        return "linear (SGD)";
    case Protocol::FineTune:
        return "fine-tuned";
    case Protocol::Supervised:
        break;
    }
    return "supervised";
}

std::string scopeDetails(const ResultKey &key) {
    Parts parts;
    parts.add(overridesText(key.scope.overrides));
    if (key.scope.trainedOn == TrainedOn::All)
        parts.add("all training images");
    parts.add(key.scope.remark);
    if (key.place.step)
        parts.add("within the epoch, at step " + std::to_string(*key.place.step));
    return parts.text();
}

std::string datasetText(const Result &result) {
    const std::string &fingerprint = result.key.scope.dataset;
    if (fingerprint.empty())
        return {};
    const std::string title = result.datasetTitle.empty() ? fingerprint.substr(0, 8) : result.datasetTitle;
    return result.isOfEarlierImages ? title + ", before they changed" : title;
}

std::string resultTitle(const Result &result) {
    const ResultScope &scope = result.key.scope;
    std::string title = protocolText(result.key.protocol);
    if (scope.features != FeatureKind::H)
        title += " on " + nameOf(scope.features);
    if (!scope.dataset.empty())
        title += " on " + datasetText(result);
    Parts more;
    if (scope.labels < 1)
        more.add(numberText(std::round(scope.labels * 1e8) / 1e6) + " % labels");
    if (scope.seed != 0)
        more.add("seed " + std::to_string(scope.seed));
    more.add(scopeDetails(result.key));
    return more.text().empty() ? title : title + " (" + more.text() + ")";
}

} // namespace simclr
