// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/optimiser.h"
#include "core/train/schedule.h"

namespace simclr {

/// A linear classifier on h that is trained along with the encoder, behind a stop-gradient (B.6): Nesterov
/// momentum 0.9, rate 0.1 · N / 256 with a cosine to 0, no decay, from zero, as in the authors' linear
/// evaluation. Views without a label are ignored. Lives in the thread that trains.
class OnlineProbe {
  public:
    OnlineProbe(std::int64_t featureSize, int classes, std::int64_t batch, std::int64_t totalSteps,
                const torch::Device &device);

    /// One step, counted from 0, on h (2N, d) with the N images' `labels` (int64, on the same device).
    /// Returns the fraction of labelled views that were classified correctly before the step, a scalar; NaN
    /// if none has a label.
    torch::Tensor train(const torch::Tensor &h, const torch::Tensor &labels, std::int64_t step);

    /// The class of each row of `features` (n, d), on the CPU or the device; the result is on the same one.
    torch::Tensor predictions(const torch::Tensor &features);

    /// The classifier's and its optimiser's own tensors, not copies.
    NamedTensors state() const;
    /// Throws InvalidInput if it does not fit.
    void load(const NamedTensors &state);

  private:
    torch::nn::Linear m_classifier;
    std::unique_ptr<Optimiser> m_optimiser;
    LearningRateSchedule m_schedule;
    torch::Device m_device;
};

} // namespace simclr
