// SPDX-License-Identifier: GPL-3.0-or-later
// Images per second of the training loop as runs use it, loader included, and of the loader alone; and the
// fraction of time in which training waited for views.
//
// usage: bench_train_step [steps=12] [data=shapes] [repeat=1] [pipeline=simclr-cifar10] [OPTION=VALUE …]
//
// Every image is used `repeat` times per epoch, so that few of them make epochs as long as those of a large
// dataset. OPTION is one of training (simclr train --help lists them); without any: ResNet-18 of full width,
// N 128, 32 px, in fp32 on two threads of the CPU.
#include "core/train/pretrainer.h"
#include "core/util/allocator.h"
#include "core/util/clock.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace simclr;

/// Collects the speed of each step and requests a stop after `wanted` of them.
class SpeedObserver final : public ListeningObserver<SpeedObserver> {
  public:
    SpeedObserver(const Pretrainer &pretrainer, std::size_t wanted)
        : m_pretrainer(pretrainer), m_wanted(wanted) {}

    void hear(const StepFinished &step) {
        m_speeds.push_back(step.values["images_per_second"]);
        m_end = {secondsNow(), m_pretrainer.secondsWaitedForViews()};
        if (m_speeds.size() <= std::max<std::size_t>(1, m_wanted / 3))
            m_begin = m_end; // the first third is warm-up
        if (m_speeds.size() >= m_wanted)
            m_stop.request_stop();
    }

    std::stop_token token() const { return m_stop.get_token(); }

    /// Fraction of time after warm-up in which training waited for views.
    double waited() const {
        return (m_end.waited - m_begin.waited) / std::max(1e-9, m_end.time - m_begin.time);
    }

    /// Median; the first two steps, which plan and allocate, do not count.
    double median() {
        std::vector<double> speeds(m_speeds.begin() + std::min<std::ptrdiff_t>(2, std::ssize(m_speeds) - 1),
                                   m_speeds.end());
        const auto middle = speeds.begin() + std::ssize(speeds) / 2;
        std::ranges::nth_element(speeds, middle);
        return *middle;
    }

  private:
    struct Moment {
        double time = 0;
        double waited = 0;
    };

    const Pretrainer &m_pretrainer;
    std::size_t m_wanted;
    Moment m_begin;
    Moment m_end;
    std::vector<double> m_speeds;
    std::stop_source m_stop;
};

/// What is measured.
struct Bench {
    std::size_t steps = 12;
    std::string data = "shapes";
    std::size_t repeat = 1;
    std::string pipeline = "simclr-cifar10";
    TrainOptions options;
};

Bench defaultBench() {
    Bench bench;
    TrainOptions &options = bench.options;
    options.encoder = "resnet18";
    options.width = 1;
    options.imageSize = 32;
    options.batch = 128;
    options.epochs = 100000; // never reached
    options.precision = "fp32";
    options.device = "cpu";
    options.threads = 2; // as many as the baseline
    return bench;
}

void set(Bench &bench, const std::string &argument) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos)
        throw InvalidInput("\"" + argument + "\" is not of the form OPTION=VALUE");
    const std::string key = argument.substr(0, equals);
    const std::string value = argument.substr(equals + 1);
    const auto &description = trainOptionsDescription();
    const auto count = [&] { return std::max<std::size_t>(1, std::strtoull(value.c_str(), nullptr, 10)); };
    if (key == "steps")
        bench.steps = count();
    else if (key == "repeat")
        bench.repeat = count();
    else if (key == "data")
        bench.data = value;
    else if (key == "pipeline")
        bench.pipeline = value;
    else
        description.write(bench.options, key,
                          valueFromText(description.parameter(key, argument), value, argument), argument);
}

std::vector<std::uint32_t> samplesOf(const Bench &bench, const Dataset &dataset) {
    std::vector<std::uint32_t> samples(bench.repeat * dataset.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::uint32_t>(i % dataset.size());
    return samples;
}

void measureTraining(const Bench &bench, const DatasetPtr &dataset) {
    Pretrainer pretrainer(bench.options, pipelineByName(bench.pipeline), dataset, samplesOf(bench, *dataset),
                          chooseDevice(bench.options));
    SpeedObserver observer(pretrainer, bench.steps);
    pretrainer.run(
        observer, [](std::int64_t) {}, observer.token());
    std::printf("images_per_second %.1f\n", observer.median());
    std::printf("waited_percent %.2f\n", 100 * observer.waited());
}

/// The loader as set up by training, without a consumer that slows it down.
double drawnImagesPerSecond(const Bench &bench, const DatasetPtr &dataset) {
    TwoViewLoader loader(
        dataset, samplesOf(bench, *dataset),
        ViewRenderer(pipelineByName(bench.pipeline), static_cast<int>(bench.options.imageSize)),
        loaderOptions(bench.options));
    std::size_t batches = 0;
    const double begin = secondsNow();
    for (std::uint32_t epoch = 0; batches < bench.steps; ++epoch) {
        loader.startEpoch(epoch);
        while (batches < bench.steps && loader.next() != nullptr)
            ++batches;
    }
    return static_cast<double>(batches) * static_cast<double>(bench.options.batch) / (secondsNow() - begin);
}

int measure(const std::vector<std::string> &arguments) {
    Bench bench = defaultBench();
    for (const std::string &argument : arguments)
        set(bench, argument);
    const DatasetPtr dataset = openDataset(bench.data);
    measureTraining(bench, dataset);
    std::printf("loader_images_per_second %.1f\n", drawnImagesPerSecond(bench, dataset));
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    simclr::keepLargeBlocks(); // as in both programs
    try {
        return measure({argv + 1, argv + argc});
    } catch (const simclr::Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
