// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adaptive_threads.h"

#include "core/util/clock.h"
#include "core/util/core_count.h"
#include "core/util/counted.h"

#include <ATen/Parallel.h>
#include <utility>

namespace simclr {

AdaptiveThreads::AdaptiveThreads(const TrainOptions &options, const ComputeDevice &device, Observer &observer)
    : m_most(options.threads == 0 && device.device.is_cpu() ? device.threads : 1),
      m_governor(m_most, ProcessorSet().count()),
      m_observer(observer) {
    adapt();
}

AdaptiveThreads::~AdaptiveThreads() {
    if (m_governor.threads() != m_most)
        at::set_num_threads(m_most);
}

void AdaptiveThreads::adapt() {
    if (m_most == 1 || !m_governor.isDue(secondsNow()))
        return;
    const std::optional<ProcessorUse> use = processorUse();
    const std::optional<int> threads = use ? m_governor.next(*use) : std::nullopt;
    if (!threads)
        return;
    at::set_num_threads(*threads);
    if (!std::exchange(m_isTold, true))
        tell(*threads);
}

void AdaptiveThreads::tell(int threads) {
    m_observer.on(Noted{"Other programs use the processors: training uses " +
                        counted(threads, "thread", "threads") + " instead of " + std::to_string(m_most) +
                        " until they finish, which is faster. The option threads sets a fixed number."});
}

} // namespace simclr
