// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/events/observer.h"

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace simclr {

/// A metric whose value is still a scalar on the device.
struct MeasuredTensor {
    MetricId metric;
    torch::Tensor value;
};

/// Transfers the metrics of steps from the device to the host. On the CPU each is available at once. On a GPU
/// the host must not wait for every step: values are collected into blocks, copied asynchronously, and read
/// when the copy of the next block has started. Lives in the thread that trains.
class StepMetrics {
  public:
    /// Receives the steps in order, with all values filled in.
    using Report = std::function<void(const StepFinished &)>;

    StepMetrics(const torch::Device &device, Report report);

    /// `step` lacks `values`, which are scalars on the device: the same metrics in every step.
    void add(StepFinished step, const std::vector<MeasuredTensor> &values);
    /// Waits for all pending values and reports them.
    void flush();

  private:
    struct Block {
        std::vector<StepFinished> steps;
        torch::Tensor host; ///< (steps, metrics) fp32, pinned
        c10::Event copied;
    };

    void sendBlock();
    void deliver(Block &block);
    void fill(StepFinished &step, const float *values) const;

    torch::Device m_device;
    Report m_report;
    std::vector<StepFinished> m_steps;
    std::vector<MetricId> m_metrics;     ///< those of every step
    std::vector<torch::Tensor> m_values; ///< of m_steps, (metrics) each, on the device
    std::deque<Block> m_underway;
};

} // namespace simclr
