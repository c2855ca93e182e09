// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// Findings about the options of a run.
inline constexpr std::array recipeTexts{
    MessageText{"stem_large",
                "The stem for large images discards most of the detail of views of %1 px before "
                "the first block; the small stem keeps it (B.9)."},
    MessageText{"stem_small", "The small stem on views of %1 px needs about 16 times the memory and time of "
                              "the default stem."},
    MessageText{"adamw_learning_rate",
                "A peak learning rate of %1 is high for AdamW; about 0.001 is typical."},
    MessageText{"learning_rate", "A peak learning rate of %1 is high for N %2; the paper uses 0.3 · N / 256, "
                                 "for CIFAR-10 1.0 · N / 256."},
    MessageText{"lars_scaling", "LARS is normally used with a rate that is scaled by the batch: 0.3 · N / "
                                "256, or 0.075 · √N (App. B.1)."},
    MessageText{"weight_decay", "A weight decay of %1 is high; the paper uses 1e-6, the authors' code 1e-4."},
    MessageText{"warmup", "Large batches without warm-up tend to diverge; the paper uses 10 epochs of "
                          "warm-up (App. B.1)."},
    MessageText{"few_steps",
                "A batch of %1 gives only %Ln steps per epoch of %2 images, so that the weights hardly "
                "change; a smaller batch gives more.",
                "A batch of %1 gives only 1 step per epoch of %2 images, so that the weights hardly change; "
                "a smaller batch gives more."},
    MessageText{"few_negatives", "With N %1 each anchor has only %2 negatives; larger batches are better, "
                                 "above all in short training (Fig. 9)."},
    MessageText{"initial_weights",
                "If these weights expect ImageNet's normalisation, as torchvision's do, they do not fit "
                "views in [0, 1]: import them with simclr import-weights --normalisation imagenet, export "
                "that run, and start from the exported file."},
    MessageText{"unnormalised", "Without ℓ2-normalisation contrastive accuracy is higher, but the "
                                "representation is worse (Table 5)."},
    MessageText{"temperature", "A temperature of %1 is unusual; 0.1 to 0.5 work best (Table 5)."},
    MessageText{"head", "A nonlinear head improves h by 3 % over a linear head and by 10 % over none (Fig. "
                        "8)."},
};
inline constexpr MessagesOf<recipeTexts> recipeMessage;

} // namespace simclr
