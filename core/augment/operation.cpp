// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"

#include "core/augment/ops/operations.h"

#include <algorithm>

namespace simclr {

const std::vector<OperationType> &operationTypes() {
    static const std::vector<OperationType> types{
        // Geometry
        randomResizedCropType(),
        centerCropType(),
        resizeType(),
        horizontalFlipType(),
        verticalFlipType(),
        rotateQuartersType(),
        rotationType(),
        affineType(),
        perspectiveType(),
        cutoutType(),
        // Colour
        colorJitterType(),
        colorDropType(),
        brightnessType(),
        contrastType(),
        saturationType(),
        hueType(),
        solarizeType(),
        posterizeType(),
        equalizeType(),
        autocontrastType(),
        invertType(),
        normalizeType(),
        // Filter
        gaussianBlurType(),
        gaussianNoiseType(),
        sobelType(),
        sharpnessType(),
        jpegType(),
        // Policy
        autoAugmentType(),
        randAugmentType(),
        // Combination
        groupType(),
        oneOfType(),
        someOfType(),
        randomOrderType(),
    };
    return types;
}

const OperationType *findOperationType(std::string_view id) {
    const auto &types = operationTypes();
    const auto found = std::ranges::find(types, id, &OperationType::id);
    return found == types.end() ? nullptr : &*found;
}

std::string categoryTitle(OperationCategory category) {
    switch (category) {
    case OperationCategory::Geometry:
        return "Geometry";
    case OperationCategory::Color:
        return "Colour";
    case OperationCategory::Filter:
        return "Filter";
    case OperationCategory::Policy:
        return "Policy";
    case OperationCategory::Combination:
        break;
    }
    return "Combination";
}

} // namespace simclr
