// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/encoder_names.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace simclr {

namespace {

constexpr std::string_view firstBlock = ".0.conv1.weight"; ///< of a stage

/// Largest layer number that is read; no network is deeper.
constexpr int largestPlace = 999;

/// Prefixes may nest, and each is compared with all names below it.
constexpr std::size_t longestPrefix = 200;

/// The number at the start of a name, 4 in "4.0.conv1.weight"; nothing if there is none.
std::optional<int> placeAtStart(std::string_view name) {
    int place = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), place);
    const bool isNumber = read.ec == std::errc() && place >= 0 && place <= largestPlace &&
                          (read.ptr == name.data() + name.size() || *read.ptr == '.');
    return isNumber ? std::optional(place) : std::nullopt;
}

/// The part up to and including the last dot, and the part after it.
std::pair<std::string_view, std::string_view> splitLast(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
    return {name.substr(0, begin), name.substr(begin)};
}

/// A ResNet whose layers are named by numbers.
struct NumberedResNet {
    std::string prefix;     ///< prefix of its stage numbers
    std::string stemPrefix; ///< before those of conv1 and bn1
    std::set<int> stages;

    /// torchvision's name for the rest after the prefix; nothing if it belongs to no layer.
    std::optional<std::string> translated(std::string_view name) const {
        const std::string_view stem = std::string_view(stemPrefix).substr(prefix.size());
        if (name.starts_with(stem)) {
            const std::string_view rest = name.substr(stem.size());
            for (const auto &[place, layer] : {std::pair("0.", "conv1."), std::pair("1.", "bn1.")})
                if (rest.starts_with(place))
                    return layer + std::string(rest.substr(2));
        }
        const auto place = placeAtStart(name);
        if (!place || !stages.contains(*place))
            return std::nullopt;
        return "layer" + std::to_string(1 + *place - *stages.begin()) +
               std::string(name.substr(name.find('.')));
    }
};

/// Calls visit(rest) for each name with this prefix, without it.
template <typename Visit>
void visitBelow(const NamedTensors &tensors, const std::string &prefix, Visit visit) {
    for (auto item = tensors.lower_bound(prefix); item != tensors.end() && item->first.starts_with(prefix);
         ++item)
        visit(std::string_view(item->first).substr(prefix.size()));
}

/// Whether only 0 and 1 have weights below `prefix` before number `end`: a stem with more layers is another
/// architecture.
bool hasPlainStem(const NamedTensors &tensors, const std::string &prefix, int end) {
    bool isPlain = tensors.contains(prefix + "0.weight") && tensors.contains(prefix + "1.running_mean");
    visitBelow(tensors, prefix, [&](std::string_view rest) {
        const auto place = placeAtStart(rest);
        isPlain = isPlain && !(place && *place > 1 && *place < end);
    });
    return isPlain;
}

bool areConsecutive(const std::set<int> &numbers) {
    return *numbers.rbegin() - *numbers.begin() == static_cast<int>(numbers.size()) - 1;
}

/// The ResNet whose stages have these numbers after `prefix`.
std::optional<NumberedResNet> numberedResNet(const NamedTensors &tensors, const std::string &prefix,
                                             const std::set<int> &stages) {
    if (!areConsecutive(stages) || tensors.contains(prefix + "conv1.weight"))
        return std::nullopt;
    const int first = *stages.begin();
    if (first > 1 && hasPlainStem(tensors, prefix, first))
        return NumberedResNet{prefix, prefix, stages};
    const std::string own = prefix + "0.";
    if (first >= 1 && first <= 3 && hasPlainStem(tensors, own, largestPlace))
        return NumberedResNet{prefix, own, stages};
    return std::nullopt;
}

std::vector<NumberedResNet> numberedResNets(const NamedTensors &tensors) {
    std::map<std::string, std::set<int>> stages;
    for (const auto &[name, tensor] : tensors) {
        if (!name.ends_with(firstBlock))
            continue;
        const auto [prefix, last] =
            splitLast(std::string_view(name).substr(0, name.size() - firstBlock.size()));
        const auto place = placeAtStart(last);
        if (place && prefix.size() <= longestPrefix)
            stages[std::string(prefix)].insert(*place);
    }
    std::vector<NumberedResNet> found;
    for (const auto &[prefix, numbers] : stages)
        if (auto resNet = numberedResNet(tensors, prefix, numbers))
            found.push_back(std::move(*resNet));
    return found;
}

/// "layer2.0.shortcut.1.weight" → "layer2.0.downsample.1.weight".
std::string withDownsample(const std::string &name) {
    constexpr std::string_view other = ".shortcut.";
    const std::size_t at = name.find(other);
    const std::size_t layer = at == std::string::npos ? at : name.rfind("layer", at);
    if (layer == std::string::npos || (layer > 0 && name[layer - 1] != '.'))
        return name;
    return name.substr(0, at) + ".downsample." + name.substr(at + other.size());
}

} // namespace

NamedTensors withTorchvisionNames(const NamedTensors &tensors) {
    NamedTensors named = tensors;
    for (const NumberedResNet &resNet : numberedResNets(tensors))
        visitBelow(tensors, resNet.prefix, [&](std::string_view rest) {
            if (const auto name = resNet.translated(rest)) {
                auto node = named.extract(resNet.prefix + std::string(rest));
                if (node.empty()) // an enclosing network has renamed it already
                    return;
                node.key() = resNet.prefix + *name;
                named.insert(std::move(node));
            }
        });
    NamedTensors renamed;
    for (auto &[name, tensor] : named)
        renamed.emplace(withDownsample(name), tensor);
    return renamed;
}

} // namespace simclr
