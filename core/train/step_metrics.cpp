// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_metrics.h"

#include <chrono>
#include <cmath>
#include <thread>

namespace simclr {

namespace {

constexpr std::size_t stepsInBlock = 16;

/// One speed, and one share of waiting, for all steps of a block: the host queues steps faster or slower than
/// the device computes them.
void evenOut(std::vector<StepFinished> &steps) {
    double secondsPerImage = 0;
    double waited = 0;
    for (const StepFinished &step : steps) {
        const double seconds = 1 / step.values["images_per_second"];
        secondsPerImage += seconds;
        waited += step.values["data_wait"] * seconds;
    }
    for (StepFinished &step : steps) {
        step.values.set("images_per_second", static_cast<double>(steps.size()) / secondsPerImage);
        step.values.set("data_wait", waited / secondsPerImage);
    }
}

} // namespace

StepMetrics::StepMetrics(const torch::Device &device, Report report)
    : m_device(device), m_report(std::move(report)) {}

void StepMetrics::fill(StepFinished &step, const float *values) const {
    for (std::size_t i = 0; i < m_metrics.size(); ++i)
        if (!std::isnan(values[i])) // a batch without labels has no accuracy
            step.values.set(m_metrics[i], values[i]);
}

void StepMetrics::add(StepFinished step, const std::vector<MeasuredTensor> &values) {
    std::vector<torch::Tensor> scalars;
    m_metrics.clear();
    for (const auto &[metric, value] : values) {
        m_metrics.push_back(metric);
        scalars.push_back(value);
    }
    const torch::Tensor all = torch::stack(scalars).to(torch::kFloat32);
    if (m_device.is_cpu()) {
        fill(step, all.data_ptr<float>());
        m_report(step);
        return;
    }
    m_steps.push_back(step);
    m_values.push_back(all);
    if (m_steps.size() < stepsInBlock)
        return;
    sendBlock();
    while (m_underway.size() > 1) {
        deliver(m_underway.front());
        m_underway.pop_front();
    }
}

void StepMetrics::sendBlock() {
    const torch::Tensor values = torch::stack(m_values);
    Block block{std::move(m_steps), torch::empty(values.sizes(), torch::TensorOptions().pinned_memory(true)),
                c10::Event(m_device.type())};
    block.host.copy_(values, /*non_blocking=*/true);
    block.copied.record(c10::impl::VirtualGuardImpl(m_device.type()).getStream(m_device));
    m_underway.push_back(std::move(block));
    m_steps.clear();
    m_values.clear();
}

void StepMetrics::deliver(Block &block) {
    while (!block.copied.query())
        std::this_thread::sleep_for(std::chrono::microseconds(50));
    evenOut(block.steps);
    const float *values = block.host.data_ptr<float>();
    for (std::size_t i = 0; i < block.steps.size(); ++i) {
        fill(block.steps[i], values + m_metrics.size() * i);
        m_report(block.steps[i]);
    }
}

void StepMetrics::flush() {
    if (!m_steps.empty())
        sendBlock();
    for (; !m_underway.empty(); m_underway.pop_front())
        deliver(m_underway.front());
}

} // namespace simclr
