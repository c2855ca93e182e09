// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/principal_plane.h"

#include "core/embed/covariance.h"
#include "core/embed/row_products.h"
#include "core/layout/for_each_row.h"
#include "core/layout/map_random.h"

#include <algorithm>
#include <utility>

namespace simclr {

namespace {

/// The largest eigenvalues, in descending order, and their vectors.
struct Leading {
    torch::Tensor values;  ///< (m)
    torch::Tensor vectors; ///< (d, m)
};

/// More than two, so that the third eigenvalue does not slow down the convergence to the second.
torch::Tensor startingVectors(std::int64_t dimensions) {
    constexpr std::int64_t most = 12;
    torch::Tensor vectors = torch::empty({dimensions, std::min(most, dimensions)}, torch::kFloat64);
    RandomStream random = mapRandom(0, MapDraw::Vectors);
    std::generate_n(vectors.data_ptr<double>(), vectors.numel(), [&] { return random.normal(); });
    return std::get<0>(torch::linalg_qr(vectors));
}

/// Eigenvalues and vectors of `matrix` within the space of `vectors` (Rayleigh and Ritz), largest first.
Leading withinSpace(const torch::Tensor &vectors, const torch::Tensor &products) {
    const torch::Tensor small = torch::mm(vectors.t(), products);
    const auto [values, rotation] = torch::linalg_eigh((small + small.t()) / 2);
    return {values.flip(0), torch::mm(vectors, rotation.flip(1))};
}

bool isSettled(const Leading &before, const Leading &after) {
    constexpr double tolerance = 1e-12;
    const std::int64_t axes = std::min<std::int64_t>(2, after.values.size(0));
    return before.values.defined() &&
           torch::allclose(after.values.narrow(0, 0, axes), before.values.narrow(0, 0, axes), tolerance, 0);
}

/// Orthogonal iteration: for the thousands of dimensions of wide encoders, all eigenvectors would take
/// seconds.
Leading leadingEigenvectors(const torch::Tensor &matrix) {
    constexpr int mostIterations = 100;
    torch::Tensor vectors = startingVectors(matrix.size(0));
    Leading found;
    for (int i = 0; i < mostIterations; ++i) {
        const torch::Tensor products = torch::mm(matrix, vectors);
        const Leading before = std::exchange(found, withinSpace(vectors, products));
        if (isSettled(before, found))
            break;
        vectors = std::get<0>(torch::linalg_qr(products));
    }
    return found;
}

/// One axis (d), with a positive largest loading.
std::vector<float> axisOf(const torch::Tensor &vector) {
    const torch::Tensor largest = vector.index_select(0, vector.abs().argmax().view(1));
    const torch::Tensor axis =
        (largest.item<double>() < 0 ? -vector : vector).to(torch::kFloat32).contiguous();
    return {axis.data_ptr<float>(), axis.data_ptr<float>() + axis.numel()};
}

/// The place of a row along an axis.
double scoreOf(std::span<const float> row, const std::vector<float> &axis, double offset) {
    double sum = 0;
    for (std::size_t i = 0; i < axis.size(); ++i)
        sum += double{row[i]} * axis[i];
    return sum - offset;
}

double offsetOf(const torch::Tensor &mean, const std::vector<float> &axis) {
    double sum = 0;
    for (std::size_t i = 0; i < axis.size(); ++i)
        sum += mean.data_ptr<double>()[i] * axis[i];
    return sum;
}

void setScores(const FeatureTable &table, const torch::Tensor &mean, const std::vector<float> &axis,
               float MapPoint::*coordinate, MapPoints &points, int threads) {
    const double offset = offsetOf(mean, axis);
    forEachRow(table.rows(), threads, [&](std::size_t i) {
        points[i].*coordinate = static_cast<float>(scoreOf(table.row(i), axis, offset));
    });
}

PrincipalPlane planeOf(const FeatureTable &table, int threads) {
    const Covariance covariance = covarianceOf(table, threads);
    const Leading leading = leadingEigenvectors(covariance.matrix);
    const double variance = covariance.matrix.trace().item<double>();
    PrincipalPlane plane;
    plane.points.resize(table.rows());
    constexpr std::array coordinates{&MapPoint::x, &MapPoint::y};
    const auto axes = static_cast<std::size_t>(std::min<std::int64_t>(2, leading.values.size(0)));
    for (std::size_t i = 0; i < axes && variance > 0; ++i) {
        const auto at = static_cast<std::int64_t>(i);
        plane.explained.at(i) = std::clamp(leading.values[at].item<double>() / variance, 0.0, 1.0);
        setScores(table, covariance.mean, axisOf(leading.vectors.select(1, at)), coordinates.at(i),
                  plane.points, threads);
    }
    return plane;
}

} // namespace

PrincipalPlane principalPlane(const FeatureTable &table, int threads) {
    requireUsable(table);
    return onProcessor([&] { return planeOf(table, threads); });
}

} // namespace simclr
