// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/row_products.h"

namespace simclr {

namespace {

/// On one thread, LibTorch computes 1 × 1 convolutions of fewer pictures by its own, slow code.
constexpr std::int64_t fewestPictures = 16;

/// `rows` (n, d) with zeros below, so that they can be dealt to pictures.
torch::Tensor padded(const torch::Tensor &rows) {
    const std::int64_t missing = (fewestPictures - rows.size(0) % fewestPictures) % fewestPictures;
    return missing == 0 ? rows : torch::cat({rows, torch::zeros({missing, rows.size(1)})});
}

} // namespace

OneThread::OneThread() : m_before(at::get_num_threads()) {
    at::set_num_threads(1);
}

OneThread::~OneThread() {
    at::set_num_threads(m_before);
}

torch::Tensor rowProducts(const torch::Tensor &a, const torch::Tensor &b) {
    const torch::Tensor rows = padded(a);
    const torch::Tensor pixels =
        rows.view({fewestPictures, rows.size(0) / fewestPictures, 1, rows.size(1)}).permute({0, 3, 1, 2});
    const torch::Tensor products = torch::conv2d(pixels, b.view({b.size(0), b.size(1), 1, 1}));
    return products.permute({0, 2, 3, 1})
        .reshape({rows.size(0), b.size(0)})
        .narrow(0, 0, a.size(0))
        .contiguous();
}

torch::Tensor tensorOf(const FeatureTable &table) {
    return torch::from_blob(
        const_cast<float *>(table.values.data()), // never written to
        {static_cast<std::int64_t>(table.rows()), static_cast<std::int64_t>(table.columns)});
}

} // namespace simclr
