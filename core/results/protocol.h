// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// How an accuracy of an encoder is measured. Each has a stable name, which is used in databases, in JSON and
/// on the command line.
enum class Protocol {
    Linear,     ///< "linear": logistic regression on frozen features, by L-BFGS (section 4.2 of the paper)
    Knn,        ///< "knn": weighted k-nearest neighbours (Wu et al. 2018)
    Online,     ///< "online": a linear classifier trained alongside the encoder (B.6)
    LinearSgd,  ///< "linear_sgd": logistic regression by gradient descent on augmented images (B.6)
    FineTune,   ///< "fine_tune": the whole encoder, from the pretrained weights (B.5)
    Supervised, ///< "supervised": the whole encoder, from random weights
};

/// The images that an encoder is evaluated on.
enum class Split { Validation, Test };

/// Which output of the network is evaluated.
enum class FeatureKind {
    H, ///< "h": the encoder's output
    Z, ///< "z": the output of the projection head
};

const std::string &nameOf(Protocol protocol);
const std::string &nameOf(Split split);
const std::string &nameOf(FeatureKind features);

/// The inverse. All throw InvalidInput for an unknown name, listing the known ones.
Protocol protocolFromName(const std::string &name);
Split splitFromName(const std::string &name);
FeatureKind featureKindFromName(const std::string &name);

/// Whether the protocol uses only features that are computed once, so that no evaluation option applies.
bool usesFrozenFeatures(Protocol protocol);

/// Whether the protocol changes the encoder's weights.
bool trainsEncoder(Protocol protocol);

} // namespace simclr
