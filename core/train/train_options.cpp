// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"

#include "core/util/core_count.h"
#include "core/util/error.h"

#include <algorithm>
#include <cmath>

namespace simclr {

namespace {

/// The networks of He et al. 2016, section 4.2: one stem, for images of 32 px.
bool isCifarEncoder(const TrainOptions &options) {
    return options.encoder == "resnet20" || options.encoder == "resnet32" || options.encoder == "resnet56";
}

void checkChunk(const TrainOptions &options) {
    if (options.chunk == 0)
        return;
    const std::string chunk = "training options: a chunk of " + std::to_string(options.chunk) + " images ";
    if (options.chunk == 1)
        throw InvalidInput(chunk + "is too small for batch norm; it needs at least 2");
    if (options.chunk > options.batch)
        throw InvalidInput(chunk + "is larger than the batch of " + std::to_string(options.batch));
    if (options.batch % options.chunk != 0)
        throw InvalidInput(chunk + "does not divide the batch of " + std::to_string(options.batch) +
                           "; batch norm needs chunks of one size");
}

} // namespace

void checkTrainOptions(const TrainOptions &options) {
    const auto &description = trainOptionsDescription();
    for (const auto &[id, value] : description.read(options))
        checkValue(description.parameter(id, "training options"), value, "training options");
    if (options.warmupEpochs > static_cast<double>(options.epochs))
        throw InvalidInput("training options: a warm-up of " + numberText(options.warmupEpochs) +
                           " epochs is longer than the " + std::to_string(options.epochs) +
                           " epochs of training");
    checkChunk(options);
    if (options.semiHard && options.loss == "nt_xent")
        throw InvalidInput("training options: \"semi_hard\" applies to the losses nt_logistic and "
                           "margin_triplet; nt_xent weights all negatives itself");
    if (options.head != "nonlinear" && options.headHiddenLayers != TrainOptions{}.headHiddenLayers)
        throw InvalidInput("training options: \"head_hidden_layers\" applies to the head \"nonlinear\"");
    if (isCifarEncoder(options) && options.stem == "imagenet")
        throw InvalidInput("training options: the encoder " + options.encoder +
                           " always has the stem for small images; \"stem\" may be auto or small");
    if (options.optimiser == "sgd" && options.nesterov && options.momentum == 0)
        throw InvalidInput("training options: \"nesterov\" needs a \"momentum\" above 0");
    if (options.head == "none" && options.headOutput != TrainOptions{}.headOutput)
        throw InvalidInput(
            "training options: without a projection head z is h, so \"head_output\" cannot be chosen");
}

std::int64_t stepsPerEpoch(std::size_t images, std::int64_t batch) {
    return static_cast<std::int64_t>(images) / std::max<std::int64_t>(1, batch);
}

double peakLearningRate(const TrainOptions &options) {
    constexpr double referenceBatch = 256;
    const auto batch = static_cast<double>(options.batch);
    if (options.learningRateScaling == "linear")
        return options.learningRate * batch / referenceBatch;
    if (options.learningRateScaling == "sqrt")
        return options.learningRate * std::sqrt(batch);
    if (options.learningRateScaling == "none")
        return options.learningRate;
    throw InvalidInput("unknown scaling of the learning rate \"" + options.learningRateScaling + "\"");
}

int loaderThreads(const TrainOptions &options) {
    // A few threads render views far faster than any encoder here consumes them; on few cores they must not
    // slow it down.
    constexpr int most = 8;
    return options.loaderThreads > 0 ? static_cast<int>(options.loaderThreads)
                                     : std::clamp(coreCount() / 2, 1, most);
}

std::int64_t projectionSize(const TrainOptions &options, std::int64_t featureSize) {
    return options.head == "none" ? featureSize : options.headOutput;
}

bool usesSmallStem(const TrainOptions &options) {
    return isCifarEncoder(options) || options.stem == "small" ||
           (options.stem == "auto" && options.imageSize <= largestSmallView);
}

} // namespace simclr
