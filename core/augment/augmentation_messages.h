// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// Findings about a pipeline: what is found, why it matters ("…_why") and how to fix it ("…_remedy").
inline constexpr std::array augmentationTexts{
    MessageText{"unknown_operation", "Unknown operation: %1."},
    MessageText{"unknown_operation_why",
                "A step of an unknown operation is kept in the file, but no view can be rendered until it is "
                "switched off."},
    MessageText{"unknown_operation_remedy", "Switch off"},

    MessageText{"no_effect", "No step changes the images: both views of an image are identical."},
    MessageText{"no_effect_why", "The contrastive task would be trivial, and nothing would be learnt. Crop "
                                 "plus colour distortion is by far the best pair (Fig. 5)."},
    MessageText{"no_effect_remedy", "Add crop and colour distortion"},

    MessageText{"random_crop", "Without random crops the contrastive task is weak."},
    MessageText{"random_crop_why",
                "Crop plus colour distortion is by far the best pair of augmentations (Fig. 5)."},
    MessageText{"random_crop_remedy", "Add random resized crop"},

    MessageText{"crop_area_large",
                "With crops from %1 % of the area, views of one image overlap strongly and "
                "can be matched by their layout."},
    MessageText{"crop_area_small",
                "With crops from %1 % of the area, some views contain almost nothing of the image."},
    MessageText{"crop_area_why",
                "The authors crop from 8 % of the area (App. A), MoCo v2 from 20 %, SwAV from 14 %."},
    MessageText{"crop_area_remedy", "Crop from 8 %"},

    MessageText{"flip", "Images are never flipped."},
    MessageText{"flip_why", "The authors flip with probability 0.5 after the crop (App. A). Omit it if left "
                            "and right matter, as for letters."},
    MessageText{"flip_remedy", "Add horizontal flip"},

    MessageText{"color_distortion",
                "Without colour distortion, crops of one image can be matched by colour alone."},
    MessageText{"color_distortion_why", "Crops of one image share a histogram (section 3.1, Fig. 6). Crop "
                                        "plus colour distortion removes this shortcut (Fig. 5)."},
    MessageText{"color_distortion_remedy", "Add colour distortion"},

    MessageText{"policy", "Policies learnt for supervised training perform worse here than strong colour "
                          "distortion."},
    MessageText{"policy_why", "AutoAugment reaches 61.1 %, crop and colour distortion of strength 1 reach "
                              "63.2 %, with blur 64.5 % (Table 1)."},
    MessageText{"policy_remedy", "Use colour distortion instead"},

    MessageText{"color_drop", "Colours are distorted but never dropped."},
    MessageText{"color_drop_why",
                "The authors convert a fifth of the views to grey after the jitter (App. A), so that the "
                "remaining colour histogram does not identify the pair."},
    MessageText{"color_drop_remedy", "Add colour drop"},

    MessageText{"jitter_weak", "Colour jitter of strength %1 is weak."},
    MessageText{"jitter_strong", "Colour jitter of strength %1 is stronger than any in the paper."},
    MessageText{"jitter_why", "Strength 1/8, 1/4, 1/2 and 1 reach 59.6, 61.0, 62.6 and 63.2 % (Table 1); the "
                              "authors use 1 on ImageNet and 0.5 on CIFAR-10 (App. A, B.9)."},
    MessageText{"jitter_remedy", "Set strength %1"},

    MessageText{"blur_small", "Blur removes most detail from views of %1 px."},
    MessageText{"blur_small_why", "The authors use none on CIFAR-10 (B.9)."},
    MessageText{"blur_small_remedy", "Switch blur off"},
    MessageText{"blur_missing", "Views of %1 px are never blurred."},
    MessageText{"blur_missing_why",
                "Blur in half of the views raises 63.2 % at strength 1 to 64.5 % (Table 1)."},
    MessageText{"blur_missing_remedy", "Add Gaussian blur"},

    MessageText{"normalize", "Views are normalised."},
    MessageText{"normalize_why",
                "The authors do not normalise: the network's input is pixels in [0, 1]. Normalising here "
                "quantises to 8 bits again and undoes part of the jitter."},
    MessageText{"normalize_remedy", "Switch off"},

    MessageText{"branch_unchanged", "One view is the unchanged image."},
    MessageText{"branch_crop", "Only one of the views is cropped at random."},
    MessageText{"branch_color", "Only one of the views has colour distortion."},
    MessageText{"branch_one_sided_why", "Augmenting only one view is for ablations of single augmentations; "
                                        "it makes the representation worse (section 3.1)."},
    MessageText{"branches_equal", "The second view has its own list, identical to the first."},
    MessageText{"branches_equal_why",
                "One list already renders both views with independent random numbers; two lists are for "
                "views that differ, as in BYOL."},
    MessageText{"branches_remedy", "Use one list for both"},
    MessageText{"branches_fine", "Each view has its own list of steps."},
    MessageText{"branches_fine_why", "Crop and colour distortion are in both or in neither; BYOL's views "
                                     "differ only in blur and solarisation."},

    MessageText{"shrunk", "Views of %1 px are shrunk from images of %2 px; fine detail is lost."},
    MessageText{"shrunk_why",
                "A pixel of an uncropped view is the average of %1 × %1 pixels of its image. The paper "
                "trains on photographs with views of 224 px; views of 96 or 128 px cost less."},
    MessageText{"enlarged", "Views of %1 px are enlarged from images of %2 px."},
    MessageText{"enlarged_why", "This costs time and adds no detail."},

    MessageText{"crop_and_color", "Random crops and colour distortion are both used."},
    MessageText{"crop_and_color_why", "This is by far the best pair of augmentations (Fig. 5)."},
    MessageText{"strength_fine", "The colour jitter is as strong as in the usual recipes."},
    MessageText{"strength_fine_why",
                "The authors use strength 1 on ImageNet and 0.5 on CIFAR-10 (App. A, B.9)."},
    MessageText{"area_fine", "Crops range from details to the whole image."},
    MessageText{"area_fine_why", "The authors crop from 8 % of the area (App. A)."},
};
inline constexpr MessagesOf<augmentationTexts> augmentationMessage;

} // namespace simclr
