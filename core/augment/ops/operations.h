// SPDX-License-Identifier: GPL-3.0-or-later
// The operations that operation.cpp registers; each is defined in the file of its name.
#pragma once

#include "core/augment/operation.h"
#include "core/options/description.h"

namespace simclr {

/// The display texts of an operation.
struct OperationText {
    std::string id;
    std::string title;
    std::string help;
    std::string source;
};

/// The type of the operation `T`, a default-constructible Operation whose members `parameters` describes.
template <typename T>
OperationType operationType(OperationText text, OperationCategory category, double initialProbability,
                            Description<T> parameters) {
    OperationType type{text.id, text.title, text.help, text.source, category, initialProbability, {}, {}, {}};
    type.schema = parameters.schema();
    type.make = [title = text.title, parameters = std::move(parameters)](const Values &values) {
        auto operation = std::make_unique<T>();
        parameters.write(*operation, values, title);
        return std::unique_ptr<Operation>(std::move(operation));
    };
    return type;
}

OperationType randomResizedCropType();
OperationType centerCropType();
OperationType resizeType();
OperationType horizontalFlipType();
OperationType verticalFlipType();
OperationType rotateQuartersType();
OperationType rotationType();
OperationType affineType();
OperationType perspectiveType();
OperationType cutoutType();

OperationType colorJitterType();
OperationType colorDropType();
OperationType brightnessType();
OperationType contrastType();
OperationType saturationType();
OperationType hueType();
OperationType solarizeType();
OperationType posterizeType();
OperationType equalizeType();
OperationType autocontrastType();
OperationType invertType();
OperationType normalizeType();

OperationType gaussianBlurType();
OperationType gaussianNoiseType();
OperationType sobelType();
OperationType sharpnessType();
OperationType jpegType();

OperationType autoAugmentType();
OperationType randAugmentType();

OperationType groupType();
OperationType randomOrderType();
OperationType oneOfType();
OperationType someOfType();

} // namespace simclr
