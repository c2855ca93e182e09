// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options.h"

namespace simclr {

namespace {

constexpr double maxCount = 1e7;

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

Description<TrainOptions> describeOptimiser(Description<TrainOptions> description) {
    const std::string group = "Optimiser";
    return std::move(description)
        .integer(&TrainOptions::epochs,
                 {.id = "epochs",
                  .title = "Epochs",
                  .help = "Passes over the training images; longer training helps (Fig. 9).",
                  .minimum = 1,
                  .maximum = 100000,
                  .step = 10,
                  .group = group})
        .choice(&TrainOptions::optimiser,
                {.id = "optimiser",
                 .title = "Optimiser",
                 .help = "LARS keeps large batches stable (App. B.1); for small ones SGD does as well.",
                 .group = group,
                 .choices = {{"sgd", "SGD"}, {"lars", "LARS"}, {"adamw", "AdamW"}}})
        .real(&TrainOptions::learningRate,
              {.id = "learning_rate",
               .title = "Learning rate",
               .help = "Peak of the schedule: linear warm-up, then cosine to 0, step by step (App. B.1).",
               .minimum = 1e-6,
               .maximum = 100,
               .step = 0.01,
               .group = group,
               .logarithmic = true})
        .choice(&TrainOptions::learningRateScaling,
                {.id = "learning_rate_scaling",
                 .title = "Rate scaling",
                 .help = "Multiplies the rate by N / 256 (0.3 in the paper) or by √N (0.075, better for "
                         "small batches; "
                         "App. B.1).",
                 .group = group,
                 .choices = {{"none", "None"}, {"linear", "Linear, N / 256"}, {"sqrt", "Square root, √N"}}})
        .choice(&TrainOptions::schedule,
                {.id = "schedule",
                 .title = "Schedule",
                 .help = "After the warm-up: half a cosine down to 0, or the same rate to the end.",
                 .group = group,
                 .choices = {{"cosine", "Cosine"}, {"constant", "Constant"}}})
        .real(&TrainOptions::momentum, {.id = "momentum",
                                        .title = "Momentum",
                                        .help = "Share of the last update that goes on into the next.",
                                        .minimum = 0,
                                        .maximum = 0.9999,
                                        .step = 0.01,
                                        .group = group})
        .boolean(&TrainOptions::nesterov,
                 {.id = "nesterov",
                  .title = "Nesterov",
                  .help = "SGD only: looks ahead along the momentum (Sutskever et al. 2013).",
                  .group = group})
        .real(&TrainOptions::weightDecay,
              {.id = "weight_decay",
               .title = "Weight decay",
               .help = "Pull of weights towards 0; biases and batch-norm parameters are left alone.",
               .minimum = 0,
               .maximum = 1,
               .step = 0.0001,
               .group = group,
               .logarithmic = true})
        .real(&TrainOptions::warmupEpochs,
              {.id = "warmup_epochs",
               .title = "Warm-up",
               .help = "Epochs in which the rate rises linearly from 0 to its peak.",
               .minimum = 0,
               .maximum = 1000,
               .step = 1,
               .unit = "epochs",
               .group = group})
        .real(&TrainOptions::clipNorm, {.id = "clip_norm",
                                        .title = "Clip gradients",
                                        .help = "Largest ℓ2 norm of all gradients together; 0 never clips.",
                                        .minimum = 0,
                                        .maximum = 1000,
                                        .step = 0.5,
                                        .group = group});
}

Description<TrainOptions> describeEvaluation(Description<TrainOptions> description) {
    const std::string group = "Evaluation";
    return std::move(description)
        .integer(
            &TrainOptions::evaluateEvery,
            {.id = "evaluate_every",
             .title = "Evaluate every",
             .help =
                 "Epochs between evaluations on the validation images; 0 evaluates only before and after.",
             .minimum = 0,
             .maximum = 100000,
             .step = 1,
             .unit = "epochs",
             .lowestMeans = "only at the end",
             .group = group})
        .integer(&TrainOptions::evaluationImages,
                 {.id = "evaluation_images",
                  .title = "Evaluate with",
                  .help = "Training images that evaluations during training learn from; 0 takes all. The "
                          "last one always does.",
                  .minimum = 0,
                  .maximum = maxCount,
                  .step = 1000,
                  .unit = "images",
                  .lowestMeans = "all",
                  .group = group})
        .integer(
            &TrainOptions::knnNeighbours,
            {.id = "knn_neighbours",
             .title = "kNN neighbours",
             .help =
                 "Neighbours that vote in kNN evaluation, weighted by exp(cosine / 0.1) (Wu et al. 2018).",
             .minimum = 1,
             .maximum = 10000,
             .step = 10,
             .group = group})
        .boolean(&TrainOptions::onlineProbe,
                 {.id = "online_probe",
                  .title = "Online probe",
                  .help = "Trains a linear classifier on h along with the encoder, behind a stop-gradient "
                          "(B.6): an accuracy at every step, at almost no cost.",
                  .group = group})
        .boolean(&TrainOptions::diagnostics,
                 {.id = "diagnostics",
                  .title = "Diagnostics",
                  .help =
                      "After every epoch: alignment, uniformity, spread and effective rank, and a warning "
                      "where representations collapse.",
                  .group = group})
        .real(&TrainOptions::validationFraction, {.id = "validation_fraction",
                                                  .title = "Validation share",
                                                  .help = "Share of the images not for testing that is kept "
                                                          "out of training to judge the run as it goes.",
                                                  .minimum = 0.01,
                                                  .maximum = 0.9,
                                                  .step = 0.05,
                                                  .group = group})
        .real(&TrainOptions::testFraction,
              {.id = "test_fraction",
               .title = "Test share",
               .help = "Share kept for the test at the end, where the dataset has no test images of its own.",
               .minimum = 0.01,
               .maximum = 0.9,
               .step = 0.05,
               .group = group});
}

Description<TrainOptions> describeMachine(Description<TrainOptions> description) {
    const std::string group = "Machine";
    return std::move(description)
        .integer(&TrainOptions::seed,
                 {.id = "seed",
                  .title = "Seed",
                  .help = "All random draws follow from it: initial weights, order, views.",
                  .minimum = 0,
                  .maximum = 9007199254740991.0,
                  .step = 1,
                  .group = group})
        .text(&TrainOptions::device, {.id = "device",
                                      .title = "Device",
                                      .help = "auto (a CUDA device where there is one), cpu, or cuda:N.",
                                      .group = group})
        .choice(&TrainOptions::precision,
                {.id = "precision",
                 .title = "Precision",
                 .help = "bf16 runs convolutions and products in bfloat16, weights and loss stay fp32; auto "
                         "takes it where "
                         "the hardware has it.",
                 .group = group,
                 .choices = {{"auto", "Automatic"}, {"fp32", "fp32"}, {"bf16", "bf16"}}})
        .integer(&TrainOptions::threads,
                 {.id = "threads",
                  .title = "Threads",
                  .help = "Threads that compute; 0 takes one a core, beside a GPU half of that.",
                  .minimum = 0,
                  .maximum = 1024,
                  .step = 1,
                  .lowestMeans = "automatic",
                  .group = group})
        .integer(&TrainOptions::loaderThreads,
                 {.id = "loader_threads",
                  .title = "Loader threads",
                  .help = "Threads that draw views; 0 chooses by the number of cores.",
                  .minimum = 0,
                  .maximum = 1024,
                  .step = 1,
                  .lowestMeans = "automatic",
                  .group = group})
        .integer(
            &TrainOptions::checkpointEvery,
            {.id = "checkpoint_every",
             .title = "Checkpoint every",
             .help = "Epochs between checkpoints, from which a run can go on; 0 writes one only at the end.",
             .minimum = 0,
             .maximum = 100000,
             .step = 1,
             .unit = "epochs",
             .lowestMeans = "only at the end",
             .group = group})
        .real(&TrainOptions::checkpointMinutes,
              {.id = "checkpoint_minutes",
               .title = "Checkpoint after",
               .help = "Longest time without a checkpoint, also inside an epoch; 0 waits for the epoch.",
               .minimum = 0,
               .maximum = 10080,
               .step = 5,
               .unit = "min",
               .lowestMeans = "any time",
               .group = group})
        .integer(&TrainOptions::keepCheckpoints,
                 {.id = "keep_checkpoints",
                  .title = "Keep checkpoints",
                  .help = "The last so many are kept, and the one that was best on the validation images; "
                          "where the newest is damaged, the one before it is used.",
                  .minimum = 1,
                  .maximum = 1000,
                  .step = 1,
                  .group = group});
}

} // namespace

const Description<TrainOptions> &trainOptionsDescription() {
    static const Description<TrainOptions> description = describeMachine(
        describeEvaluation(describeOptimiser(describeLoss(describeViews(describeEncoder())))));
    return description;
}

} // namespace simclr
