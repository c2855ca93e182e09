// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options_parts.h"

namespace simclr {

namespace {

Description<TrainOptions> describeEncoder() {
    constexpr Section section = Section::Encoder;
    return Description<TrainOptions>()
        .choice(&TrainOptions::encoder,
                {.id = "encoder",
                 .title = "Encoder",
                 .help = "The network f that computes the representation h (He et al. 2016).",
                 .section = section,
                 .isCommon = true,
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
               .help = "Multiplies all channel counts; wider encoders are more accurate and slower (Fig. 7).",
               .minimum = 0.0625,
               .maximum = 4,
               .step = 0.25,
               .unit = "×",
               .section = section,
               .isCommon = true,
               .logarithmic = true})
        .choice(
            &TrainOptions::stem,
            {.id = "stem",
             .title = "Stem",
             .help =
                 "First layer: 3×3 without pooling for small images (B.9), 7×7 with pooling for large ones.",
             .section = section,
             .choices = {{"auto", "By view size"}, {"small", "Small images"}, {"imagenet", "Large images"}}})
        .text(&TrainOptions::initialWeights,
              {.id = "initial_weights",
               .title = "Initial weights",
               .help = "Weights file to start from, a state dict with torchvision's names (torch.save or "
                       "safetensors); empty: random weights from the seed.",
               .section = section})
        .boolean(&TrainOptions::zeroInitResidual,
                 {.id = "zero_init_residual",
                  .title = "Zero-init residual",
                  .help = "Sets the initial scale of each block's last batch norm to 0, so that every block "
                          "starts as the identity (authors' resnet.py).",
                  .section = section,
                  .isForTrainingOnly = true})
        .choice(&TrainOptions::head,
                {.id = "head",
                 .title = "Projection head",
                 .help = "The network g between h and the loss; nonlinear is best (Fig. 8).",
                 .section = section,
                 .isCommon = true,
                 .isForTrainingOnly = true,
                 .choices = {{"none", "None"}, {"linear", "Linear"}, {"nonlinear", "Nonlinear"}}})
        .integer(
            &TrainOptions::headHiddenLayers,
            {.id = "head_hidden_layers",
             .title = "Hidden layers of the head",
             .help = "Nonlinear head only: 1 in the paper and the authors' first release, 2 in their last.",
             .minimum = 1,
             .maximum = 3,
             .step = 1,
             .section = section,
             .isForTrainingOnly = true})
        .integer(&TrainOptions::headOutput, {.id = "head_output",
                                             .title = "Size of z",
                                             .help = "Dimensions of the projection z that the loss compares.",
                                             .minimum = 2,
                                             .maximum = 4096,
                                             .step = 32,
                                             .section = section,
                                             .isForTrainingOnly = true})
        .boolean(&TrainOptions::headBatchNorm,
                 {.id = "head_batch_norm",
                  .title = "Batch norm in the head",
                  .help = "After every dense layer of the head, as in the authors' code.",
                  .section = section,
                  .isForTrainingOnly = true});
}

Description<TrainOptions> describeViews(Description<TrainOptions> description) {
    constexpr Section section = Section::ViewsAndBatch;
    return std::move(description)
        .integer(&TrainOptions::imageSize, {.id = "image_size",
                                            .title = "View size",
                                            .help = "Side of the square views, the encoder's input.",
                                            .minimum = 8,
                                            .maximum = 512,
                                            .step = 16,
                                            .unit = "px",
                                            .section = section,
                                            .isCommon = true})
        .integer(&TrainOptions::batch, {.id = "batch",
                                        .title = "Batch N",
                                        .help = "Images per step. Each gives two views, so that each anchor "
                                                "has 2(N − 1) negatives (Fig. 9).",
                                        .minimum = 2,
                                        .maximum = 16384,
                                        .step = 64,
                                        .section = section,
                                        .isCommon = true,
                                        .isForTrainingOnly = true})
        .integer(&TrainOptions::chunk,
                 {.id = "chunk",
                  .title = "Chunk",
                  .help = "Images whose graph is in memory at once: a chunk of 256 trains a batch of 4096 in "
                          "the memory of 256, in about a third more time. Batch norm then uses the chunk's "
                          "statistics. 0: the whole batch.",
                  .minimum = 0,
                  .maximum = 16384,
                  .step = 64,
                  .unit = "images",
                  .lowestMeans = "whole batch",
                  .section = section,
                  .isForTrainingOnly = true})
        .integer(&TrainOptions::trainImages,
                 {.id = "train_images",
                  .title = "Training images",
                  .help = "Maximum number of images to learn from, balanced over the classes if they have "
                          "labels; 0: all.",
                  .minimum = 0,
                  .maximum = maxCount,
                  .step = 1000,
                  .lowestMeans = "all",
                  .section = section,
                  .isCommon = true})
        .boolean(&TrainOptions::learnFromLabelled,
                 {.id = "learn_from_labelled",
                  .title = "Learn from labelled images too",
                  .help = "If there are images without labels: whether the encoder also learns from the "
                          "labelled training images, without their labels. Otherwise these are only "
                          "evaluated on.",
                  .section = section,
                  .isForTrainingOnly = true});
}

Description<TrainOptions> describeLoss(Description<TrainOptions> description) {
    constexpr Section section = Section::Loss;
    return std::move(description)
        .choice(&TrainOptions::loss,
                {.id = "loss",
                 .title = "Loss",
                 .help = "Contrastive loss over positive and negative pairs; NT-Xent is best (Table 4).",
                 .section = section,
                 .isForTrainingOnly = true,
                 .choices = {{"nt_xent", "NT-Xent"},
                             {"nt_logistic", "NT-Logistic"},
                             {"margin_triplet", "Margin triplet"}}})
        .real(&TrainOptions::temperature,
              {.id = "temperature",
               .title = "Temperature τ",
               .help = "Divides the similarities in NT-Xent (eq. 1) and NT-Logistic; small "
                       "values emphasise the hardest negatives (Table 5).",
               .minimum = 0.01,
               .maximum = 5,
               .step = 0.05,
               .section = section,
               .isCommon = true,
               .isForTrainingOnly = true,
               .logarithmic = true})
        .boolean(&TrainOptions::normalise,
                 {.id = "normalise",
                  .title = "ℓ2-normalise",
                  .help = "Compares projections by their cosine; without it by their dot product (Table 5).",
                  .section = section,
                  .isForTrainingOnly = true})
        .boolean(&TrainOptions::semiHard,
                 {.id = "semi_hard",
                  .title = "Semi-hard negatives",
                  .help = "NT-Logistic and margin triplet: each anchor has one negative, the most similar of "
                          "those less similar than its positive (section 5.1).",
                  .section = section,
                  .isForTrainingOnly = true})
        .real(&TrainOptions::margin, {.id = "margin",
                                      .title = "Margin m",
                                      .help = "Margin triplet: required difference between an anchor's "
                                              "similarity to its positive and to each negative.",
                                      .minimum = 0,
                                      .maximum = 4,
                                      .step = 0.1,
                                      .section = section,
                                      .isForTrainingOnly = true});
}

} // namespace

Description<TrainOptions> describeWhatIsLearnt() {
    return describeLoss(describeViews(describeEncoder()));
}

} // namespace simclr
