// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/legacy_results.h"

#include "core/util/error.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace simclr {

namespace {

// Frozen: these are the texts of earlier versions, independent of today's texts.
constexpr std::string_view beforeChange = ", before they changed";
constexpr std::string_view withinEpoch = "within the epoch, at step ";
constexpr std::string_view allTrainingImages = "all training images";
constexpr std::array<std::pair<std::string_view, const char *>, 6> overrideWords{{
    {"epochs ", "epochs"},
    {"batch ", "batch"},
    {"learning rate ", "learning_rate"},
    {"weight decay ", "weight_decay"},
    {"momentum ", "momentum"},
    {"colour distortion ", "color_strength"},
}};

template <typename Number>
std::optional<Number> numberIn(std::string_view text) {
    Number number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool takeOverride(std::string_view part, ResultScope &scope) {
    for (const auto &[words, id] : overrideWords) {
        if (!part.starts_with(words))
            continue;
        const auto value = numberIn<double>(part.substr(words.size()));
        if (value && std::isfinite(*value))
            return scope.overrides.emplace(id, *value).second;
    }
    return false;
}

void takePart(std::string_view part, ResultScope &scope) {
    if (part == allTrainingImages)
        scope.trainedOn = TrainedOn::All;
    else if (!part.empty() && !takeOverride(part, scope))
        scope.remark += (scope.remark.empty() ? "" : ", ") + std::string(part);
}

/// Always at the end; returns what is before it.
std::string_view takeStep(std::string_view text, Place &place) {
    const std::size_t at = text.rfind(withinEpoch);
    if (at == std::string_view::npos)
        return text;
    const auto step = numberIn<std::int64_t>(text.substr(at + withinEpoch.size()));
    if (!step)
        return text;
    place.step = *step;
    return text.substr(0, at);
}

void takeOptions(const std::string &options, ResultKey &key) {
    constexpr std::string_view separator = ", ";
    std::string_view rest = takeStep(options, key.place);
    while (!rest.empty()) {
        const std::size_t end = rest.find(separator);
        takePart(rest.substr(0, end), key.scope);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + separator.size());
    }
}

} // namespace

Result fromLegacy(const LegacyResult &legacy) {
    Result result;
    result.key.protocol = protocolFromName(legacy.protocol);
    result.key.split = splitFromName(legacy.split);
    result.key.place.epoch = legacy.epoch;
    result.key.scope.features = featureKindFromName(legacy.features);
    if (!(legacy.labels > 0 && legacy.labels <= 1))
        throw InvalidInput("a label fraction is not in (0, 1]");
    result.key.scope.labels = legacy.labels;
    result.key.scope.seed = legacy.seed;
    result.key.scope.dataset = legacy.dataset;
    takeOptions(legacy.options, result.key);
    result.datasetTitle = legacy.datasetTitle;
    if (!legacy.dataset.empty() && legacy.datasetTitle.ends_with(beforeChange)) {
        result.isOfEarlierImages = true;
        result.datasetTitle.resize(legacy.datasetTitle.size() - beforeChange.size());
    }
    return result;
}

} // namespace simclr
