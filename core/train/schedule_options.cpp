// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options_parts.h"

namespace simclr {

namespace {

Description<TrainOptions> describeOptimiser(Description<TrainOptions> description) {
    constexpr Section section = Section::Optimiser;
    return std::move(description)
        .integer(&TrainOptions::epochs,
                 {.id = "epochs",
                  .title = "Epochs",
                  .help = "Passes over the training images; longer training helps (Fig. 9).",
                  .minimum = 1,
                  .maximum = 100000,
                  .step = 10,
                  .section = section,
                  .isCommon = true,
                  .isForTrainingOnly = true})
        .choice(&TrainOptions::optimiser,
                {.id = "optimiser",
                 .title = "Optimiser",
                 .help = "LARS keeps large batches stable (App. B.1); SGD is as good for small ones.",
                 .section = section,
                 .isForTrainingOnly = true,
                 .choices = {{"sgd", "SGD"}, {"lars", "LARS"}, {"adamw", "AdamW"}}})
        .real(&TrainOptions::learningRate,
              {.id = "learning_rate",
               .title = "Learning rate",
               .help = "Peak of the schedule: linear warm-up, then cosine to 0, step by step (App. B.1).",
               .minimum = 1e-6,
               .maximum = 100,
               .step = 0.01,
               .section = section,
               .isCommon = true,
               .isForTrainingOnly = true,
               .logarithmic = true})
        .choice(&TrainOptions::learningRateScaling,
                {.id = "learning_rate_scaling",
                 .title = "Rate scaling",
                 .help = "Multiplies the rate by N / 256 (0.3 in the paper) or by √N (0.075, better for "
                         "small batches; "
                         "App. B.1).",
                 .section = section,
                 .isForTrainingOnly = true,
                 .choices = {{"none", "None"}, {"linear", "Linear, N / 256"}, {"sqrt", "Square root, √N"}}})
        .choice(&TrainOptions::schedule,
                {.id = "schedule",
                 .title = "Schedule",
                 .help = "After the warm-up: half a cosine down to 0, or a constant rate.",
                 .section = section,
                 .isForTrainingOnly = true,
                 .choices = {{"cosine", "Cosine"}, {"constant", "Constant"}}})
        .real(&TrainOptions::momentum, {.id = "momentum",
                                        .title = "Momentum",
                                        .help = "Momentum coefficient.",
                                        .minimum = 0,
                                        .maximum = 0.9999,
                                        .step = 0.01,
                                        .section = section,
                                        .isForTrainingOnly = true})
        .boolean(&TrainOptions::nesterov,
                 {.id = "nesterov",
                  .title = "Nesterov",
                  .help = "SGD only: looks ahead along the momentum (Sutskever et al. 2013).",
                  .section = section,
                  .isForTrainingOnly = true})
        .real(&TrainOptions::weightDecay,
              {.id = "weight_decay",
               .title = "Weight decay",
               .help = "Weight decay (ℓ2); biases and batch-norm parameters are excluded.",
               .minimum = 0,
               .maximum = 1,
               .step = 0.0001,
               .section = section,
               .isForTrainingOnly = true,
               .logarithmic = true})
        .real(&TrainOptions::warmupEpochs,
              {.id = "warmup_epochs",
               .title = "Warm-up",
               .help = "Epochs in which the rate rises linearly from 0 to its peak.",
               .minimum = 0,
               .maximum = 1000,
               .step = 1,
               .unit = "epochs",
               .section = section,
               .isForTrainingOnly = true})
        .real(&TrainOptions::clipNorm, {.id = "clip_norm",
                                        .title = "Clip gradients",
                                        .help = "Maximum ℓ2 norm over all gradients; 0: no clipping.",
                                        .minimum = 0,
                                        .maximum = 1000,
                                        .step = 0.5,
                                        .section = section,
                                        .isForTrainingOnly = true});
}

Description<TrainOptions> describeEvaluation(Description<TrainOptions> description) {
    constexpr Section section = Section::Evaluation;
    return std::move(description)
        .integer(
            &TrainOptions::evaluateEvery,
            {.id = "evaluate_every",
             .title = "Evaluate every",
             .help =
                 "Epochs between evaluations on the validation images; 0: only before and after training.",
             .minimum = 0,
             .maximum = 100000,
             .step = 1,
             .unit = "epochs",
             .lowestMeans = "only at the end",
             .section = section,
             .isCommon = true,
             .isForTrainingOnly = true})
        .integer(&TrainOptions::evaluationImages,
                 {.id = "evaluation_images",
                  .title = "Evaluate with",
                  .help = "Training images used by evaluations during training; 0: all. The final evaluation "
                          "always uses all.",
                  .minimum = 0,
                  .maximum = maxCount,
                  .step = 1000,
                  .unit = "images",
                  .lowestMeans = "all",
                  .section = section})
        .integer(
            &TrainOptions::knnNeighbours,
            {.id = "knn_neighbours",
             .title = "kNN neighbours",
             .help =
                 "Neighbours that vote in kNN evaluation, weighted by exp(cosine / 0.1) (Wu et al. 2018).",
             .minimum = 1,
             .maximum = 10000,
             .step = 10,
             .section = section})
        .boolean(&TrainOptions::onlineProbe,
                 {.id = "online_probe",
                  .title = "Online probe",
                  .help = "Trains a linear classifier on h along with the encoder, behind a stop-gradient "
                          "(B.6): an accuracy at every step, at almost no cost.",
                  .section = section,
                  .isForTrainingOnly = true})
        .boolean(&TrainOptions::diagnostics,
                 {.id = "diagnostics",
                  .title = "Diagnostics",
                  .help = "After every epoch: alignment, uniformity, spread and effective rank, and a "
                          "warning if representations collapse.",
                  .section = section,
                  .isForTrainingOnly = true})
        .real(&TrainOptions::validationFraction,
              {.id = "validation_fraction",
               .title = "Validation fraction",
               .help = "Fraction of the non-test images held out of training to evaluate the run as it "
                       "trains; 0: none.",
               .minimum = 0,
               .maximum = 0.9,
               .step = 0.05,
               .section = section})
        .real(&TrainOptions::testFraction, {.id = "test_fraction",
                                            .title = "Test fraction",
                                            .help = "Fraction held out for the final test, if the dataset "
                                                    "has no test images of its own; 0: none.",
                                            .minimum = 0,
                                            .maximum = 0.9,
                                            .step = 0.05,
                                            .section = section});
}

Description<TrainOptions> describeMachine(Description<TrainOptions> description) {
    constexpr Section section = Section::Machine;
    return std::move(description)
        .integer(&TrainOptions::seed,
                 {.id = "seed",
                  .title = "Seed",
                  .help = "Determines all random numbers: initial weights, order, views.",
                  .minimum = 0,
                  .maximum = static_cast<double>(largestSeed),
                  .step = 1,
                  .section = section})
        .text(&TrainOptions::device, {.id = "device",
                                      .title = "Device",
                                      .help = "auto (a CUDA device if available), cpu, or cuda:N.",
                                      .section = section})
        .choice(&TrainOptions::precision,
                {.id = "precision",
                 .title = "Precision",
                 .help = "bf16 runs convolutions and products in bfloat16, weights and loss stay fp32; auto "
                         "uses it if the hardware supports it.",
                 .section = section,
                 .choices = {{"auto", "Automatic"}, {"fp32", "fp32"}, {"bf16", "bf16"}}})
        .integer(&TrainOptions::threads,
                 {.id = "threads",
                  .title = "Threads",
                  .help = "Compute threads; 0: one per available core, fewer while other programs use the "
                          "cores, half with a GPU. A fixed number makes results reproducible bit for bit.",
                  .minimum = 0,
                  .maximum = 1024,
                  .step = 1,
                  .lowestMeans = "automatic",
                  .section = section})
        .integer(&TrainOptions::loaderThreads,
                 {.id = "loader_threads",
                  .title = "Loader threads",
                  .help = "Threads that render views; 0: chosen by the number of available cores.",
                  .minimum = 0,
                  .maximum = 1024,
                  .step = 1,
                  .lowestMeans = "automatic",
                  .section = section,
                  .isForTrainingOnly = true})
        .integer(&TrainOptions::checkpointEvery,
                 {.id = "checkpoint_every",
                  .title = "Checkpoint every",
                  .help = "Epochs between checkpoints, from which a run can be resumed; 0: only at the end.",
                  .minimum = 0,
                  .maximum = 100000,
                  .step = 1,
                  .unit = "epochs",
                  .lowestMeans = "only at the end",
                  .section = section,
                  .isForTrainingOnly = true})
        .real(&TrainOptions::checkpointMinutes,
              {.id = "checkpoint_minutes",
               .title = "Checkpoint after",
               .help = "Maximum time between checkpoints, also within an epoch; 0: no limit.",
               .minimum = 0,
               .maximum = 10080,
               .step = 5,
               .unit = "min",
               .lowestMeans = "no limit",
               .section = section,
               .isForTrainingOnly = true})
        .integer(&TrainOptions::keepCheckpoints,
                 {.id = "keep_checkpoints",
                  .title = "Keep checkpoints",
                  .help = "Recent checkpoints to keep, besides the best on the validation images; if the "
                          "newest is damaged, the previous one is used.",
                  .minimum = 1,
                  .maximum = 1000,
                  .step = 1,
                  .section = section,
                  .isForTrainingOnly = true});
}

} // namespace

Description<TrainOptions> describeHowItIsLearnt(Description<TrainOptions> description) {
    return describeMachine(describeEvaluation(describeOptimiser(std::move(description))));
}

const Description<TrainOptions> &trainOptionsDescription() {
    static const Description<TrainOptions> description = describeHowItIsLearnt(describeWhatIsLearnt());
    return description;
}

} // namespace simclr
