// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/agreement.h"

#include "core/util/error.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

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

std::optional<double> Agreement::kappa() const {
    const std::optional<double> agreed = share();
    if (!agreed || byChance >= 1)
        return std::nullopt;
    return (*agreed - byChance) / (1 - byChance);
}

namespace {

/// How often two evaluations predict each class.
class ClassCounts {
  public:
    void add(std::int32_t first, std::int32_t second) {
        ++m_counts[first].first;
        ++m_counts[second].second;
    }
    double agreementByChance(std::size_t images) const {
        double sum = 0;
        for (const auto &[label, counts] : m_counts)
            sum += static_cast<double>(counts.first) * static_cast<double>(counts.second);
        const auto count = static_cast<double>(images);
        return images == 0 ? 0 : sum / (count * count);
    }

  private:
    std::unordered_map<std::int32_t, std::pair<std::size_t, std::size_t>> m_counts;
};

} // namespace

Agreement agreement(const Predictions &first, const Predictions &second) {
    Agreement result;
    ClassCounts counts;
    forEachCommon(first, second, [&](std::int32_t, std::int32_t label, std::int32_t one, std::int32_t other) {
        ++result.common;
        counts.add(one, other);
        result.same += one == other ? 1 : 0;
        result.bothRight += one == label && other == label ? 1 : 0;
        result.bothWrong += one != label && other != label ? 1 : 0;
        result.firstOnly += one == label && other != label ? 1 : 0;
        result.secondOnly += one != label && other == label ? 1 : 0;
    });
    result.byChance = counts.agreementByChance(result.common);
    return result;
}

std::vector<Agreement> agreementMatrix(std::span<const Predictions> evaluations,
                                       const std::function<bool(std::size_t, std::size_t)> &isWanted) {
    const std::size_t count = evaluations.size();
    std::vector<Agreement> matrix(count * count);
    for (std::size_t row = 0; row < count; ++row)
        for (std::size_t column = row; column < count; ++column) {
            if (isWanted && !isWanted(row, column))
                continue;
            Agreement each = agreement(evaluations[row], evaluations[column]);
            matrix[row * count + column] = each;
            std::swap(each.firstOnly, each.secondOnly);
            matrix[column * count + row] = each;
        }
    return matrix;
}

namespace {

using Cluster = std::vector<std::size_t>;

double averageAgreement(const Cluster &one, const Cluster &other, std::span<const Agreement> matrix,
                        std::size_t count) {
    double sum = 0;
    for (const std::size_t i : one)
        for (const std::size_t j : other)
            sum += matrix[i * count + j].share().value_or(0);
    return sum / static_cast<double>(one.size() * other.size());
}

} // namespace

std::vector<std::size_t> orderByAgreement(std::span<const Agreement> matrix) {
    const auto count = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(matrix.size()))));
    std::vector<Cluster> clusters;
    for (std::size_t i = 0; i < count; ++i)
        clusters.push_back({i});
    while (clusters.size() > 1) {
        std::pair<std::size_t, std::size_t> best{0, 1};
        double most = -1;
        for (std::size_t i = 0; i < clusters.size(); ++i)
            for (std::size_t j = i + 1; j < clusters.size(); ++j)
                if (const double each = averageAgreement(clusters[i], clusters[j], matrix, count);
                    each > most) {
                    most = each;
                    best = {i, j};
                }
        Cluster &into = clusters[best.first];
        into.insert(into.end(), clusters[best.second].begin(), clusters[best.second].end());
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(best.second));
    }
    return clusters.empty() ? Cluster() : clusters.front();
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
