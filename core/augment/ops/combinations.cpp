// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/operations.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace simclr {

namespace {

/// A combination of any number of operations, each with its own probability.
struct Combination : Operation {
    std::vector<WeighedOperation> parts;

  protected:
    static void applyPart(const WeighedOperation &part, Image &image, RandomStream &draws, int viewSize) {
        if (draws.isLogged())
            draws.note("step", part.title);
        part.operation->apply(image, draws, viewSize);
    }
    static void applyByChance(const WeighedOperation &part, Image &image, RandomStream &draws, int viewSize) {
        if (draws.chance(part.probability))
            applyPart(part, image, draws, viewSize);
    }
    std::vector<std::size_t> indices() const {
        std::vector<std::size_t> all(parts.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }
};

struct Group final : Combination {
    void apply(Image &image, RandomStream &draws, int viewSize) const override {
        for (const WeighedOperation &part : parts)
            applyByChance(part, image, draws, viewSize);
    }
};

struct RandomOrder final : Combination {
    void apply(Image &image, RandomStream &draws, int viewSize) const override {
        std::vector<std::size_t> order = indices();
        draws.shuffle(order);
        for (const std::size_t i : order)
            applyByChance(parts[i], image, draws, viewSize);
    }
};

struct OneOf final : Combination {
    void apply(Image &image, RandomStream &draws, int viewSize) const override {
        double all = 0;
        for (const WeighedOperation &part : parts)
            all += part.probability;
        double place = draws.uniform(0, all);
        for (const WeighedOperation &part : parts) {
            if (place < part.probability)
                return applyPart(part, image, draws, viewSize);
            place -= part.probability;
        }
    }
};

struct SomeOf final : Combination {
    Range count{1, 2};

    void apply(Image &image, RandomStream &draws, int viewSize) const override {
        const auto fewest = static_cast<std::uint32_t>(std::lround(count.low));
        const auto most = static_cast<std::uint32_t>(std::lround(count.high));
        const std::size_t wanted = fewest + draws.below(most - fewest + 1);
        std::vector<std::size_t> chosen = indices();
        draws.shuffle(chosen);
        chosen.resize(std::min(wanted, chosen.size()));
        std::ranges::sort(chosen);
        for (const std::size_t i : chosen)
            applyByChance(parts[i], image, draws, viewSize);
    }
};

template <typename T>
OperationType combinationType(const OperationText &text, Description<T> parameters) {
    OperationType type{text.id, text.title, text.help, text.source, OperationCategory::Combination,
                       1,       {},         {},        {}};
    type.schema = parameters.schema();
    type.combine = [title = text.title, parameters = std::move(parameters)](
                       const Values &values, std::vector<WeighedOperation> parts) {
        auto combination = std::make_unique<T>();
        parameters.write(*combination, values, title);
        combination->parts = std::move(parts);
        return std::unique_ptr<Operation>(std::move(combination));
    };
    return type;
}

} // namespace

OperationType groupType() {
    return combinationType<Group>(
        {"group", "Group",
         "Its steps one after the other; with a probability of its own, all of them or "
         "none.",
         "torchvision's RandomApply, Albumentations' Sequential"},
        {});
}

OperationType randomOrderType() {
    return combinationType<RandomOrder>({"random_order", "Random order",
                                         "Its steps in an order sampled for each view, every order equally "
                                         "likely.",
                                         "torchvision's RandomOrder"},
                                        {});
}

OperationType oneOfType() {
    return combinationType<OneOf>(
        {"one_of", "One of",
         "Exactly one of its steps, chosen with weights proportional to their probabilities.",
         "torchvision's RandomChoice, Albumentations' OneOf"},
        {});
}

OperationType someOfType() {
    return combinationType<SomeOf>(
        {"some_of", "Some of",
         "A random number of its steps, in their order; the subset is sampled uniformly, and each selected "
         "step is applied with its own probability.",
         "Albumentations' SomeOf"},
        Description<SomeOf>().interval(
            &SomeOf::count,
            {.id = "count",
             .title = "Steps",
             .help = "Number of selected steps, sampled uniformly from the integers in this range.",
             .minimum = 0,
             .maximum = 20,
             .step = 1}));
}

} // namespace simclr
