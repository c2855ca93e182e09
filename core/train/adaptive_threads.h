// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "core/train/device_choice.h"
#include "core/train/thread_governor.h"
#include "core/train/train_options.h"

namespace simclr {

/// While it exists, the calling thread computes with as many LibTorch threads as other programs leave free,
/// if the options do not fix their number. On a GPU nothing changes.
class AdaptiveThreads {
  public:
    AdaptiveThreads(const TrainOptions &options, const ComputeDevice &device, Observer &observer);
    ~AdaptiveThreads();
    AdaptiveThreads(const AdaptiveThreads &) = delete;
    AdaptiveThreads &operator=(const AdaptiveThreads &) = delete;

    /// Call it between two steps. The first change is reported.
    void adapt();

  private:
    void tell(int threads);

    int m_most; ///< 1: nothing to adapt
    ThreadGovernor m_governor;
    Observer &m_observer;
    bool m_isTold = false;
};

} // namespace simclr
