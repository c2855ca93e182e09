// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnose/view_diagnostics.h"

#include "core/augment/view_renderer.h"
#include "core/diagnose/shortcuts.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace simclr {

namespace {

struct Rect {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
    double area() const { return width * height; }
};

/// Measurements of two views of one image and of the image itself.
struct Pair {
    bool isRead = false;
    std::array<Signature, 2> colors;
    std::array<Signature, 2> layouts;
    std::array<Rect, 2> crops;
    std::array<double, 2> clipped{};
    double clippedSource = 0;
    int uniform = 0;
    std::array<double, 2> seconds{};
    std::array<std::vector<double>, 2> stepSeconds;
};

double clippedShare(const Image &image) {
    std::size_t clipped = 0;
    for (std::size_t i = 0; i < image.byteCount(); i += Image::channels) {
        const std::uint8_t *pixel = image.data() + i;
        const auto [least, most] = std::minmax({pixel[0], pixel[1], pixel[2]});
        clipped += least == 0 || most == 255 ? 1 : 0;
    }
    return static_cast<double>(clipped) * Image::channels / static_cast<double>(image.byteCount());
}

bool isNearlyUniform(const Image &image) {
    constexpr double leastDeviation = 4; // levels
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < image.byteCount(); i += Image::channels) {
        const std::uint8_t *pixel = image.data() + i;
        const double grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        sum += grey;
        squares += grey * grey;
    }
    const double pixels = static_cast<double>(image.byteCount()) / Image::channels;
    return squares / pixels - sum / pixels * (sum / pixels) < leastDeviation * leastDeviation;
}

bool isFlip(const PipelineStep &step) {
    return step.operation == "horizontal_flip" || step.operation == "vertical_flip";
}

/// Whether the step, or one that it combines, is geometric (moves pixels or crops).
bool choosesRegion(const PipelineStep &step, bool withFlips) {
    const OperationType *type = findOperationType(step.operation);
    if (!step.enabled || type == nullptr || (isFlip(step) && !withFlips))
        return false;
    if (type->isCombination())
        return std::ranges::any_of(step.steps,
                                   [=](const PipelineStep &part) { return choosesRegion(part, withFlips); });
    return type->category == OperationCategory::Geometry || type->category == OperationCategory::Policy;
}

/// The cropping step, if no other step of the branch is geometric, except flips after it.
std::optional<std::size_t> cropStep(const std::vector<PipelineStep> &steps) {
    std::optional<std::size_t> crop;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!choosesRegion(steps[i], !crop))
            continue;
        if (crop || steps[i].operation != "random_resized_crop" || steps[i].probability < 1)
            return std::nullopt;
        crop = i;
    }
    return crop;
}

Rect cropOf(const SampleLog &log) {
    constexpr std::pair<const char *, double Rect::*> fields[] = {
        {"left", &Rect::left}, {"top", &Rect::top}, {"width", &Rect::width}, {"height", &Rect::height}};
    Rect rect;
    for (const SampledValue &sampled : log)
        for (const auto &[name, member] : fields)
            if (sampled.what == name)
                rect.*member = sampled.number;
    return rect;
}

double overlap(const std::array<Rect, 2> &crops) {
    const auto &[a, b] = crops;
    const double width = std::min(a.left + a.width, b.left + b.width) - std::max(a.left, b.left);
    const double height = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
    const double common = std::max(0.0, width) * std::max(0.0, height);
    return common / (a.area() + b.area() - common);
}

/// Mean without the slowest 1 % (at least one of several), which other load on the machine delayed.
double undisturbedMean(std::vector<double> seconds) {
    if (seconds.empty())
        return 0;
    const std::size_t kept = seconds.size() - std::min(seconds.size() - 1, 1 + seconds.size() / 100);
    std::ranges::nth_element(seconds, seconds.begin() + static_cast<std::ptrdiff_t>(kept) - 1);
    seconds.resize(kept);
    return std::reduce(seconds.begin(), seconds.end()) / static_cast<double>(kept);
}

