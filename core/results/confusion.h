// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/binomial_interval.h"
#include "core/results/predictions.h"

#include <cstddef>
#include <optional>
#include <span>

namespace simclr {

/// How often each class was predicted for images of each class.
class ConfusionMatrix {
  public:
    /// With at least `classes` classes; more if the predictions name more. Throws InvalidInput if the lists
    /// have different lengths or contain a negative class.
    explicit ConfusionMatrix(const Predictions &predictions, std::size_t classes = 0);

    std::size_t classes() const { return m_classes; }
    /// Images of class `label` that were predicted to be of class `predicted`.
    std::size_t count(std::size_t label, std::size_t predicted) const {
        return m_counts[label * m_classes + predicted];
    }
    /// Images of class `label`.
    std::size_t images(std::size_t label) const;
    /// Images predicted to be of class `predicted`.
    std::size_t predicted(std::size_t predicted) const;

  private:
    std::size_t m_classes = 0;
    std::vector<std::size_t> m_counts; ///< (classes, classes)
};

/// How well one class is recognised.
struct ClassAccuracy {
    std::size_t label = 0;
    std::size_t images = 0;
    std::size_t right = 0;
    std::optional<double> recall;          ///< right / images, in [0, 1]; nothing without images
    std::optional<ShareInterval> interval; ///< of the recall, 95 %
    std::optional<double>
        precision; ///< right / images predicted to be of the class; nothing if there are none
    std::optional<std::size_t> mostConfusedWith; ///< the class most often predicted instead
};

/// One per class, in their order.
std::vector<ClassAccuracy> classAccuracies(const ConfusionMatrix &matrix);

/// An image that evaluations got wrong.
struct MistakenImage {
    std::int32_t sample = 0;
    std::int32_t label = 0;
    std::int32_t predicted = 0;  ///< the wrong class named most often; of equally frequent ones the smallest
    std::size_t wrong = 0;       ///< evaluations that got it wrong, …
    std::size_t evaluations = 0; ///< … of those that contain it
};

/// The images that at least one of `evaluations` got wrong: those that most got wrong first, then by sample.
/// All must be of one dataset; throws InvalidInput if a sample's label differs between them.
std::vector<MistakenImage> worstImages(std::span<const Predictions> evaluations);

} // namespace simclr
