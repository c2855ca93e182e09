// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/online_probe.h"

#include "core/data/dataset.h"
#include "core/model/linear_classifier.h"

namespace simclr {

namespace {

namespace F = torch::nn::functional;

constexpr const char *prefix = "probe.";

TrainOptions probeOptions() {
    TrainOptions options;
    options.optimiser = "sgd";
    options.momentum = 0.9;
    options.nesterov = true;
    options.weightDecay = 0;
    return options;
}

} // namespace

OnlineProbe::OnlineProbe(std::int64_t featureSize, int classes, std::int64_t batch, std::int64_t totalSteps,
                         const torch::Device &device)
    : m_classifier(zeroClassifier(featureSize, classes, device)),
      m_optimiser(makeOptimiser(probeOptions(), TrainedParameters({{prefix, m_classifier.get()}}))),
      m_device(device) {
    constexpr double rateFor256 = 0.1;
    m_schedule.peak = rateFor256 * static_cast<double>(batch) / 256;
    m_schedule.isCosine = true;
    m_schedule.totalSteps = totalSteps;
    m_schedule.warmupSteps = 0;
}

torch::Tensor OnlineProbe::train(const torch::Tensor &h, const torch::Tensor &labels, std::int64_t step) {
    const torch::Tensor both = torch::cat({labels, labels});
    const torch::Tensor known = both.ne(Dataset::unlabelled);
    const torch::Tensor logits = m_classifier(h.detach().to(torch::kFloat32));
    const auto reduction =
        F::CrossEntropyFuncOptions().ignore_index(Dataset::unlabelled).reduction(torch::kSum);
    // A sum over a count that may be 0: the mean of no values would make the weights NaN.
    (F::cross_entropy(logits, both, reduction) / known.sum().clamp_min(1)).backward();
    m_optimiser->step(m_schedule.rate(step));
    const torch::NoGradGuard noGrad;
    return logits.argmax(1).eq(both).sum().to(torch::kFloat32) / known.sum();
}

torch::Tensor OnlineProbe::predictions(const torch::Tensor &features) {
    const torch::NoGradGuard noGrad;
    return m_classifier(features.to(m_device)).argmax(1).to(torch::kCPU);
}

NamedTensors OnlineProbe::state() const {
    NamedTensors state = sharedStateOf(*m_classifier, prefix);
    state.merge(m_optimiser->state());
    return state;
}

void OnlineProbe::load(const NamedTensors &state) {
    loadState(*m_classifier, state, prefix);
    m_optimiser->load(state);
}

} // namespace simclr
