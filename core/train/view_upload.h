// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/data/two_view_loader.h"

#include <array>
#include <optional>

namespace simclr {

/// Transfers batches of views to the device. On the CPU they are used in place. For a GPU they go through
/// pinned memory on a separate stream, so that the copy of one batch overlaps the computation of the previous
/// one; the host does not wait. Lives in the thread that trains.
class ViewUpload {
  public:
    /// For batches of `views` views in all, of `side` × `side` pixels.
    ViewUpload(const torch::Device &device, std::int64_t views, std::int64_t side);

    /// All its views as bytes (views, 3, side, side), channels-last. On the CPU they are valid as long as
    /// `batch`.
    torch::Tensor operator()(const ViewBatch &batch);

  private:
    /// A batch being copied; the memory may be reused once `copied` has happened.
    struct Slot {
        torch::Tensor pinned;
        std::optional<c10::Event> copied;
    };

    torch::Tensor sent(const torch::Tensor &bytes);

    torch::Device m_device;
    std::vector<std::int64_t> m_shape; ///< (views, side, side, 3), the memory layout
    std::array<Slot, 3> m_slots;
    std::size_t m_next = 0;
    std::optional<c10::Stream> m_stream;
};

/// Labels of the batch's images (N) int64 on the device; the host does not wait.
torch::Tensor uploadLabels(const Dataset &dataset, const ViewBatch &batch, const torch::Device &device);

} // namespace simclr
