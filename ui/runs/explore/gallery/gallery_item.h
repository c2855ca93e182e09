// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QString>
#include <cstdint>

namespace simclr::ui {

/// One image of an ImageGallery, and what is known of it.
struct GalleryItem {
    std::uint32_t sample = 0;            ///< index in its dataset
    int label = Dataset::unlabelled;     ///< class index
    int predicted = Dataset::unlabelled; ///< class index; `unlabelled`: there is no prediction
    QString note;                        ///< short, for the line below the class: "0.93", "wrong in 2 of 4"
    int other = Dataset::unlabelled;     ///< another wrong prediction, by another run

    bool hasPrediction() const { return predicted != Dataset::unlabelled && label != Dataset::unlabelled; }
    bool isRight() const { return hasPrediction() && predicted == label; }
    bool operator==(const GalleryItem &) const = default;
};

/// The name of a class; its number if the dataset is null or has no such class; empty for `unlabelled`.
QString classText(const Dataset *dataset, int label);

/// The name of an image in its dataset; its number if the dataset is null or has no such image.
QString imageText(const Dataset *dataset, std::uint32_t sample);

} // namespace simclr::ui
