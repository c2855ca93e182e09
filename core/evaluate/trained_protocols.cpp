// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/trained_protocols.h"

#include "core/data/splits.h"
#include "core/options/parameter.h"
#include "core/util/error.h"

#include <cmath>
#include <set>

namespace simclr {

std::optional<Result> evaluateByTraining(Protocol protocol, Representation &representation,
                                         const LabelledImages &train,
                                         std::span<const std::uint32_t> evaluated,
                                         const ClassifierRecipe &recipe, const ComputeDevice &device,
                                         const EpochDone &epochDone, const std::stop_token &stop) {
    const auto trained = trainClassifier(representation, train, recipe, device, epochDone, stop);
    if (!trained)
        return std::nullopt;
    const auto features =
        extractFeatures(representation, *train.dataset, evaluated, train.imageSize, device, stop);
    if (!features)
        return std::nullopt;
    const torch::NoGradGuard noGrad;
    const torch::Tensor logits = torch::addmm(trained->layer->bias.to(torch::kCPU), features->features,
                                              trained->layer->weight.to(torch::kCPU).t());
    Json detail = toJson(recipe);
    detail["train_images"] = train.samples.size();
    detail["steps"] = recipe.epochs * stepsPerEpoch(train.samples.size(), recipe.batch);
    if (trained->replaced > 0)
        detail["replaced_images"] = trained->replaced;
    return resultOf(protocol, logits.argmax(1), *features, std::move(detail));
}

std::vector<std::uint32_t> labelledSubset(const Dataset &dataset, const std::vector<std::uint32_t> &samples,
                                          double fraction, std::uint64_t seed) {
    if (fraction >= 1)
        return samples;
    std::set<int> classes;
    for (const std::uint32_t sample : samples)
        classes.insert(dataset.label(sample));
    const auto count =
        static_cast<std::uint32_t>(std::llround(fraction * static_cast<double>(samples.size())));
    if (count < classes.size())
        throw InvalidInput(numberText(fraction * 100) + " % of " + std::to_string(samples.size()) +
                           " training images is " + std::to_string(count) +
                           ", fewer than one per class for the " + std::to_string(classes.size()) +
                           " classes of \"" + dataset.report().title + "\"");
    return balancedSubset(dataset, samples, count, seed);
}

} // namespace simclr
