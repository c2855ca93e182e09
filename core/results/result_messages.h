// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// The parts of a result's title.
inline constexpr std::array resultTexts{
    MessageText{"linear", "linear"},
    MessageText{"knn", "kNN"},
    MessageText{"online", "online"},
    MessageText{"linear_sgd", "linear (SGD)"},
    MessageText{"fine_tune", "fine-tuned"},
    MessageText{"supervised", "supervised"},

    MessageText{"on", "%1 on %2"}, ///< a protocol on features or on a dataset
    MessageText{"with_details", "%1 (%2)"},
    MessageText{"earlier_images", "%1, before they changed"},

    MessageText{"labels", "%1 % labels"},
    MessageText{"seed", "seed %1"},
    MessageText{"epochs", "epochs %1"},
    MessageText{"batch", "batch %1"},
    MessageText{"learning_rate", "learning rate %1"},
    MessageText{"weight_decay", "weight decay %1"},
    MessageText{"momentum", "momentum %1"},
    MessageText{"color_strength", "colour distortion %1"},
    MessageText{"other_option", "%1 %2"},
    MessageText{"all_images", "all training images"},
    MessageText{"within_epoch", "within the epoch, at step %1"},
};
inline constexpr MessagesOf<resultTexts> resultMessage;

} // namespace simclr
