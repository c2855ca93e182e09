// SPDX-License-Identifier: GPL-3.0-or-later
// How fast views are rendered.
//
// usage: bench_augment [SECONDS [cifar | imagenet]]
//            views/s of one thread, from decoded images: the CIFAR recipe at 32 px, or the full one from
//            500 × 375 to 224 px
//        bench_augment SECONDS jpeg FOLDER [THREADS]
//            images/s of the loader, each decoded and rendered twice
//        bench_augment pictures FOLDER
//            writes the JPEG images for the previous command
#include "core/augment/view_renderer.h"
#include "core/data/dataset.h"
#include "core/data/two_view_loader.h"
#include "core/image/resample.h"
#include "core/util/allocator.h"
#include "core/util/error.h"
#include "core/util/parallel.h"
#include "tests/bench/bench_pictures.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <opencv2/core/utility.hpp>
#include <string_view>

namespace {

using namespace simclr;
using Clock = std::chrono::steady_clock;

constexpr int photoWidth = 500;
constexpr int photoHeight = 375;
constexpr int photoCount = 200;
constexpr double warmUp = 0.3; // caches and clock speed settle

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double viewsPerSecond(const ViewRenderer &renderer, const std::vector<Image> &images, double seconds) {
    Image view;
    std::uint32_t views = 0;
    const auto start = Clock::now();
    while (secondsSince(start) < seconds)
        for (const Image &image : images) {
            renderer.render(image, {.seed = 1, .epoch = views, .sample = views, .view = 0}, view);
            ++views;
        }
    return views / secondsSince(start);
}

void measureViews(const std::string &preset, int side, const std::vector<Image> &images, double seconds) {
    const ViewRenderer renderer(pipelineByName(preset), side);
    viewsPerSecond(renderer, images, warmUp);
    std::printf("views_per_second %.0f\n", viewsPerSecond(renderer, images, seconds));
}

void measureCifar(double seconds) {
    std::vector<Image> images;
    for (std::uint32_t i = 0; i < photoCount; ++i)
        images.push_back(centerSquare(bench::photograph(photoHeight, photoHeight, i), 32));
    measureViews("simclr-cifar10", 32, images, seconds);
}

void measureImageNet(double seconds) {
    std::vector<Image> images;
    for (std::uint32_t i = 0; i < photoCount / 2; ++i)
        images.push_back(bench::photograph(photoWidth, photoHeight, i));
    measureViews("simclr-imagenet", 224, images, seconds);
}

/// Microseconds that `operation` takes for a view of side × side, rendered from `source` if it crops.
double microseconds(const Operation &operation, const Image &source, int side, double seconds) {
    Image image = centerSquare(source, side);
    std::uint32_t count = 0;
    double passed = 0;
    while (passed < seconds) {
        RandomStream draws({.seed = 1, .sample = count++});
        const auto start = Clock::now();
        operation.applyTo(source, image, draws, side);
        passed += secondsSince(start);
    }
    return 1e6 * passed / count;
}

void measureSteps(double seconds) {
    const Image photo = bench::photograph(photoWidth, photoHeight, 1);
    for (const int side : {32, 224})
        for (const PipelineStep &step : pipelineByName("simclr-imagenet").steps) {
            const auto operation = findOperationType(step.operation)->make(step.parameters);
            const bool crops = step.operation == "random_resized_crop";
            const Image source = crops && side != 32 ? photo : centerSquare(photo, side);
            std::printf("%s_%d %.2f\n", step.operation.c_str(), side,
                        microseconds(*operation, source, side, seconds / 10));
        }
}

/// Batches from the start of one epoch after another, until the time is over.
double imagesPerSecond(TwoViewLoader &loader, double seconds, std::uint32_t &epoch) {
    std::size_t images = 0;
    const auto start = Clock::now();
    while (secondsSince(start) < seconds) {
        loader.startEpoch(epoch++);
        while (const ViewBatch *batch = loader.next())
            images += batch->samples.size();
    }
    return static_cast<double>(images) / secondsSince(start);
}

void measureJpeg(const std::string &folder, int threads, double seconds) {
    OpenOptions streaming;
    streaming.memoryBudget = 0;
    const DatasetPtr dataset = openDataset("folder:" + folder, streaming);
    // Long epochs: a short one would mostly measure its start.
    std::vector<std::uint32_t> samples(dataset->size() * std::size_t{8});
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<std::uint32_t>(i) % dataset->size();
    TwoViewLoader loader(dataset, samples, {pipelineByName("simclr-imagenet"), 224},
                         {.batch = 32, .threads = threads});
    std::uint32_t epoch = 0;
    imagesPerSecond(loader, warmUp, epoch);
    std::printf("images_per_second %.1f\n", imagesPerSecond(loader, seconds, epoch));
}

int measure(int argc, char **argv) {
    const std::string_view first = argc > 1 ? argv[1] : "2";
    if (first == "pictures" && argc == 3) {
        bench::writePhotographs(argv[2], photoCount, photoWidth, photoHeight);
        return 0;
    }
    keepLargeBlocks();    // as the programs do
    cv::setNumThreads(0); // one thread means one
    const double seconds = std::atof(first.data());
    const std::string_view mode = argc > 2 ? argv[2] : "cifar";
    if (seconds > 0 && mode == "cifar" && argc <= 3)
        measureCifar(seconds);
    else if (seconds > 0 && mode == "imagenet" && argc == 3)
        measureImageNet(seconds);
    else if (seconds > 0 && mode == "steps" && argc == 3)
        measureSteps(seconds);
    else if (seconds > 0 && mode == "jpeg" && argc >= 4)
        measureJpeg(argv[3], argc > 4 ? std::atoi(argv[4]) : coreCount(), seconds);
    else
        throw InvalidInput(
            "usage: bench_augment [SECONDS [cifar | imagenet | steps]] | SECONDS jpeg FOLDER [THREADS] | "
            "pictures FOLDER");
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
