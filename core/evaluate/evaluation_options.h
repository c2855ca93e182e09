// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/description.h"
#include "core/results/protocol.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace simclr {

/// Options of the protocols that train by gradient descent: linear_sgd, fine_tune and supervised. 0 selects
/// the protocol's default, see evaluationRecipe().
struct EvaluationOptions {
    std::int64_t epochs = 0;
    std::int64_t batch = 0;   ///< N; the default is smaller for few images
    double learningRate = 0;  ///< for N = 256: scaled by N / 256
    double weightDecay = -1;  ///< below 0: the protocol's default
    double momentum = 0.9;    ///< Nesterov's
    double colorStrength = 0; ///< of colour distortion after crop and flip; 0: none

    bool operator==(const EvaluationOptions &) const = default;
};

/// The only description of EvaluationOptions.
const Description<EvaluationOptions> &evaluationOptionsDescription();

/// The protocols that can be requested; "online" is measured during training only.
const std::vector<Protocol> &evaluationProtocols();

/// The hyperparameters of a protocol.
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

/// The defaults of `protocol` with the changes of `options`, for so many training images. linear_sgd: 100
/// epochs, N 512, rate 0.1 · N / 256, no decay (the authors' README and B.6). fine_tune: 60 epochs for up to
/// 1 % of the labels, otherwise 30, N 256, rate 0.05 · N / 256, no decay (B.5, whose N is 1024 on ImageNet).
/// supervised: 100 epochs, N 256, rate 0.1 · N / 256, decay 1e-4 (He et al. 2016). All: Nesterov momentum
/// 0.9, no warm-up, crop and flip. If an epoch would have fewer than eight steps, a default batch shrinks
/// until it has eight, but not below 32: with one step per epoch hardly anything is learnt.
ClassifierRecipe evaluationRecipe(Protocol protocol, const EvaluationOptions &options, double labels,
                                  std::size_t images, std::uint64_t seed);

/// The `options` that differ in effect from the defaults of `protocol`, by option id. Empty if none does, and
/// for protocols without these options.
std::map<std::string, double> overridesOf(Protocol protocol, const EvaluationOptions &options, double labels,
                                          std::size_t images);

/// For a result's detail.
Json toJson(const ClassifierRecipe &recipe);

} // namespace simclr
