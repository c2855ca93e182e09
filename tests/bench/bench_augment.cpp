// SPDX-License-Identifier: GPL-3.0-or-later
// Views per second of one thread.
//
// usage: bench_augment [SECONDS [DATA [PIPELINE [SIDE]]]]
#include "core/augment/view_renderer.h"
#include "core/data/dataset.h"
#include "core/image/resample.h"
#include "core/util/error.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace simclr;
using Clock = std::chrono::steady_clock;

double viewsPerSecond(const ViewRenderer &renderer, const std::vector<Image> &images, double seconds) {
    Image view;
    std::uint32_t views = 0;
    const auto start = Clock::now();
    double passed = 0;
    while (passed < seconds) {
        for (const Image &image : images) {
            renderer.render(image, {.seed = 1, .epoch = views, .sample = views, .view = 0}, view);
            ++views;
        }
        passed = std::chrono::duration<double>(Clock::now() - start).count();
    }
    return views / passed;
}

int measure(int argc, char **argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
    const DatasetPtr dataset = openDataset(argc > 2 ? argv[2] : "shapes");
    const Pipeline pipeline = pipelineByName(argc > 3 ? argv[3] : "simclr-cifar10");
    const ViewRenderer renderer(pipeline, argc > 4 ? std::atoi(argv[4]) : 32);
    std::vector<Image> images;
    // The built-in pictures are brought to the side of the views first: the baseline starts from such
    // pictures too.
    const bool isBuiltIn = argc <= 2;
    for (std::uint32_t sample = 0; sample < std::min(dataset->size(), 1000u); ++sample)
        images.push_back(isBuiltIn ? centerSquare(dataset->image(sample), renderer.viewSize())
                                   : dataset->image(sample));
    viewsPerSecond(renderer, images, 0.2); // caches and clock speed settle
    std::printf("views_per_second %.0f\n", viewsPerSecond(renderer, images, seconds));
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    try {
        return measure(argc, argv);
    } catch (const simclr::Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
