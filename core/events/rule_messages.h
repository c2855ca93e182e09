// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// What a rule of the user has seen, without a full stop, and the sentences around it; and why a rule can
/// never be met.
inline constexpr std::array ruleTexts{
    MessageText{"fired", "Rule \"%1\": %2."},
    MessageText{"fired_stops", "Rule \"%1\": %2. The run stops."},

    MessageText{"rule_not_finite", "NaN or infinite"},
    MessageText{"rule_plateau", "Plateau"},
    MessageText{"rule_collapse", "Collapse"},
    MessageText{"rule_accuracy", "Low accuracy"},

    MessageText{"never_labels", "Rule \"%1\" never applies: the images have no labels."},
    MessageText{"never_probe", "Rule \"%1\" never applies: the option online_probe is off."},
    MessageText{"never_diagnostics", "Rule \"%1\" never applies: the option diagnostics is off."},
    MessageText{"never_plateau",
                "Rule \"%1\" never applies: it waits for %2 epochs, and the run ends after %3."},
    MessageText{"never_plateau_evaluated",
                "Rule \"%1\" never applies: it waits for %2 epochs after the first evaluation at epoch %3, "
                "and the run ends after %4."},
    MessageText{"never_evaluated",
                "Rule \"%1\" never applies: there are no validation images, or no labelled training images."},
    MessageText{"never_epoch",
                "Rule \"%1\" never applies: it begins at epoch %2, and the run ends after %3."},

    MessageText{"not_finite", "%1 is NaN or infinite at step %2"}, ///< a metric
    MessageText{"plateau", "%1 has not improved by more than %2 for %Ln epochs: best %3 at epoch %4",
                "%1 has not improved by more than %2 for 1 epoch: best %3 at epoch %4"},
    MessageText{"collapse_spread", "the projections have collapsed at epoch %1: spread %2, below %3"},
    MessageText{"collapse_rank", "the projections have collapsed at epoch %1: effective rank %2, below %3"},
    MessageText{"accuracy", "the accuracy by %1 is %2 % at epoch %3, below %4 %"},

    MessageText{"loss", "the loss"},
    MessageText{"gradient_norm", "the gradient norm"},
    MessageText{"contrastive_top1", "contrastive top-1"},
    MessageText{"online_top1", "the accuracy of the online probe"},
    MessageText{"by_linear", "linear evaluation"},
    MessageText{"by_knn", "kNN"},
};
inline constexpr MessagesOf<ruleTexts> ruleMessage;

} // namespace simclr
