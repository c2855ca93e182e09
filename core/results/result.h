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
    std::int64_t epoch = 0;           ///< epochs done; 0: the encoder before its first step
    std::optional<std::int64_t> step; ///< set where it is not the one at the end of an epoch

    auto operator<=>(const Place &) const = default;
};

/// Which images a classifier was trained on.
enum class TrainedOn {
    Usual, ///< as many as the protocol and the run's options say
    All,   ///< "all": every training image, where the run's own evaluations take fewer
};

/// What an accuracy is measured with, beyond its protocol, split and place. Results are compared with each
/// other only where their scopes are equal.
struct ResultScope {
    FeatureKind features = FeatureKind::H;
    double labels = 1;     ///< label fraction, in (0, 1]
    std::int64_t seed = 0; ///< of the labelled subset, and of the views of protocols that train
    std::string dataset;   ///< fingerprint of the images, where they are not the run's own
    TrainedOn trainedOn = TrainedOn::Usual;
    /// Evaluation options by id that differ from the protocol's own: {{"epochs", 5}, {"batch", 64}}.
    std::map<std::string, double> overrides;
    std::string remark; ///< what an earlier version wrote that this one does not understand; mostly empty

    auto operator<=>(const ResultScope &) const = default;
};

/// What makes two results of a run different ones.
struct ResultKey {
    Protocol protocol = Protocol::Linear;
    Split split = Split::Validation;
    Place place;
    ResultScope scope;

    auto operator<=>(const ResultKey &) const = default;

    /// Whether it is an ordinary one: at the end of an epoch, all labels, h, the run's own images, the
    /// protocol's own options. Only such results stand in curves and tables that name no scope.
    bool isPlain() const { return !place.step && scope == ResultScope(); }
};

/// One JSON object with its members in a fixed order and without those that have their usual values, so that
/// equal keys have equal text: {"protocol":"linear","split":"test","epoch":10}. It identifies a result in
/// databases for good: what is added later must be left out where it has its usual value.
Json toJson(const ResultKey &key);
/// Throws InvalidInput, also for unknown names and members.
ResultKey resultKeyFromJson(const Json &json);

/// One measured accuracy.
struct Result {
    ResultKey key;
    double value = 0;               ///< top-1 accuracy, in [0, 1]
    Json detail;                    ///< constants of the protocol, numbers of images, seconds
    std::string datasetTitle;       ///< of the images that key.scope.dataset names
    bool isOfEarlierImages = false; ///< those are the run's own, from before they changed
    /// Image by image, to be stored with the result; null where there are none, and in results that were read
    /// (see RunStore::predictions()).
    std::shared_ptr<const Predictions> predictions;
};

/// What two results are the same by, beyond what they measured: everything that is shown of them.
bool isSameResult(const Result &one, const Result &other);

/// How many images a result should have been measured on but was not, because they could not be read or had
/// changed.
std::int64_t skippedImages(const Result &result);

/// A sentence on the images that are missing from an accuracy, without its full stop; empty where none is.
std::string missingImagesText(const Result &result);

/// How many images it was measured on, as its detail says; nothing where it does not.
std::optional<std::int64_t> evaluatedImages(const Result &result);

} // namespace simclr
