// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/layout/feature_table.h"

namespace simclr {

/// The mean (d) and the covariance (d, d) of a table's rows, divided by n, both fp64. Products of 4096 rows
/// are in fp32. The same on any number of threads (0: one per core).
struct Covariance {
    torch::Tensor mean;
    torch::Tensor matrix;
};

Covariance covarianceOf(const FeatureTable &table, int threads = 0);

} // namespace simclr
