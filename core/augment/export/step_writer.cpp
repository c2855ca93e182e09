// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/export/step_writer.h"

#include "core/augment/export/python_text.h"
#include "core/augment/operation.h"

#include <algorithm>

namespace simclr::python {

namespace {

std::string titleOf(const PipelineStep &step) {
    const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
    return type != nullptr ? type->title : quoted(step.operation);
}

bool mayHappen(const PipelineStep &step) {
    return step.enabled && step.probability > 0;
}

/// Whether the step, or a part of it with a probability above 0, is one of these operations.
bool mayDo(const PipelineStep &step, std::initializer_list<const char *> operations) {
    return mayHappen(step) && (std::ranges::find(operations, step.operation) != operations.end() ||
                               std::ranges::any_of(step.steps, [&](const PipelineStep &part) {
                                   return mayDo(part, operations);
                               }));
}

constexpr std::initializer_list<const char *> resizing{"random_resized_crop", "center_crop", "resize"};

} // namespace

std::string StepWriter::items(const std::vector<PipelineStep> &steps, const std::string &place) {
    std::string lines;
    bool hasViewSize = false;
    int number = 0;
    for (const PipelineStep &step : steps) {
        const std::string here = place + std::to_string(++number);
        if (!step.enabled)
            lines += item({titleOf(step) + ": switched off"}, "");
        else if (!step.isKnown())
            lines += unknownItem(step, here, false);
        else
            lines += writtenItem({step, step.probability, here});
        hasViewSize = hasViewSize || makesViewSize(step, step.probability);
    }
    reportKernels(steps, place, false, true);
    return hasViewSize ? lines : lines + lastItem();
}

/// A blur's kernel is a fraction of the image's height, which is known only after the image has the view
/// size. The order of the parts is unknown in most combinations.
void StepWriter::reportKernels(const std::vector<PipelineStep> &steps, const std::string &place,
                               bool hasViewSize, bool isInOrder) {
    int number = 0;
    for (const PipelineStep &step : steps) {
        const std::string here = place + std::to_string(++number);
        if (!step.enabled || !step.isKnown())
            continue;
        if (step.operation == "gaussian_blur" && !hasViewSize)
            addGap({step, 1, here}, "the kernel size is that for images as high as the view.");
        reportKernels(step.steps, here + ".", hasViewSize, step.operation == "group");
        hasViewSize = hasViewSize || (isInOrder && makesViewSize(step, step.probability));
    }
}

std::string StepWriter::partItems(const StepPlace &at, bool isCertain) {
    std::string lines;
    int number = 0;
    for (const PipelineStep &part : at.step.steps) {
        const std::string here = at.place + "." + std::to_string(++number);
        if (!part.enabled)
            lines += item({titleOf(part) + ": switched off"}, "");
        else if (!part.isKnown())
            lines += unknownItem(part, here, true);
        else
            lines += writtenItem({part, isCertain ? 1 : part.probability, here});
    }
    return lines;
}

std::string StepWriter::writtenItem(const StepPlace &at) {
    const StepText text = write(at);
    std::vector<std::string> comments;
    if (!text.lack.empty()) {
        comments.push_back("no equivalent in " + m_library + ": " + text.lack);
        addLack(at, text.lack);
    }
    if (text.isAnothers)
        addPartGaps(at);
    if (!text.remark.empty())
        comments.push_back(text.remark);
    return item(comments, text.code);
}

std::string StepWriter::unknownItem(const PipelineStep &step, const std::string &place, bool keepsPlace) {
    addUnknown({step, 1, place});
    return item(
        {"no equivalent in " + m_library + ": " + titleOf(step) + " is an unknown operation, left out"},
        keepsPlace ? nothing() : "");
}

void StepWriter::addPartGaps(const StepPlace &at) {
    const bool isCertain = at.step.operation == "one_of";
    int number = 0;
    for (const PipelineStep &part : at.step.steps) {
        const StepPlace here{part, isCertain ? 1 : part.probability,
                             at.place + "." + std::to_string(++number)};
        if (!part.enabled)
            continue;
        if (!part.isKnown()) {
            addUnknown(here);
            continue;
        }
        const std::string lack = lackOf(here);
        if (!lack.empty())
            addLack(here, lack);
        addPartGaps(here);
    }
}

void StepWriter::addLack(const StepPlace &at, const std::string &lack) {
    addGap(at, m_library + " has no equivalent operation: " + lack + ".");
}

void StepWriter::addUnknown(const StepPlace &at) {
    addGap(at, "the operation is unknown to this version and left out.");
}

void StepWriter::addGap(const StepPlace &at, const std::string &sentence) {
    m_gaps.push_back(at.place + " (" + titleOf(at.step) + "): " + sentence);
}

int blurKernel(double share, int height) {
    return 2 * (static_cast<int>(height * share) / 2) + 1;
}

Range positiveSigmas(const Range &sigma) {
    constexpr double invisible = 0.01;
    return {std::max(sigma.low, invisible), std::max(sigma.high, invisible)};
}

bool combinesNothing(const PipelineStep &step) {
    const OperationType *type = findOperationType(step.operation);
    if (type == nullptr || !type->isCombination())
        return false;
    return std::ranges::none_of(
        step.steps,
        step.operation == "one_of" ? mayHappen : [](const PipelineStep &part) { return part.enabled; });
}

bool makesViewSize(const PipelineStep &step, double probability) {
    if (!step.enabled || probability < 1)
        return false;
    if (step.operation == "group" || step.operation == "random_order")
        return std::ranges::any_of(
            step.steps, [](const PipelineStep &part) { return makesViewSize(part, part.probability); });
    if (step.operation == "one_of")
        return std::ranges::any_of(step.steps, mayHappen) &&
               std::ranges::all_of(step.steps, [](const PipelineStep &part) {
                   return !mayHappen(part) || makesViewSize(part, 1);
               });
    return std::ranges::find(resizing, step.operation) != resizing.end();
}

bool leavesSizeToChance(const PipelineStep &step, double probability) {
    return mayDo(step, resizing) && !makesViewSize(step, probability);
}

bool turnsQuarters(const PipelineStep &step) {
    return mayDo(step, {"rotate_quarters"});
}

int fillLevel(const std::string &fill) {
    return fill == "grey" ? 128 : 0;
}

} // namespace simclr::python
