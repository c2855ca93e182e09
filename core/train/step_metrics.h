// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/torch.h"
#include "core/train/observer.h"

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace simclr {

/// Brings the numbers of steps from the device to the host. On the CPU each is there at once. On a GPU the
/// host must not wait for every step: values are gathered into blocks, copied without waiting, and read when
/// the next block is on its way. Lives in the thread that trains.
class StepMetrics {
  public:
    /// Hears of steps in their order, with all values filled in.
    using Report = std::function<void(const StepFinished &)>;

    StepMetrics(const torch::Device &device, Report report);

    /// `step` lacks its loss, top-1, top-5 and online accuracy, which are the four scalars of `values`.
    void add(StepFinished step, const std::vector<torch::Tensor> &values);
    /// Waits for all that is under way and reports it.
    void flush();

  private:
    struct Block {
        std::vector<StepFinished> steps;
        torch::Tensor host; ///< (steps, 4) fp32, pinned
        c10::Event copied;
    };

    void sendBlock();
    void deliver(Block &block);

    torch::Device m_device;
    Report m_report;
    std::vector<StepFinished> m_steps;
    std::vector<torch::Tensor> m_values; ///< of m_steps, (4) each, on the device
    std::deque<Block> m_underway;
};

} // namespace simclr
