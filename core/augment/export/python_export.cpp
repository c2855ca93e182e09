// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/python_export.h"

#include "core/augment/export/python_helpers.h"
#include "core/augment/export/python_text.h"
#include "core/augment/export/step_writer.h"
#include "core/util/error.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

constexpr std::array targets{
    ExportTargetText{ExportTarget::Torchvision, "torchvision", "torchvision.transforms",
                     "For PIL images, in the workers of a DataLoader."},
    ExportTargetText{ExportTarget::TorchvisionV2, "torchvision-v2", "torchvision.transforms.v2",
                     "For PIL images and tensors, in the workers of a DataLoader; needs torchvision 0.20."},
    ExportTargetText{ExportTarget::Kornia, "kornia", "kornia.augmentation",
                     "For whole batches of tensors, also on the GPU."},
    ExportTargetText{
        ExportTarget::Albumentations, "albumentations", "albumentations",
        "For byte arrays and PIL images, in the workers of a DataLoader; needs Albumentations 2.0."},
};

/// The code around the steps for each library.
struct Frame {
    const char *list;
    const char *first; ///< lines of the list before the steps
    const char *last;  ///< lines after them
    const char *views; ///< the class of both views
    const char *use;   ///< comment lines
};

constexpr const char *datasetUse =
    "# dataset = torchvision.datasets.ImageFolder(\"photos\", transform=two_views)\n";

Frame frameOf(ExportTarget target) {
    switch (target) {
    case ExportTarget::TorchvisionV2:
        return {"v2.Compose", "    v2.ToImage(),\n", "    v2.ToDtype(torch.float32, scale=True),\n",
                "TwoViews", datasetUse};
    case ExportTarget::Kornia:
        return {"torch.nn.Sequential", "", "", "TwoViewsOfBatch",
                "# first, second = two_views(batch)  # n x 3 x height x width, float32, RGB in [0, 1]\n"};
    case ExportTarget::Albumentations:
        return {"A.Compose", "", "", "TwoViewsOfArray", datasetUse};
    case ExportTarget::Torchvision:
        break;
    }
    return {"transforms.Compose", "", "    transforms.ToTensor(),\n", "TwoViews", datasetUse};
}

std::unique_ptr<python::StepWriter> writerFor(ExportTarget target, int viewSize) {
    switch (target) {
    case ExportTarget::Kornia:
        return std::make_unique<python::KorniaWriter>(viewSize);
    case ExportTarget::Albumentations:
        return std::make_unique<python::AlbumentationsWriter>(viewSize);
    case ExportTarget::Torchvision:
    case ExportTarget::TorchvisionV2:
        break;
    }
    return std::make_unique<python::TorchvisionWriter>(target == ExportTarget::TorchvisionV2, viewSize);
}

/// Steps in a list of items, which Python's Sequential takes as arguments.
std::string view(const Frame &frame, ExportTarget target, const std::string &steps) {
    const std::string items = frame.first + steps + frame.last;
    if (target == ExportTarget::Kornia)
        return std::string(frame.list) + "(\n" + items + ")\n";
    return python::listCall(frame.list, items) + "\n";
}

std::string headline(const Pipeline &pipeline, ExportTarget target, int viewSize, const char *use) {
    const std::string side = std::to_string(viewSize);
    const auto text = std::ranges::find(targets, target, &ExportTargetText::target);
    return "# Pipeline " + python::quoted(pipeline.name) + " for " + text->title +
           ", by SimCLR Workbench.\n" + "# Gives two views, float32 tensors of 3 x " + side + " x " + side +
           ", RGB in [0, 1], not normalised.\n" + use;
}

std::string views(const Pipeline &pipeline, ExportTarget target, python::StepWriter &writer) {
    const Frame frame = frameOf(target);
    const std::string both = frame.views;
    if (!pipeline.secondSteps)
        return "view = " + view(frame, target, writer.items(pipeline.steps, "Step ")) +
               "two_views = " + both + "(view, view)\n";
    return "first_view = " + view(frame, target, writer.items(pipeline.steps, "First view, step ")) +
           "second_view = " + view(frame, target, writer.items(*pipeline.secondSteps, "Second view, step ")) +
           "two_views = " + both + "(first_view, second_view)\n";
}

} // namespace

std::span<const ExportTargetText> exportTargets() {
    return targets;
}

ExportTarget exportTargetById(std::string_view id) {
    std::string known;
    for (const ExportTargetText &target : targets) {
        if (target.id == id)
            return target.target;
        known += (known.empty() ? "" : ", ") + std::string(target.id);
    }
    throw InvalidInput("unknown export target \"" + std::string(id) + "\"; known targets: " + known);
}

PythonCode pythonOf(const Pipeline &pipeline, ExportTarget target, int viewSize) {
    const auto writer = writerFor(target, viewSize);
    const std::string code = views(pipeline, target, *writer);
    return {headline(pipeline, target, viewSize, frameOf(target).use) + python::withHelpers(code),
            writer->gaps()};
}

} // namespace simclr