class Measurement {
  public:
    Measurement(const Dataset &dataset, const Pipeline &pipeline, const DiagnosticsOptions &options)
        : m_dataset(dataset),
          m_pipeline(pipeline),
          m_options(options),
          m_renderer(pipeline, options.viewSize),
          m_crops{cropStep(pipeline.stepsOf(0)), cropStep(pipeline.stepsOf(1))} {}

    std::optional<ViewDiagnostics> measure(const std::stop_token &stop) {
        const std::vector<std::uint32_t> samples = chosenSamples();
        std::vector<Pair> pairs(samples.size());
        parallelFor(samples.size(), m_options.threads, [&](std::size_t i) {
            if (!stop.stop_requested())
                pairs[i] = look(samples[i]);
        });
        if (stop.stop_requested())
            return std::nullopt;
        std::erase_if(pairs, [](const Pair &pair) { return !pair.isRead; });
        if (pairs.empty())
            throw InvalidInput("none of the images of \"" + m_dataset.report().title + "\" can be read");
        return summary(pairs);
    }

  private:
    std::vector<std::uint32_t> chosenSamples() const {
        std::vector<std::uint32_t> samples(m_dataset.size());
        std::iota(samples.begin(), samples.end(), 0U);
        RandomStream draws({m_options.seed, Purpose::Subset, 0, 0, 0});
        draws.shuffle(samples);
        samples.resize(std::min<std::size_t>(samples.size(), m_options.images));
        return samples;
    }

    Pair look(std::uint32_t sample) const {
        Pair pair;
        Image source;
        try {
            source = m_dataset.image(sample);
        } catch (const Error &) {
            return pair; // other images are left
        }
        pair.isRead = true;
        pair.clippedSource = clippedShare(source);
        for (const std::uint16_t view : {std::uint16_t{0}, std::uint16_t{1}})
            lookAtView(source, {.seed = m_options.seed, .sample = sample, .view = view}, pair);
        return pair;
    }

    void lookAtView(const Image &source, const ViewKey &key, Pair &pair) const {
        const std::optional<std::size_t> &crop = m_crops[key.view];
        Image view;
        SampleLog sampled;
        ViewCost cost =
            m_renderer.renderTimed(source, key, view, crop.value_or(0), crop ? &sampled : nullptr);
        pair.seconds[key.view] = cost.seconds;
        pair.stepSeconds[key.view] = std::move(cost.stepSeconds);
        pair.colors[key.view] = colorHistogram(view);
        pair.layouts[key.view] = greyThumbnail(view);
        pair.clipped[key.view] = clippedShare(view);
        pair.uniform += isNearlyUniform(view) ? 1 : 0;
        if (crop)
            pair.crops[key.view] = cropOf(sampled);
    }

    ViewDiagnostics summary(const std::vector<Pair> &pairs) const {
        ViewDiagnostics diagnostics;
        const auto count = static_cast<double>(pairs.size());
        diagnostics.images = static_cast<std::uint32_t>(pairs.size());
        diagnostics.chance = 1 / count;
        diagnostics.colorShortcut = found(pairs, &Pair::colors);
        diagnostics.layoutShortcut = found(pairs, &Pair::layouts);
        for (const Pair &pair : pairs) {
            diagnostics.clipped += (pair.clipped[0] + pair.clipped[1]) / 2 / count;
            diagnostics.clippedSources += pair.clippedSource / count;
            diagnostics.uniform += pair.uniform / 2.0 / count;
        }
        diagnostics.microsecondsPerView = microseconds(pairs);
        if (m_crops[0] && m_crops[1])
            addCrops(pairs, diagnostics);
        diagnostics.costs = costs(pairs, 0);
        if (m_pipeline.secondSteps)
            diagnostics.secondCosts = costs(pairs, 1);
        return diagnostics;
    }

    static double found(const std::vector<Pair> &pairs, std::array<Signature, 2> Pair::*member) {
        std::array<std::vector<Signature>, 2> signatures;
        for (const std::size_t view : {0U, 1U})
            for (const Pair &pair : pairs)
                signatures[view].push_back((pair.*member)[view]);
        return pairsFound(signatures[0], signatures[1]);
    }

