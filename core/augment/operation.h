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
    /// square view that training wants; only operations that choose a size heed it. How many numbers are
    /// drawn may depend on the parameters, never on the pixels. What they became is told by draws.note().
    virtual void apply(Image &image, RandomStream &draws, int viewSize) const = 0;

    /// The same from `source` to `target`, two images. What cuts something out of a large picture need not
    /// copy it first.
    virtual void applyTo(const Image &source, Image &target, RandomStream &draws, int viewSize) const {
        target = source;
        apply(target, draws, viewSize);
    }
};

/// One of the operations that a combination is made of, and how likely it is.
struct WeighedOperation {
    std::string title;
    double probability = 1; ///< in [0, 1]
    std::shared_ptr<const Operation> operation;
};

enum class OperationCategory { Geometry, Color, Filter, Policy, Combination };

/// The one description of an operation.
struct OperationType {
    std::string id;     ///< stable, snake_case
    std::string title;  ///< "Random resized crop"
    std::string help;   ///< one sentence
    std::string source; ///< where it is defined
    OperationCategory category = OperationCategory::Geometry;
    double initialProbability = 1;
    Schema schema;
    /// Makes the operation from checked values; nothing where it combines others.
    std::function<std::unique_ptr<Operation>(const Values &)> make;
    /// Makes a combination of others from checked values; nothing where it does not combine.
    std::function<std::unique_ptr<Operation>(const Values &, std::vector<WeighedOperation>)> combine;

    bool isCombination() const { return combine != nullptr; }
};

/// Every operation there is, in the order of the palette.
const std::vector<OperationType> &operationTypes();

/// The type with this id, or nullptr.
const OperationType *findOperationType(std::string_view id);

/// "Geometry", "Colour", "Filter", "Policy", "Combination".
std::string categoryTitle(OperationCategory category);

} // namespace simclr
