// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/confusion.h"

#include "core/util/error.h"

#include <algorithm>
#include <map>
#include <string>

namespace simclr {

namespace {

void requireClasses(const Predictions &predictions) {
    const std::size_t count = predictions.samples.size();
    const auto isNegative = [](std::int32_t each) { return each < 0; };
    if (predictions.labels.size() != count || predictions.predicted.size() != count ||
        std::ranges::any_of(predictions.labels, isNegative) ||
        std::ranges::any_of(predictions.predicted, isNegative))
        throw InvalidInput("the stored predictions are damaged");
}

std::size_t classesIn(const std::vector<std::int32_t> &list) {
    return list.empty() ? 0 : static_cast<std::size_t>(*std::ranges::max_element(list)) + 1;
}

/// What is known of an image while evaluations are read.
struct Mistakes {
    std::int32_t label = 0;
    std::size_t evaluations = 0;
    std::map<std::int32_t, std::size_t> wrongClasses;
};

using MistakesBySample = std::map<std::int32_t, Mistakes>;

void addTo(MistakesBySample &images, const Predictions &evaluation) {
    requireClasses(evaluation);
    for (std::size_t i = 0; i < evaluation.samples.size(); ++i) {
        const auto [place, isNew] =
            images.try_emplace(evaluation.samples[i], Mistakes{evaluation.labels[i], 0, {}});
        Mistakes &image = place->second;
        if (image.label != evaluation.labels[i])
            throw InvalidInput("the predictions belong to different images: sample " +
                               std::to_string(evaluation.samples[i]) + " has two labels");
        ++image.evaluations;
        if (evaluation.predicted[i] != image.label)
            ++image.wrongClasses[evaluation.predicted[i]];
    }
}

MistakenImage summary(std::int32_t sample, const Mistakes &mistakes) {
    MistakenImage image{sample, mistakes.label, 0, 0, mistakes.evaluations};
    std::size_t most = 0;
    for (const auto &[predicted, times] : mistakes.wrongClasses) {
        image.wrong += times;
        if (times > most) {
            most = times;
            image.predicted = predicted;
        }
    }
    return image;
}

std::optional<double> shareOf(std::size_t part, std::size_t whole) {
    return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / static_cast<double>(whole));
}

std::optional<std::size_t> mostConfusedWith(const ConfusionMatrix &matrix, std::size_t label) {
    std::optional<std::size_t> most;
    for (std::size_t other = 0; other < matrix.classes(); ++other)
        if (other != label && matrix.count(label, other) > (most ? matrix.count(label, *most) : 0))
            most = other;
    return most;
}

} // namespace

namespace {

/// 200 MB of counts.
constexpr std::size_t mostClasses = 5'000;

} // namespace

ConfusionMatrix::ConfusionMatrix(const Predictions &predictions, std::size_t classes) {
    requireClasses(predictions);
    m_classes = std::max({classes, classesIn(predictions.labels), classesIn(predictions.predicted)});
    if (m_classes > mostClasses)
        throw InvalidInput("a confusion matrix of " + std::to_string(m_classes) +
                           " classes is too large; at most " + std::to_string(mostClasses) + " are possible");
    m_counts.resize(m_classes * m_classes);
    for (std::size_t i = 0; i < predictions.labels.size(); ++i)
        ++m_counts[static_cast<std::size_t>(predictions.labels[i]) * m_classes +
                   static_cast<std::size_t>(predictions.predicted[i])];
}

std::size_t ConfusionMatrix::images(std::size_t label) const {
    std::size_t sum = 0;
    for (std::size_t predicted = 0; predicted < m_classes; ++predicted)
        sum += count(label, predicted);
    return sum;
}

std::size_t ConfusionMatrix::predicted(std::size_t predicted) const {
    std::size_t sum = 0;
    for (std::size_t label = 0; label < m_classes; ++label)
        sum += count(label, predicted);
    return sum;
}

std::vector<ClassAccuracy> classAccuracies(const ConfusionMatrix &matrix) {
    std::vector<ClassAccuracy> accuracies;
    for (std::size_t label = 0; label < matrix.classes(); ++label) {
        ClassAccuracy accuracy{label, matrix.images(label), matrix.count(label, label), {}, {}, {}, {}};
        accuracy.recall = shareOf(accuracy.right, accuracy.images);
        if (accuracy.recall)
            accuracy.interval =
                binomialInterval(*accuracy.recall, static_cast<std::int64_t>(accuracy.images));
        accuracy.precision = shareOf(accuracy.right, matrix.predicted(label));
        accuracy.mostConfusedWith = mostConfusedWith(matrix, label);
        accuracies.push_back(accuracy);
    }
    return accuracies;
}

std::vector<MistakenImage> worstImages(std::span<const Predictions> evaluations) {
    MistakesBySample images;
    for (const Predictions &evaluation : evaluations)
        addTo(images, evaluation);
    std::vector<MistakenImage> worst;
    for (const auto &[sample, mistakes] : images)
        if (!mistakes.wrongClasses.empty())
            worst.push_back(summary(sample, mistakes));
    const auto wrongShare = [](const MistakenImage &image) {
        return static_cast<double>(image.wrong) / static_cast<double>(image.evaluations);
    };
    std::ranges::stable_sort(worst, std::ranges::greater{}, wrongShare);
    return worst;
}

} // namespace simclr
