// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_options_parts.h"

namespace simclr {

namespace {

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
        .real(&TrainOptions::validationFraction,
              {.id = "validation_fraction",
               .title = "Validation share",
               .help = "Share of the images not for testing that is kept "
                       "out of training to evaluate the run as it goes; 0: none.",
               .minimum = 0,
               .maximum = 0.9,
               .step = 0.05,
               .group = group})
        .real(&TrainOptions::testFraction,
              {.id = "test_fraction",
               .title = "Test share",
               .help =
                   "Share kept for the test at the end, where the dataset has no test images of its own; 0: "
                   "none.",
               .minimum = 0,
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
                  .maximum = static_cast<double>(largestSeed),
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
                  .help = "Threads that compute; 0 takes one for each core that the process may "
                          "use, fewer while other programs use them, and beside a GPU half. A fixed "
                          "number gives the same result bit for bit.",
                  .minimum = 0,
                  .maximum = 1024,
                  .step = 1,
                  .lowestMeans = "automatic",
                  .group = group})
        .integer(&TrainOptions::loaderThreads,
                 {.id = "loader_threads",
                  .title = "Loader threads",
                  .help = "Threads that draw views; 0 chooses by the cores that the process may use.",
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

Description<TrainOptions> describeHowItIsLearnt(Description<TrainOptions> description) {
    return describeMachine(describeEvaluation(describeOptimiser(std::move(description))));
}

const Description<TrainOptions> &trainOptionsDescription() {
    static const Description<TrainOptions> description = describeHowItIsLearnt(describeWhatIsLearnt());
    return description;
}

} // namespace simclr
