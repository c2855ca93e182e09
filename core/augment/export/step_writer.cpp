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
        hasViewSize |= step.enabled && step.probability == 1 && makesViewSize(step.operation);
    }
    tellKernels(steps, place, false, true);
    return hasViewSize ? lines : lines + lastItem();
}

/// A blur's kernel is a share of the picture's height, which is known only behind what makes views. The parts
/// of most combinations stand behind one another in no order that is known.
void StepWriter::tellKernels(const std::vector<PipelineStep> &steps, const std::string &place,
                             bool hasViewSize, bool isInOrder) {
    int number = 0;
    for (const PipelineStep &step : steps) {
        const std::string here = place + std::to_string(++number);
        if (!step.enabled || !step.isKnown())
            continue;
        if (step.operation == "gaussian_blur" && !hasViewSize)
            addGap({step, 1, here}, "the side of the kernel is that for pictures as high as the view.");
        tellKernels(step.steps, here + ".", hasViewSize, step.operation == "group");
        hasViewSize |= isInOrder && step.probability == 1 && makesViewSize(step.operation);
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
        comments.push_back("no equal in " + m_library + ": " + text.lack);
        addGap(at, m_library + " has no equal operation: " + text.lack + ".");
    }
    m_gaps.insert(m_gaps.end(), text.gaps.begin(), text.gaps.end());
    if (!text.remark.empty())
        comments.push_back(text.remark);
    return item(comments, text.code);
}

std::string StepWriter::unknownItem(const PipelineStep &step, const std::string &place, bool keepsPlace) {
    addGap({step, 1, place}, "this version does not know the operation, and leaves it out.");
    return item({"no equal in " + m_library + ": " + titleOf(step) + " is an unknown operation, left out"},
                keepsPlace ? nothing() : "");
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

bool makesViewSize(const std::string &operation) {
    return operation == "random_resized_crop" || operation == "center_crop" || operation == "resize";
}

int fillLevel(const std::string &fill) {
    return fill == "grey" ? 128 : 0;
}

} // namespace simclr::python