    static void addCrops(const std::vector<Pair> &pairs, ViewDiagnostics &diagnostics) {
        double iou = 0;
        double ratio = 0;
        for (const Pair &pair : pairs) {
            const auto [smaller, larger] = std::minmax({pair.crops[0].area(), pair.crops[1].area()});
            iou += overlap(pair.crops);
            ratio += smaller / larger;
        }
        diagnostics.cropIou = iou / static_cast<double>(pairs.size());
        diagnostics.scaleRatio = ratio / static_cast<double>(pairs.size());
    }

    static double microseconds(const std::vector<Pair> &pairs) {
        std::vector<double> seconds;
        for (const Pair &pair : pairs)
            seconds.insert(seconds.end(), pair.seconds.begin(), pair.seconds.end());
        return 1e6 * undisturbedMean(std::move(seconds));
    }

    /// Cost of a step, averaged over all views: that of the views it was applied to, weighted by their
    /// fraction.
    static double stepMicroseconds(const std::vector<Pair> &pairs, std::size_t view, std::size_t step) {
        std::vector<double> seconds;
        for (const Pair &pair : pairs)
            if (pair.stepSeconds[view][step] > 0)
                seconds.push_back(pair.stepSeconds[view][step]);
        const double share = static_cast<double>(seconds.size()) / static_cast<double>(pairs.size());
        return 1e6 * share * undisturbedMean(std::move(seconds));
    }

    std::vector<StepCost> costs(const std::vector<Pair> &pairs, std::size_t view) const {
        std::vector<StepCost> costs;
        for (const std::size_t step : m_renderer.stepsOf(static_cast<int>(view)))
            costs.push_back({step, stepMicroseconds(pairs, view, costs.size())});
        return costs;
    }

    const Dataset &m_dataset;
    const Pipeline &m_pipeline;
    DiagnosticsOptions m_options;
    ViewRenderer m_renderer;
    std::array<std::optional<std::size_t>, 2> m_crops;
};

Json toJson(const std::vector<StepCost> &costs, const std::vector<PipelineStep> &steps) {
    Json list = Json::array();
    for (const StepCost &cost : costs)
        list.push_back(
            {{"operation", steps[cost.step].operation}, {"microseconds_per_view", cost.microseconds}});
    return list;
}

Json orNull(const std::optional<double> &number) {
    return number ? Json(*number) : Json();
}

} // namespace

std::optional<ViewDiagnostics> measureDiagnostics(const Dataset &dataset, const Pipeline &pipeline,
                                                  const DiagnosticsOptions &options,
                                                  const std::stop_token &stop) {
    return Measurement(dataset, pipeline, options).measure(stop);
}

double imagesPerSecond(const ViewDiagnostics &diagnostics, int cores) {
    constexpr double viewsPerImage = 2;
    return diagnostics.microsecondsPerView > 0 ? cores * 1e6 / diagnostics.microsecondsPerView / viewsPerImage
                                               : 0;
}

Json toJson(const ViewDiagnostics &diagnostics, const Pipeline &pipeline) {
    Json json = {{"images", diagnostics.images},
                 {"colour_shortcut", diagnostics.colorShortcut},
                 {"layout_shortcut", diagnostics.layoutShortcut},
                 {"chance", diagnostics.chance},
                 {"crop_iou", orNull(diagnostics.cropIou)},
                 {"crop_scale_ratio", orNull(diagnostics.scaleRatio)},
                 {"clipped", diagnostics.clipped},
                 {"clipped_sources", diagnostics.clippedSources},
                 {"nearly_uniform", diagnostics.uniform},
                 {"microseconds_per_view", diagnostics.microsecondsPerView},
                 {"images_per_second", imagesPerSecond(diagnostics)},
                 {"operations", toJson(diagnostics.costs, pipeline.stepsOf(0))}};
    if (pipeline.secondSteps)
        json["second_view_operations"] = toJson(diagnostics.secondCosts, pipeline.stepsOf(1));
    return json;
}

} // namespace simclr
