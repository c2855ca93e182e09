// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/pipeline_views.h"

#include "core/augment/view_renderer.h"
#include "core/data/splits.h"
#include "core/image/resample.h"
#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace {

constexpr int usualViewSize = 32;
constexpr int largestShown = 112; ///< pixels

int viewSizeOf(const RunRecord &run) {
    const auto size = run.config.find("image_size");
    return size != run.config.end() && size->is_number_integer() ? size->get<int>() : usualViewSize;
}

std::vector<std::uint32_t> chosenImages(const Dataset &dataset, std::uint32_t count) {
    std::vector<std::uint32_t> samples;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        if (!dataset.isTestSample(sample))
            samples.push_back(sample);
    return balancedSubset(dataset, samples, count, 0);
}

void throwIfStopped(const std::stop_token &stop) {
    if (stop.stop_requested())
        throw Interrupted("the export was cancelled");
}

/// Large views are made smaller for the page.
ShownViews viewsOf(const Dataset &dataset, std::uint32_t sample, const ViewRenderer &renderer,
                   std::uint64_t seed) {
    const Image image = dataset.image(sample);
    ShownViews views{dataset.sampleName(sample), fitted(image, largestShown), {}, {}};
    renderer.render(image, {seed, 0, sample, 0}, views.first);
    renderer.render(image, {seed, 0, sample, 1}, views.second);
    views.first = fitted(views.first, largestShown);
    views.second = fitted(views.second, largestShown);
    return views;
}

std::string changeRemark(const RunRecord &run, const Dataset &dataset) {
    return dataset.fingerprint() == run.dataset.fingerprint
               ? std::string()
               : "The images have changed since the run: the views are of the current ones.";
}

} // namespace

RenderedViews renderViews(const RunRecord &run, const Pipeline &pipeline, std::uint64_t seed,
                          const OpenImages &open, std::uint32_t count, const std::stop_token &stop) {
    RenderedViews rendered;
    try {
        const ViewRenderer renderer(pipeline, viewSizeOf(run));
        const DatasetPtr dataset = open(run.dataset);
        for (const std::uint32_t sample : chosenImages(*dataset, count)) {
            throwIfStopped(stop);
            try {
                rendered.images.push_back(viewsOf(*dataset, sample, renderer, seed));
            } catch (const Error &error) {
                rendered.remark = std::string("An image is left out: ") + error.what() + ".";
            }
        }
        if (rendered.remark.empty())
            rendered.remark = changeRemark(run, *dataset);
    } catch (const Interrupted &) {
        throw;
    } catch (const OpeningCancelled &) {
        throw Interrupted("the export was cancelled");
    } catch (const std::exception &error) {
        rendered.remark = std::string("Views are not shown: ") + error.what() + ".";
    }
    return rendered;
}

} // namespace simclr
