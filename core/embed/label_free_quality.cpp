// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/label_free_quality.h"

#include "core/embed/row_products.h"
#include "core/evaluate/diagnostics.h"
#include "core/model/linear_classifier.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

constexpr std::int64_t mostRows = 25'600;
constexpr std::int64_t mostForPairs = 2048;

/// Evenly spaced rows, at most `most`.
torch::Tensor someRows(const torch::Tensor &rows, std::int64_t most) {
    const std::int64_t count = std::min(most, rows.size(0));
    const torch::Tensor places = torch::arange(count, torch::kInt64) * rows.size(0);
    return rows.index_select(0, torch::div(places, count, "floor"));
}

/// Eigenvalues of the covariance, largest first; at least 0.
std::vector<double> covarianceSpectrum(const torch::Tensor &gram, const torch::Tensor &mean, double count) {
    const torch::Tensor covariance = gram / count - torch::outer(mean, mean);
    const torch::Tensor values = at::linalg_eigvalsh(covariance).flip(0).clamp_min(0).contiguous();
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

double uniformityOf(const torch::Tensor &rows) {
    const torch::Tensor unit = unitRows(rows);
    const torch::Tensor closeness = (-2 * (2 - 2 * torch::mm(unit, unit.t()))).exp();
    const auto count = static_cast<double>(unit.size(0));
    return count < 2 ? 0
                     : std::log((closeness.sum() - closeness.diagonal().sum()).item<double>() /
                                (count * (count - 1)));
}

/// Sums of a weighted regression line.
struct Line {
    double weight = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;

    void add(double atX, double atY, double by) {
        weight += by;
        x += by * atX;
        y += by * atY;
        xx += by * atX * atX;
        xy += by * atX * atY;
    }
    double slope() const { return (weight * xy - x * y) / (weight * xx - x * x); }
};

LabelFreeQuality qualityOf(const FeatureTable &table) {
    const torch::Tensor rows = someRows(tensorOf(table), mostRows).to(torch::kFloat64);
    const torch::Tensor gram = torch::mm(rows.t(), rows);
    LabelFreeQuality quality;
    quality.images = static_cast<std::size_t>(rows.size(0));
    quality.rankMe = effectiveRankOfGram(gram);
    quality.alphaReq =
        spectrumDecay(covarianceSpectrum(gram, rows.mean(0), static_cast<double>(rows.size(0))));
    quality.uniformity = uniformityOf(someRows(rows, mostForPairs));
    return quality;
}

} // namespace

std::optional<double> spectrumDecay(std::span<const double> eigenvalues) {
    constexpr std::size_t firstRank = 4;
    constexpr std::size_t lastRank = 100;
    constexpr std::size_t fewestRanks = 8;
    constexpr double rounding = 1e-10;
    Line line;
    std::size_t rank = firstRank;
    for (; rank <= std::min(lastRank, eigenvalues.size()); ++rank) {
        const double value = eigenvalues[rank - 1];
        if (value <= rounding * eigenvalues.front())
            break;
        const auto place = static_cast<double>(rank);
        line.add(std::log(place), std::log(value), 1 / place);
    }
    return rank < firstRank + fewestRanks ? std::nullopt : std::optional(-line.slope());
}

LabelFreeQuality labelFreeQuality(const FeatureTable &table) {
    requireUsable(table);
    return onProcessor([&] { return qualityOf(table); });
}

} // namespace simclr
