// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/view_upload.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace simclr {

ViewUpload::ViewUpload(const torch::Device &device, std::int64_t views, std::int64_t side)
    : m_device(device), m_shape{views, side, side, 3} {
    if (device.is_cpu())
        return;
    m_stream = c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device);
    for (Slot &slot : m_slots)
        slot.pinned = torch::empty(m_shape, torch::TensorOptions(torch::kUInt8).pinned_memory(true));
}

torch::Tensor ViewUpload::operator()(const ViewBatch &batch) {
    const torch::Tensor bytes =
        torch::from_blob(const_cast<std::uint8_t *>(batch.pixels.data()), m_shape, torch::kUInt8);
    // Rows of RGB bytes are already channels-last: only the order of the axes changes.
    return (m_device.is_cpu() ? bytes : sent(bytes)).permute({0, 3, 1, 2});
}

torch::Tensor ViewUpload::sent(const torch::Tensor &bytes) {
    Slot &slot = m_slots[m_next];
    m_next = (m_next + 1) % m_slots.size();
    while (slot.copied && !slot.copied->query())
        std::this_thread::sleep_for(std::chrono::microseconds(50));
    slot.pinned.copy_(bytes);
    const c10::impl::VirtualGuardImpl guard(m_device.type());
    const c10::Stream computing = guard.getStream(m_device);
    torch::Tensor onDevice;
    {
        const c10::StreamGuard side(*m_stream);
        onDevice = slot.pinned.to(m_device, /*non_blocking=*/true);
        slot.copied.emplace(m_device.type());
        slot.copied->record(*m_stream);
    }
    slot.copied->block(computing);
    onDevice.record_stream(computing); // its memory is not reused before the computation is done
    return onDevice;
}

torch::Tensor uploadLabels(const Dataset &dataset, const ViewBatch &batch, const torch::Device &device) {
    // LibTorch keeps pinned memory until the copy from it has finished.
    const torch::Tensor labels =
        torch::empty({static_cast<std::int64_t>(batch.samples.size())},
                     torch::TensorOptions(torch::kInt64).pinned_memory(device.is_cuda()));
    std::ranges::transform(batch.samples, labels.data_ptr<std::int64_t>(),
                           [&](std::uint32_t sample) { return dataset.label(sample); });
    return labels.to(device, /*non_blocking=*/true);
}

} // namespace simclr
