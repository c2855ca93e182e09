// SPDX-License-Identifier: GPL-3.0-or-later
// Images per second of the training loop as runs use it, loader included: ResNet-18 of full width, 32 px.
//
// usage: bench_train_step fp32|bf16 [STEPS [BATCH [DATA [DEVICE [THREADS]]]]]
#include "core/train/pretrainer.h"
#include "core/util/allocator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace {

using namespace simclr;

/// Gathers the speed of each step and asks to stop after `wanted` of them.
class SpeedObserver final : public Observer {
  public:
    explicit SpeedObserver(std::size_t wanted) : m_wanted(wanted) {}

    void stepFinished(const StepFinished &step) override {
        m_speeds.push_back(step.imagesPerSecond);
        if (m_speeds.size() >= m_wanted)
            m_stop.request_stop();
    }

    std::stop_token token() const { return m_stop.get_token(); }

    /// Median; the first two steps, which plan and allocate, do not count.
    double median() {
        std::vector<double> speeds(m_speeds.begin() + std::min<std::ptrdiff_t>(2, std::ssize(m_speeds) - 1),
                                   m_speeds.end());
        const auto middle = speeds.begin() + std::ssize(speeds) / 2;
        std::ranges::nth_element(speeds, middle);
        return *middle;
    }

  private:
    std::size_t m_wanted;
    std::vector<double> m_speeds;
    std::stop_source m_stop;
};

TrainOptions benchOptions(int argc, char **argv) {
    TrainOptions options;
    options.encoder = "resnet18";
    options.width = 1;
    options.imageSize = 32;
    options.epochs = 1000; // never reached
    options.precision = argv[1];
    options.batch = argc > 3 ? std::atoll(argv[3]) : 128;
    options.device = argc > 5 ? argv[5] : "cpu";
    options.threads = argc > 6 ? std::atoll(argv[6]) : 2; // as many as the baseline
    return options;
}

int measure(int argc, char **argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_train_step fp32|bf16 [STEPS [BATCH [DATA [DEVICE]]]]\n");
        return 2;
    }
    const TrainOptions options = benchOptions(argc, argv);
    const DatasetPtr dataset = openDataset(argc > 4 ? argv[4] : "shapes");
    std::vector<std::uint32_t> samples(dataset->size());
    std::iota(samples.begin(), samples.end(), 0u);
    Pretrainer pretrainer(options, pipelineByName("simclr-cifar10"), dataset, samples, chooseDevice(options));
    SpeedObserver observer(argc > 2 ? static_cast<std::size_t>(std::max(1, std::atoi(argv[2]))) : 12);
    pretrainer.run(
        observer, [](std::int64_t) {}, observer.token());
    std::printf("images_per_second %.1f\n", observer.median());
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    simclr::keepLargeBlocks(); // as both programs do
    try {
        return measure(argc, argv);
    } catch (const simclr::Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
