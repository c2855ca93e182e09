// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/agreement.h"

#include "core/util/error.h"

#include <algorithm>
#include <unordered_map>

namespace simclr {

namespace {

/// Calls visit(sample, label, predicted by the first, by the second) for each common image, in the order of
/// `second`.
template <typename Visit>
void forEachCommon(const Predictions &first, const Predictions &second, Visit visit) {
    std::unordered_map<std::int32_t, std::size_t> places;
    for (std::size_t i = 0; i < first.samples.size(); ++i)
        places.emplace(first.samples[i], i);
    for (std::size_t i = 0; i < second.samples.size(); ++i) {
        const auto place = places.find(second.samples[i]);
        if (place == places.end())
            continue;
        if (first.labels[place->second] != second.labels[i])
            throw InvalidInput("the predictions belong to different images: sample " +
                               std::to_string(second.samples[i]) + " has two labels");
        visit(second.samples[i], second.labels[i], first.predicted[place->second], second.predicted[i]);
    }
}

} // namespace

std::optional<double> Agreement::share() const {
    return common == 0 ? std::nullopt
                       : std::optional(static_cast<double>(same) / static_cast<double>(common));
}

Agreement agreement(const Predictions &first, const Predictions &second) {
    Agreement result;
    forEachCommon(first, second, [&](std::int32_t, std::int32_t label, std::int32_t one, std::int32_t other) {
        ++result.common;
        result.same += one == other ? 1 : 0;
        result.bothRight += one == label && other == label ? 1 : 0;
        result.bothWrong += one != label && other != label ? 1 : 0;
        result.firstOnly += one == label && other != label ? 1 : 0;
        result.secondOnly += one != label && other == label ? 1 : 0;
    });
    return result;
}

std::vector<Agreement> agreementMatrix(std::span<const Predictions> evaluations) {
    std::vector<Agreement> matrix;
    for (const Predictions &first : evaluations)
        for (const Predictions &second : evaluations)
            matrix.push_back(agreement(first, second));
    return matrix;
}

std::vector<std::int32_t> rightInFirstOnly(const Predictions &right, const Predictions &wrong) {
    std::vector<std::int32_t> samples;
    forEachCommon(right, wrong,
                  [&](std::int32_t sample, std::int32_t label, std::int32_t one, std::int32_t other) {
                      if (one == label && other != label)
                          samples.push_back(sample);
                  });
    std::ranges::sort(samples);
    return samples;
}

} // namespace simclr
