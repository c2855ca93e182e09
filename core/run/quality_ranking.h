// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/embed/label_free_quality.h"
#include "core/results/rank_correlation.h"
#include "core/store/records.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace simclr {

/// What a representation is measured by without labels.
enum class QualityMeasure { RankMe, AlphaReq, Alignment, Uniformity };

constexpr std::array allQualityMeasures{QualityMeasure::RankMe, QualityMeasure::AlphaReq,
                                        QualityMeasure::Alignment, QualityMeasure::Uniformity};

/// "rankme", "alpha_req", "alignment", "uniformity".
const std::string &nameOf(QualityMeasure measure);

/// One encoder, measured without labels.
struct MeasuredQuality {
    LabelFreeQuality quality;
    std::optional<double> alignment; ///< of z, at the last epoch that was recorded
};

/// Nothing if it is not defined or was not recorded.
std::optional<double> valueOf(QualityMeasure measure, const MeasuredQuality &measured);

/// How good a value is: higher is better. alpha-ReQ is best near 1; alignment and uniformity are best low.
double goodness(QualityMeasure measure, double value);

/// How far a measure orders encoders as their accuracies do; both lists have one length. Pairs without a
/// value or an accuracy are left out.
RankCorrelation rankingBy(QualityMeasure measure, std::span<const MeasuredQuality> encoders,
                          std::span<const std::optional<double>> accuracies);

/// An accuracy that several runs have.
struct AccuracyKind {
    Protocol protocol = Protocol::Linear;
    Split split = Split::Test;
};

/// Linear or kNN, on test or validation images: what most of the runs have; of several, the first in this
/// order.
AccuracyKind commonAccuracy(std::span<const RunRecord> runs);

} // namespace simclr
