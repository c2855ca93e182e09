// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/quality_ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace simclr {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

constexpr std::array accuracyKinds{
    AccuracyKind{Protocol::Linear, Split::Test}, AccuracyKind{Protocol::Linear, Split::Validation},
    AccuracyKind{Protocol::Knn, Split::Test}, AccuracyKind{Protocol::Knn, Split::Validation}};

} // namespace

const std::string &nameOf(QualityMeasure measure) {
    static const std::array<std::string, allQualityMeasures.size()> names{"rankme", "alpha_req", "alignment",
                                                                          "uniformity"};
    return names[static_cast<std::size_t>(measure)];
}

std::optional<double> valueOf(QualityMeasure measure, const MeasuredQuality &measured) {
    switch (measure) {
    case QualityMeasure::RankMe:
        return measured.quality.rankMe;
    case QualityMeasure::AlphaReq:
        return measured.quality.alphaReq;
    case QualityMeasure::Alignment:
        return measured.alignment;
    case QualityMeasure::Uniformity:
        break;
    }
    return measured.quality.uniformity;
}

double goodness(QualityMeasure measure, double value) {
    switch (measure) {
    case QualityMeasure::RankMe:
        return value;
    case QualityMeasure::AlphaReq:
        return -std::abs(value - 1);
    case QualityMeasure::Alignment:
    case QualityMeasure::Uniformity:
        break;
    }
    return -value;
}

RankCorrelation rankingBy(QualityMeasure measure, std::span<const MeasuredQuality> encoders,
                          std::span<const std::optional<double>> accuracies) {
    std::vector<double> ranks;
    std::vector<double> known;
    for (std::size_t i = 0; i < encoders.size(); ++i) {
        const auto value = valueOf(measure, encoders[i]);
        ranks.push_back(value ? goodness(measure, *value) : unknown);
        known.push_back(accuracies[i].value_or(unknown));
    }
    return rankCorrelation(ranks, known);
}

AccuracyKind commonAccuracy(std::span<const RunRecord> runs) {
    return *std::ranges::max_element(accuracyKinds, {}, [&](const AccuracyKind &kind) {
        return std::ranges::count_if(runs, [&](const RunRecord &run) {
            return latestResult(run, kind.protocol, kind.split) != nullptr;
        });
    });
}

} // namespace simclr
