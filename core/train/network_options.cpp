// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options_parts.h"

namespace simclr {

namespace {

Description<TrainOptions> describeEncoder() {
    const std::string group = "Encoder";
    return Description<TrainOptions>()
        .choice(&TrainOptions::encoder,
                {.id = "encoder",
                 .title = "Encoder",
                 .help = "The network f whose representation h is learnt (He et al. 2016).",
                 .group = group,
                 .choices = {{"resnet18", "ResNet-18"},
                             {"resnet34", "ResNet-34"},
                             {"resnet50", "ResNet-50"},
                             {"resnet101", "ResNet-101"},
                             {"resnet152", "ResNet-152"},
                             {"resnet20", "ResNet-20 (CIFAR)"},
                             {"resnet32", "ResNet-32 (CIFAR)"},
                             {"resnet56", "ResNet-56 (CIFAR)"}}})
        .real(&TrainOptions::width,
              {.id = "width",
               .title = "Width",
               .help = "Factor on every number of channels; wider encoders learn better and slower (Fig. 7).",
               .minimum = 0.0625,
               .maximum = 4,
               .step = 0.25,
               .unit = "×",
               .group = group,
               .logarithmic = true})
        .choice(&TrainOptions::stem, {.id = "stem",
                                      .title = "Stem",
                                      .help = "First layer: 3×3 without pooling for small pictures (B.9), "
                                              "7×7 with pooling for large ones.",
                                      .group = group,
                                      .choices = {{"auto", "By view size"},
                                                  {"small", "Small pictures"},
                                                  {"imagenet", "Large pictures"}}})
        .text(&TrainOptions::initialWeights,
              {.id = "initial_weights",
               .title = "Initial weights",
               .help = "File of weights to start from, a state dict of torchvision's names (torch.save or "
                       "safetensors); empty draws them from the seed.",
               .group = group})
        .boolean(
            &TrainOptions::zeroInitResidual,
            {.id = "zero_init_residual",
             .title = "Zero-init residual",
             .help =
                 "Starts the scale of each block's last batch norm at 0, so that blocks pass their input on "
                 "at first (authors' resnet.py).",
             .group = group})
        .choice(&TrainOptions::head,
                {.id = "head",
                 .title = "Projection head",
                 .help = "The network g between h and the loss; nonlinear is best (Fig. 8).",
                 .group = group,
                 .choices = {{"none", "None"}, {"linear", "Linear"}, {"nonlinear", "Nonlinear"}}})
        .integer(
            &TrainOptions::headHiddenLayers,
            {.id = "head_hidden_layers",
             .title = "Hidden layers of the head",
             .help =
                 "Of the nonlinear head: 1 as in the paper and the authors' first release, 2 in their last.",
             .minimum = 1,
             .maximum = 3,
             .step = 1,
             .group = group})
        .integer(&TrainOptions::headOutput, {.id = "head_output",
                                             .title = "Size of z",
                                             .help = "Dimensions of the projection z that the loss compares.",
                                             .minimum = 2,
                                             .maximum = 4096,
                                             .step = 32,
                                             .group = group})
        .boolean(&TrainOptions::headBatchNorm,
                 {.id = "head_batch_norm",
                  .title = "Batch norm in the head",
                  .help = "After every dense layer of the head, as in the authors' code.",
                  .group = group});
}

Description<TrainOptions> describeViews(Description<TrainOptions> description) {
    const std::string group = "Views and batch";
    return std::move(description)
        .integer(&TrainOptions::imageSize, {.id = "image_size",
                                            .title = "View size",
                                            .help = "Side of the square views that the encoder sees.",
                                            .minimum = 8,
                                            .maximum = 512,
                                            .step = 16,
                                            .unit = "px",
                                            .group = group})
        .integer(
            &TrainOptions::batch,
            {.id = "batch",
             .title = "Batch N",
             .help =
                 "Images a step; each gives two views, so that every view meets 2(N − 1) negatives (Fig. 9).",
             .minimum = 2,
             .maximum = 16384,
             .step = 64,
             .group = group})
        .integer(&TrainOptions::chunk,
                 {.id = "chunk",
                  .title = "Chunk",
                  .help = "Images whose graph is in memory at once: a chunk of 256 trains a batch of 4096 in "
                          "the memory of 256, for about a third more time. Batch norm then sees the chunk "
                          "alone. 0 takes the whole batch.",
                  .minimum = 0,
                  .maximum = 16384,
                  .step = 64,
                  .unit = "images",
                  .lowestMeans = "whole batch",
                  .group = group})
        .integer(&TrainOptions::trainImages,
                 {.id = "train_images",
                  .title = "Training images",
                  .help = "Trains on at most so many images, balanced over the classes; 0 takes all.",
                  .minimum = 0,
                  .maximum = maxCount,
                  .step = 1000,
                  .lowestMeans = "all",
                  .group = group});
}

Description<TrainOptions> describeLoss(Description<TrainOptions> description) {
    const std::string group = "Loss";
    return std::move(description)
        .choice(
            &TrainOptions::loss,
            {.id = "loss",
             .title = "Loss",
             .help =
                 "What pulls positive pairs together and pushes negatives away; NT-Xent is best (Table 4).",
             .group = group,
             .choices = {{"nt_xent", "NT-Xent"},
                         {"nt_logistic", "NT-Logistic"},
                         {"margin_triplet", "Margin triplet"}}})
        .real(&TrainOptions::temperature,
              {.id = "temperature",
               .title = "Temperature τ",
               .help = "Divides the similarities in NT-Xent (eq. 1) and NT-Logistic; small "
                       "values look at the hardest negatives (Table 5).",
               .minimum = 0.01,
               .maximum = 5,
               .step = 0.05,
               .group = group,
               .logarithmic = true})
        .boolean(&TrainOptions::normalise,
                 {.id = "normalise",
                  .title = "ℓ2-normalise",
                  .help = "Compares projections by their cosine; without it by their dot product (Table 5).",
                  .group = group})
        .boolean(&TrainOptions::semiHard, {.id = "semi_hard",
                                           .title = "Semi-hard negatives",
                                           .help = "NT-Logistic and margin triplet: each view meets only the "
                                                   "most similar of the negatives that "
                                                   "are less similar than its positive (section 5.1).",
                                           .group = group})
        .real(&TrainOptions::margin,
              {.id = "margin",
               .title = "Margin m",
               .help = "Margin triplet: by how much the positive shall be more similar than each negative.",
               .minimum = 0,
               .maximum = 4,
               .step = 0.1,
               .group = group});
}

} // namespace

Description<TrainOptions> describeWhatIsLearnt() {
    return describeLoss(describeViews(describeEncoder()));
}

} // namespace simclr
