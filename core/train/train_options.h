// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/options/description.h"

#include <cstdint>
#include <string>

namespace simclr {

/// Seeds are whole numbers up to 2⁵³ − 1, which JSON represents exactly.
inline constexpr std::int64_t largestSeed = 9007199254740991;

/// All options of a training run except its dataset and its pipeline.
struct TrainOptions {
    // encoder
    std::string encoder = "resnet18";
    double width = 0.25;          ///< factor on the number of channels
    std::string stem = "auto";    ///< auto, small (3×3, no pooling) or imagenet (7×7 and pooling)
    std::string initialWeights;   ///< file of weights to start from; empty: random, from the seed
    bool zeroInitResidual = true; ///< the last batch norm of each residual block starts with scale 0
    std::string head = "nonlinear";
    std::int64_t headHiddenLayers = 1; ///< of the nonlinear head
    std::int64_t headOutput = 128;     ///< dimensions of z
    bool headBatchNorm = true;

    // views and batch
    std::int64_t imageSize = 32;    ///< side of the views, pixels
    std::int64_t batch = 256;       ///< N images, 2N views
    std::int64_t chunk = 0;         ///< images whose graph is in memory at once (cached gradients); 0: all N
    std::int64_t trainImages = 0;   ///< maximum number of images to learn from; 0: all
    bool learnFromLabelled = false; ///< learns from labelled training images beside those without labels

    // loss
    std::string loss = "nt_xent"; ///< nt_xent, nt_logistic or margin_triplet
    double temperature = 0.5;     ///< τ
    bool normalise = true;        ///< cosine instead of dot product
    bool semiHard = false;        ///< for nt_logistic and margin_triplet
    double margin = 0.8;          ///< m of margin_triplet

    // optimiser
    std::int64_t epochs = 20;
    std::string optimiser = "sgd";            ///< sgd, lars or adamw
    double learningRate = 0.24;               ///< at the peak of the schedule, before it is scaled
    std::string learningRateScaling = "none"; ///< none, linear (· N / 256) or sqrt (· √N)
    std::string schedule = "cosine";          ///< cosine or constant, after the warm-up
    double momentum = 0.9;
    bool nesterov = true;
    double weightDecay = 1e-4; ///< on weights; not on biases and batch-norm parameters
    double warmupEpochs = 1;
    double clipNorm = 0; ///< maximum ℓ2 norm over all gradients; 0: no limit

    // evaluation
    std::int64_t evaluateEvery = 5;       ///< epochs between evaluations; 0: only at the end
    std::int64_t evaluationImages = 5000; ///< training images used by evaluations during training; 0: all
    std::int64_t knnNeighbours = 200;
    double validationFraction = 0.1;
    double testFraction = 0.2;
    bool onlineProbe = true;          ///< a linear classifier on h behind a stop-gradient, trained along
    bool diagnostics = true;          ///< alignment, uniformity, spread and ranks after every epoch
    std::int64_t checkpointEvery = 5; ///< epochs between checkpoints; 0: only at the end
    double checkpointMinutes = 15;    ///< maximum time between checkpoints; 0: no limit
    std::int64_t keepCheckpoints = 2; ///< recent checkpoints to keep, besides the best

    // machine
    std::int64_t seed = 1;
    std::string device = "auto";    ///< auto, cpu or cuda:N
    std::string precision = "auto"; ///< auto, fp32 or bf16
    std::int64_t threads = 0;       ///< intra-op threads; 0: one per core
    std::int64_t loaderThreads = 0; ///< 0: chosen by the number of cores

    bool operator==(const TrainOptions &) const = default;
};

/// Batches of an epoch over so many images; the last one that is not full is left out.
std::int64_t stepsPerEpoch(std::size_t images, std::int64_t batch);

/// The only description of TrainOptions: JSON, --set flags, the form in the window, checks and help use it.
const Description<TrainOptions> &trainOptionsDescription();

/// Throws InvalidInput if options are inconsistent (each single value is checked by its description).
void checkTrainOptions(const TrainOptions &options);

/// The rate at the peak of the schedule, scaled by the batch (App. B.1).
double peakLearningRate(const TrainOptions &options);

/// The number of threads that render views: chosen, or half of the cores, from 1 to 8.
int loaderThreads(const TrainOptions &options);

/// Dimensions of z for an encoder with so many dimensions of h.
std::int64_t projectionSize(const TrainOptions &options, std::int64_t featureSize);

/// Views of at most so many px per side count as small: they want the small stem and the recipe for CIFAR-10.
inline constexpr std::int64_t largestSmallView = 64;

/// Whether the stem for small images is used: chosen, or "auto" with views of at most 64 px.
bool usesSmallStem(const TrainOptions &options);

} // namespace simclr
