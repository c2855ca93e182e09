// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/description.h"
#include "core/results/protocol.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace simclr {

/// What can be chosen about the protocols that train by gradient descent: linear_sgd, fine_tune and
/// supervised. 0 stands for what is usual for the protocol, see evaluationRecipe().
struct EvaluationOptions {
    std::int64_t epochs = 0;
    std::int64_t batch = 0;   ///< N; the usual one is smaller where there are few images
    double learningRate = 0;  ///< for N = 256: scaled by N / 256
    double weightDecay = -1;  ///< below 0: what is usual for the protocol
    double momentum = 0.9;    ///< Nesterov's
    double colorStrength = 0; ///< of colour distortion after crop and flip; 0: none

    bool operator==(const EvaluationOptions &) const = default;
};

/// The one description of EvaluationOptions.
const Description<EvaluationOptions> &evaluationOptionsDescription();

/// The protocols that can be asked for; "online" is measured during training only.
const std::vector<Protocol> &evaluationProtocols();

/// The constants that a protocol trains with.
struct ClassifierRecipe {
    std::int64_t epochs = 100;
    std::int64_t batch = 512; ///< N, at most the number of images
    double peakRate = 0.1;    ///< of half a cosine down to 0, step by step; scaled by N / 256 already
    double weightDecay = 0;
    double momentum = 0.9;
    double colorStrength = 0;
    bool trainsEncoder = false;
    std::uint64_t seed = 0; ///< of order and views
};

/// `protocol`'s own constants with what `options` change of them, for so many training images.
/// linear_sgd: 100 epochs, N 512, rate 0.1 · N / 256, no decay (the authors' README and B.6). fine_tune: 60
/// epochs for up to 1 % of the labels, otherwise 30, N 256, rate 0.05 · N / 256, no decay (B.5, whose N is
/// 1024 on ImageNet). supervised: 100 epochs, N 256, rate 0.1 · N / 256, decay 1e-4 (He et al. 2016).
/// All: Nesterov momentum 0.9, no warm-up, crop and flip. Where an epoch would have fewer than eight steps, a
/// batch that was not chosen shrinks until it has them, to no less than 32: in one step an epoch hardly
/// anything is learnt.
ClassifierRecipe evaluationRecipe(Protocol protocol, const EvaluationOptions &options, double labels,
                                  std::size_t images, std::uint64_t seed);

/// What of `options` makes another classifier than `protocol`'s own constants do, by option id. Empty where
/// nothing does, and for the protocols that know none of these options.
std::map<std::string, double> overridesOf(Protocol protocol, const EvaluationOptions &options, double labels,
                                          std::size_t images);

/// For a result's detail.
Json toJson(const ClassifierRecipe &recipe);

} // namespace simclr
