// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/ops/auto_augment_tables.h"
#include "core/augment/ops/fill.h"
#include "core/augment/ops/operations.h"

#include <algorithm>

namespace simclr {

namespace {

/// The common part of both policies.
struct PolicyOperation : Operation {
    std::string interpolation = "nearest";
    std::string fill = "black";

  protected:
    void perform(PolicyAction action, double magnitude, Image &image, RandomStream &draws) const {
        noteAction(action, magnitude, draws);
        const auto how = interpolation == "bilinear" ? Interpolation::Bilinear : Interpolation::Nearest;
        applyAction(action, magnitude, {how, fillColor(fill)}, image);
    }

    static double drawSigned(PolicyAction action, double magnitude, RandomStream &draws) {
        // Always sampled, so that later random numbers do not depend on the action.
        const bool negative = draws.below(2) == 0;
        return negative && isSigned(action) ? 0 - magnitude : magnitude; // avoids logging −0
    }
};

struct AutoAugment final : PolicyOperation {
    std::string policy = "imagenet";

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        const Policy &subPolicies = autoAugmentPolicy(policy);
        const std::size_t chosen = draws.below(static_cast<std::uint32_t>(subPolicies.size()));
        if (draws.isLogged())
            draws.note("sub-policy",
                       std::to_string(chosen + 1) + " of " + std::to_string(subPolicies.size()));
        for (const PolicyStep &step : subPolicies[chosen])
            applyStep(step, image, draws);
    }

    void applyStep(const PolicyStep &step, Image &image, RandomStream &draws) const {
        const bool happens = draws.chance(step.tenths / 10.0);
        const double magnitude = drawSigned(
            step.action, magnitudeOf(step.action, step.bin, autoAugmentBins, image.width(), image.height()),
            draws);
        if (happens)
            perform(step.action, magnitude, image, draws);
    }
};

struct RandAugment final : PolicyOperation {
    int count = 2;
    int magnitude = 9;
    int bins = 31;

    void apply(Image &image, RandomStream &draws, int /*viewSize*/) const override {
        for (int i = 0; i < count; ++i) {
            const auto action = static_cast<PolicyAction>(draws.below(randAugmentActions));
            const double strength =
                magnitudeOf(action, std::min(magnitude, bins - 1), bins, image.width(), image.height());
            perform(action, drawSigned(action, strength, draws), image, draws);
        }
    }
};

template <typename T>
Description<T> withCanvas(Description<T> described) {
    return std::move(described)
        .choice(&T::interpolation, {.id = "interpolation",
                                    .title = "Interpolation",
                                    .help = "Interpolation of shears and rotations.",
                                    .choices = {{"nearest", "Nearest pixel"}, {"bilinear", "Bilinear"}}})
        .choice(&T::fill, fillParameter("Fill for pixels outside the image."));
}

Description<RandAugment> randAugmentParameters() {
    return Description<RandAugment>()
        .integer(&RandAugment::count,
                 {.id = "num_ops",
                  .title = "Operations N",
                  .help = "Number of operations sampled and applied in sequence; 0 changes nothing.",
                  .minimum = 0,
                  .maximum = 10,
                  .step = 1})
        .integer(&RandAugment::magnitude, {.id = "magnitude",
                                           .title = "Magnitude M",
                                           .help = "The strength of all of them, counted from 0; the number "
                                                   "of magnitudes minus one, or more, is the strongest.",
                                           .minimum = 0,
                                           .maximum = 100,
                                           .step = 1})
        .integer(
            &RandAugment::bins,
            {.id = "num_magnitude_bins",
             .title = "Magnitudes",
             .help = "Number of equally spaced magnitudes into which the range of each operation is divided.",
             .minimum = 2,
             .maximum = 101,
             .step = 1});
}

} // namespace

OperationType autoAugmentType() {
    return operationType<AutoAugment>(
        {"auto_augment", "AutoAugment",
         "Applies one of 25 pairs of operations found by a search on a dataset; pairs are equally likely, "
         "each operation has its own probability.",
         "Cubuk et al. 2019; actions and strengths as in torchvision's AutoAugment; SimCLR, Table 1"},
        OperationCategory::Policy, 1,
        withCanvas(Description<AutoAugment>().choice(
            &AutoAugment::policy,
            {.id = "policy",
             .title = "Policy",
             .help = "The dataset whose policy is used.",
             .choices = {{"imagenet", "ImageNet"}, {"cifar10", "CIFAR-10"}, {"svhn", "SVHN"}}})));
}

OperationType randAugmentType() {
    return operationType<RandAugment>(
        {"rand_augment", "RandAugment",
         "Applies N operations of one strength M, each sampled from the same 14, the one that changes "
         "nothing "
         "included.",
         "Cubuk et al. 2020; actions and strengths as in torchvision's RandAugment"},
        OperationCategory::Policy, 1, withCanvas(randAugmentParameters()));
}

} // namespace simclr
