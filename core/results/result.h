// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/predictions.h"
#include "core/results/protocol.h"
#include "core/util/json.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace simclr {

/// Which encoder of a run was evaluated.
struct Place {
    std::int64_t epoch = 0;           ///< epochs completed; 0: the encoder before its first step
    std::optional<std::int64_t> step; ///< set if the encoder is not that of the end of an epoch

    auto operator<=>(const Place &) const = default;
};

/// Which images a classifier was trained on.
enum class TrainedOn {
    Usual, ///< as many as the protocol and the run's options specify
    All,   ///< "all": every training image, if the run's own evaluations use fewer
};

/// Conditions of an accuracy beyond its protocol, split and place. Results are compared only if their scopes
/// are equal.
struct ResultScope {
    FeatureKind features = FeatureKind::H;
    double labels = 1;     ///< label fraction, in (0, 1]
    std::int64_t seed = 0; ///< of the labelled subset, and of the views of protocols that train
    std::string dataset;   ///< fingerprint of the images, if they are not the run's own
    TrainedOn trainedOn = TrainedOn::Usual;
    /// Evaluation options by id that differ from the protocol's own: {{"epochs", 5}, {"batch", 64}}.
    std::map<std::string, double> overrides;
    std::string remark; ///< text of an earlier version that this one cannot interpret; usually empty

    auto operator<=>(const ResultScope &) const = default;
};

/// What distinguishes two results of a run.
struct ResultKey {
    Protocol protocol = Protocol::Linear;
    Split split = Split::Validation;
    Place place;
    ResultScope scope;

    auto operator<=>(const ResultKey &) const = default;

    /// Whether all settings are the usual ones: end of an epoch, all labels, h, the run's own images, the
    /// protocol's default options. Curves and tables that name no scope contain only such results.
    bool isPlain() const { return !place.step && scope == ResultScope(); }
};

/// One JSON object with its members in a fixed order and without those that have their usual values, so that
/// equal keys have equal text: {"protocol":"linear","split":"test","epoch":10}. It identifies a result in
/// databases permanently: a member added later must be omitted if it has its usual value.
Json toJson(const ResultKey &key);
/// Throws InvalidInput, also for unknown names and members.
ResultKey resultKeyFromJson(const Json &json);

/// One measured accuracy.
struct Result {
    ResultKey key;
    double value = 0;               ///< top-1 accuracy, in [0, 1]
    Json detail;                    ///< constants of the protocol, numbers of images, seconds
    std::string datasetTitle;       ///< of the images identified by key.scope.dataset
    bool isOfEarlierImages = false; ///< they are an earlier state of the run's own images
    /// Predictions per image, stored with the result; null if there are none, and in results read from the
    /// database (see Results::predictions()).
    std::shared_ptr<const Predictions> predictions;
};

/// Equal if everything that is shown of the two results is equal.
bool isSameResult(const Result &one, const Result &other);

/// Number of images excluded from a result because they could not be read or had changed.
std::int64_t skippedImages(const Result &result);

/// A sentence on the images excluded from an accuracy, without its full stop; empty if there are none.
std::string missingImagesText(const Result &result);

/// Number of evaluated images from its detail; nothing if the detail does not contain it.
std::optional<std::int64_t> evaluatedImages(const Result &result);

} // namespace simclr
