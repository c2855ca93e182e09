// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/options/parameter.h"
#include "core/random/random.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simclr {

/// An augmentation operation with its parameters set. Immutable, so one object serves any number of threads.
class Operation {
  public:
    virtual ~Operation() = default;

    /// Changes `image` in place with the random numbers of `draws`. `viewSize` is the side in pixels of the
    /// square view for training; only operations that set a size use it. The count of random numbers used may
    /// depend on the parameters, never on the pixels. draws.note() logs the sampled values.
    virtual void apply(Image &image, RandomStream &draws, int viewSize) const = 0;

    /// The same from `source` to `target`, two images. A crop of a large image thus need not copy it first.
    virtual void applyTo(const Image &source, Image &target, RandomStream &draws, int viewSize) const {
        target = source;
        apply(target, draws, viewSize);
    }
};

/// One of the operations of a combination, with its probability.
struct WeighedOperation {
    std::string title;
    double probability = 1; ///< in [0, 1]
    std::shared_ptr<const Operation> operation;
};

enum class OperationCategory { Geometry, Color, Filter, Policy, Combination };

/// The single description of an operation.
struct OperationType {
    std::string id;     ///< stable, snake_case
    std::string title;  ///< "Random resized crop"
    std::string help;   ///< one sentence
    std::string source; ///< paper or code that defines it
    OperationCategory category = OperationCategory::Geometry;
    double initialProbability = 1;
    Schema schema;
    /// Makes the operation from checked values; empty if it combines others.
    std::function<std::unique_ptr<Operation>(const Values &)> make;
    /// Makes a combination of others from checked values; empty if it does not combine.
    std::function<std::unique_ptr<Operation>(const Values &, std::vector<WeighedOperation>)> combine;

    bool isCombination() const { return combine != nullptr; }
};

/// Every operation, in the order of the palette.
const std::vector<OperationType> &operationTypes();

/// The type with this id, or nullptr.
const OperationType *findOperationType(std::string_view id);

/// "Geometry", "Colour", "Filter", "Policy", "Combination".
std::string categoryTitle(OperationCategory category);

} // namespace simclr
