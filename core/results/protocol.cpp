// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/protocol.h"

#include "core/util/error.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

template <typename Choice>
struct Named {
    Choice value;
    std::string name;
};

const std::array protocols{
    Named<Protocol>{Protocol::Linear, "linear"},      Named<Protocol>{Protocol::Knn, "knn"},
    Named<Protocol>{Protocol::Online, "online"},      Named<Protocol>{Protocol::LinearSgd, "linear_sgd"},
    Named<Protocol>{Protocol::FineTune, "fine_tune"}, Named<Protocol>{Protocol::Supervised, "supervised"},
};
const std::array splits{Named<Split>{Split::Validation, "validation"}, Named<Split>{Split::Test, "test"}};
const std::array features{Named<FeatureKind>{FeatureKind::H, "h"}, Named<FeatureKind>{FeatureKind::Z, "z"}};

template <typename Choices, typename Choice>
const std::string &nameIn(const Choices &choices, Choice value) {
    return std::ranges::find(choices, value, &Named<Choice>::value)->name;
}

template <typename Choices>
auto valueIn(const Choices &choices, const std::string &name, const char *what) {
    std::string all;
    for (const auto &choice : choices) {
        if (choice.name == name)
            return choice.value;
        all += (all.empty() ? "" : ", ") + choice.name;
    }
    throw InvalidInput(std::string("unknown ") + what + " \"" + name + "\"; known names: " + all);
}

} // namespace

const std::string &nameOf(Protocol protocol) {
    return nameIn(protocols, protocol);
}

const std::string &nameOf(Split split) {
    return nameIn(splits, split);
}

const std::string &nameOf(FeatureKind kind) {
    return nameIn(features, kind);
}

Protocol protocolFromName(const std::string &name) {
    return valueIn(protocols, name, "protocol");
}

Split splitFromName(const std::string &name) {
    return valueIn(splits, name, "split");
}

FeatureKind featureKindFromName(const std::string &name) {
    return valueIn(features, name, "kind of features");
}

bool usesFrozenFeatures(Protocol protocol) {
    return protocol == Protocol::Linear || protocol == Protocol::Knn;
}

bool trainsEncoder(Protocol protocol) {
    return protocol == Protocol::FineTune || protocol == Protocol::Supervised;
}

} // namespace simclr
