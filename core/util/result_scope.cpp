// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/result_scope.h"

#include "core/util/parameter.h"

#include <array>
#include <cmath>
#include <utility>

namespace simclr {

namespace {

std::string protocolName(const std::string &protocol) {
    static const std::array<std::pair<std::string, std::string>, 3> names{{
        {"linear_sgd", "linear (SGD)"},
        {"fine_tune", "fine-tuned"},
        {"knn", "kNN"},
    }};
    for (const auto &[id, name] : names)
        if (id == protocol)
            return name;
    return protocol;
}

} // namespace

std::string resultTitle(const std::string &protocol, const ResultScope &scope) {
    std::string title = protocolName(protocol);
    if (scope.features != "h")
        title += " on " + scope.features;
    if (!scope.dataset.empty())
        title += " on " + (scope.datasetTitle.empty() ? scope.dataset.substr(0, 8) : scope.datasetTitle);
    std::string more;
    const auto add = [&](const std::string &text) { more += (more.empty() ? "" : ", ") + text; };
    if (scope.labels < 1)
        add(numberText(std::round(scope.labels * 1e8) / 1e6) + " % labels");
    if (scope.seed != 0)
        add("seed " + std::to_string(scope.seed));
    if (!scope.options.empty())
        add(scope.options);
    return more.empty() ? title : title + " (" + more + ")";
}

} // namespace simclr
