// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/covariance.h"

#include "core/embed/row_products.h"
#include "core/util/parallel.h"

namespace simclr {

namespace {

constexpr std::int64_t rowsAtOnce = 4096;

/// A value of each block of rows, computed on one thread each.
template <typename Work>
std::vector<torch::Tensor> ofBlocks(const torch::Tensor &rows, int threads, Work work) {
    const std::vector<torch::Tensor> blocks = rows.split(rowsAtOnce);
    std::vector<torch::Tensor> results(blocks.size());
    parallelFor(blocks.size(), threads, [&](std::size_t i) {
        const torch::NoGradGuard noGrad;
        const OneThread oneThread;
        results[i] = work(blocks[i]);
    });
    return results;
}

torch::Tensor sumOf(const std::vector<torch::Tensor> &parts) {
    torch::Tensor sum = parts.front().to(torch::kFloat64);
    for (std::size_t i = 1; i < parts.size(); ++i)
        sum += parts[i];
    return sum;
}

} // namespace

Covariance covarianceOf(const FeatureTable &table, int threads) {
    const torch::NoGradGuard noGrad;
    const OneThread oneThread;
    const torch::Tensor rows = tensorOf(table);
    const auto count = static_cast<double>(table.rows());
    Covariance covariance;
    covariance.mean =
        sumOf(ofBlocks(rows, threads,
                       [](const torch::Tensor &part) { return part.sum(0, false, torch::kFloat64); })) /
        count;
    const torch::Tensor center = covariance.mean.to(torch::kFloat32);
    covariance.matrix = sumOf(ofBlocks(rows, threads,
                                       [&](const torch::Tensor &part) {
                                           const torch::Tensor columns = (part - center).t().contiguous();
                                           return rowProducts(columns, columns);
                                       })) /
                        count;
    covariance.matrix = (covariance.matrix + covariance.matrix.t()) / 2;
    return covariance;
}

} // namespace simclr
