// SPDX-License-Identifier: GPL-3.0-or-later
// Scrolls the wall of the Data page over a million images, and measures how long the UI thread takes for each
// frame while tiles are decoded in the background: bench_wall [IMAGES]
#include "tests/bench/bench_timing.h"
#include "core/data/stored_dataset.h"
#include "ui/data/wall/image_wall.h"
#include "ui/data/wall/wall_filter.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QScrollBar>
#include <cstdio>
#include <ctime>
#include <numeric>

namespace {

using namespace simclr;
using namespace simclr::ui;

/// Images of 32 × 32 pixels, made when they are asked for.
class ManyImages final : public ListedDataset {
  public:
    explicit ManyImages(std::uint32_t count) : ListedDataset({}, samplesOf(count), "many") {}

    Image image(std::uint32_t sample) const override {
        Image image(32, 32);
        std::uint32_t state = sample;
        for (std::size_t i = 0; i < image.byteCount(); ++i) {
            state = state * 1664525u + 1013904223u;
            image.data()[i] = static_cast<std::uint8_t>(state >> 24);
        }
        return image;
    }

  private:
    static std::vector<SampleInfo> samplesOf(std::uint32_t count) {
        std::vector<SampleInfo> samples(count);
        for (std::uint32_t i = 0; i < count; ++i)
            samples[i].name = "image" + std::to_string(i);
        return samples;
    }
};

/// Milliseconds that this thread has used the processor.
double processorMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Of each frame in milliseconds.
struct FrameTimes {
    std::vector<double> passed;
    std::vector<double> used; ///< by the UI thread: on a shared processor less than what passed
};

/// A frame is one step of the scroll bar, everything that is due then, and the paint.
FrameTimes scroll(ImageWall &wall, int step, int frames) {
    FrameTimes times;
    for (int i = 0; i < frames; ++i) {
        const Clock::time_point start = Clock::now();
        const double usedBefore = processorMilliseconds();
        wall.verticalScrollBar()->setValue(wall.verticalScrollBar()->value() + step);
        QCoreApplication::processEvents();
        wall.viewport()->repaint();
        times.passed.push_back(millisecondsSince(start));
        times.used.push_back(processorMilliseconds() - usedBefore);
    }
    return times;
}

void print(const char *what, const FrameTimes &times) {
    std::printf("%-30s median %6.2f ms, 95th percentile %6.2f ms; processor time %6.2f ms, %6.2f ms\n", what,
                percentile(times.passed, 0.5), percentile(times.passed, 0.95), percentile(times.used, 0.5),
                percentile(times.used, 0.95));
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    theme::apply(application, ThemeChoice::Light);
    const auto count = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    const auto images = std::make_shared<const ManyImages>(count);
    ImageWall wall;
    wall.resize(1000, 800);
    wall.setDataset(images);
    const Clock::time_point start = Clock::now();
    wall.setSamples(std::make_shared<const std::vector<std::uint32_t>>(
        matchingSamples({images, nullptr, nullptr, 32}, {}, {})));
    wall.show();
    QCoreApplication::processEvents();
    std::printf("%u images, shown after %.1f ms\n", count, millisecondsSince(start));
    for (const int side : {88, 48}) {
        wall.setSide(side);
        std::printf("tiles of %d px:\n", side);
        print("  scroll by 40 px per frame", scroll(wall, 40, 500));
        print("  scroll by a page per frame", scroll(wall, 800, 300));
        print("  jump through the whole wall", scroll(wall, wall.verticalScrollBar()->maximum() / 220, 200));
        wall.verticalScrollBar()->setValue(0);
    }
    std::printf("pixmaps that are kept: %.1f MiB\n", double(wall.tiles().keptBytes()) / (1 << 20));
    return 0;
}
