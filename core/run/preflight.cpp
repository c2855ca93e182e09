// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preflight.h"

#include "core/compute/device_memory.h"
#include "core/data/two_view_loader.h"
#include "core/run/run_plan.h"
#include "core/train/pretrainer.h"
#include "core/util/clock.h"
#include "core/util/error.h"
#include "core/util/memory_ceiling.h"

#include <algorithm>

namespace simclr {

namespace {

/// The first batch warms up threads and caches and is not counted.
double measureRendering(const RunPlan &plan, const std::stop_token &stop) {
    constexpr double longest = 2; // seconds
    const TrainOptions &options = plan.configuration.options;
    TwoViewLoader loader(plan.dataset, plan.splits.learn,
                         ViewRenderer(plan.configuration.pipeline, static_cast<int>(options.imageSize)),
                         loaderOptions(options));
    loader.startEpoch(0);
    loader.next();
    const double start = secondsNow();
    double end = start;
    std::int64_t batches = 0;
    std::uint32_t epoch = 0;
    while (!stop.stop_requested() && end - start < longest) {
        if (loader.next() == nullptr)
            loader.startEpoch(++epoch);
        else
            ++batches;
        end = secondsNow();
    }
    return 2.0 * static_cast<double>(batches * options.batch) / std::max(1e-9, end - start);
}

/// Counts steps by the clock of the device and ends the trial after enough steps or enough time.
class Trial {
  public:
    Trial(const torch::Device &device, std::stop_token stop) : m_device(device), m_outer(std::move(stop)) {}

    void stepDone() {
        ++m_steps;
        if (m_steps == 1)
            m_start = now(); // the first step allocates memory and chooses algorithms
        const bool isLong = m_steps > 1 && now() - m_start > longest;
        if (m_outer.stop_requested() || m_steps > mostSteps || isLong)
            m_source.request_stop();
        m_end = now();
    }
    std::stop_token token() const { return m_source.get_token(); }
    double stepsPerSecond() const {
        return m_steps < 2 ? 0 : static_cast<double>(m_steps - 1) / std::max(1e-9, m_end - m_start);
    }

  private:
    /// On a GPU steps are only queued: synchronise before reading the clock.
    double now() const {
        if (m_device.is_cuda())
            torch::cuda::synchronize(m_device.index());
        return secondsNow();
    }

    static constexpr std::int64_t mostSteps = 30;
    static constexpr double longest = 8; // seconds
    torch::Device m_device;
    std::stop_token m_outer;
    std::stop_source m_source;
    std::int64_t m_steps = 0;
    double m_start = 0;
    double m_end = 0;
};

double measureTraining(const RunPlan &plan, const std::stop_token &stop) {
    RunConfiguration trial = plan.configuration;
    trial.options.epochs =
        std::max<std::int64_t>(trial.options.epochs, 100); // more steps than the trial takes
    Pretrainer pretrainer(trial.options, trial.pipeline, plan.dataset, plan.splits.learn, plan.device);
    NoObserver nobody;
    Trial clock(plan.device.device, stop);
    pretrainer.run(nobody, [](std::int64_t) {}, clock.token(),
                   {[&clock] {
                        clock.stepDone();
                        return false;
                    },
                    {}});
    return 2 * static_cast<double>(trial.options.batch) * clock.stepsPerSecond();
}

void estimate(Preflight &result, const TrainOptions &options) {
    result.totalSteps =
        options.epochs * stepsPerEpoch(static_cast<std::size_t>(result.learnImages), options.batch);
    const double views = 2 * static_cast<double>(result.totalSteps * options.batch);
    result.seconds = views / std::max(1e-9, result.trainedViewsPerSecond);
    constexpr double headroom = 1.15; // a loader that is hardly faster than the encoder still delays it
    result.isLoaderBound = result.renderedViewsPerSecond < headroom * result.trainedViewsPerSecond;
}

} // namespace

std::optional<Preflight> measurePreflight(const RunConfiguration &configuration, const DatasetPtr &dataset,
                                          std::stop_token stop) {
    const RunPlan plan = makePlan(configuration, dataset);
    Preflight result;
    result.device = plan.device.name();
    result.precision = plan.device.precision();
    result.learnImages = static_cast<std::int64_t>(plan.splits.learn.size());
    result.findings = checkRecipe(configuration, *dataset, result.learnImages);
    explainingTorchErrors(plan.device, memoryAdvice(configuration.options, plan.device), [&] {
        const MemoryCeiling ceiling(plan.device.device.is_cpu());
        useDevice(plan.device);
        result.renderedViewsPerSecond = measureRendering(plan, stop);
        PeakMemory memory(plan.device.device);
        result.trainedViewsPerSecond = measureTraining(plan, stop);
        result.peakBytes = memory.bytes();
    });
    releaseDeviceMemory(plan.device.device);
    if (stop.stop_requested())
        return std::nullopt;
    estimate(result, configuration.options);
    return result;
}

} // namespace simclr
