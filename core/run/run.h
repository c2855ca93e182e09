// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "core/compute/available_devices.h"
#include "core/data/dataset.h"
#include "core/data/splits.h"
#include "core/evaluate/evaluation_options.h"
#include "core/events/observer.h"
#include "core/store/records.h"
#include "core/train/train_options.h"
#include "core/util/error.h"

#include <filesystem>
#include <span>
#include <stop_token>

namespace simclr {

/// All that defines a run.
struct RunConfiguration {
    std::string name; ///< empty: made from the pipeline and the encoder
    Pipeline pipeline;
    TrainOptions options;
};

enum class RunEnd { Completed, Cancelled, Failed };

struct RunOutcome {
    RunEnd end = RunEnd::Completed;
    RunId run = 0;
    std::string failure; ///< one sentence, where end is Failed
    /// One sentence that observers were told too, where the end is not in the database yet.
    std::string unrecorded;
};

/// Throws InvalidInput where this run could not start: options, pipeline, splits, batch against the number of
/// images, device. Returns the images it would use. Cheap; the window calls it before it offers Start.
Splits checkRun(const RunConfiguration &configuration, const Dataset &dataset);

/// What a stored run was made of, with the precision that it started with, on its own device where `device`
/// is empty. Throws InvalidInput where this version does not understand it.
RunConfiguration configurationOf(const RunRecord &run, const std::string &device = {});

/// Trains and evaluates in the calling thread and keeps everything in the database `file` through a
/// connection of its own. Checks first and throws InvalidInput, StorageError or DeviceError where nothing was
/// started; from then on every end is an outcome. The stop token is heeded at every batch; `observers` hear
/// everything after the recorder that stores it.
RunOutcome executeRun(const RunConfiguration &configuration, const DatasetPtr &dataset,
                      const std::filesystem::path &file, std::span<Observer *const> observers,
                      std::stop_token stop);

struct ResumeOptions {
    std::string device;              ///< instead of the run's own, where not empty
    bool allowChangedImages = false; ///< goes on although its images are not what they were
    Values changes;                  ///< options that are to change, by id: see run_extension.h
    std::string name; ///< of the new run where something changes; empty: made from the old one's
};

/// Where options are to change, the training of any run that has ended is continued from its newest
/// checkpoint as a new run, which says where it comes from (RunRecord::origin); the old one stays as it is.
/// Otherwise goes on with an interrupted, cancelled or failed run from its newest checkpoint that can be
/// read; where newer ones are damaged, observers are told. On the CPU with as many threads (a number set for
/// the option threads) it ends bit for bit as if it had never stopped. `dataset` must be the run's own (see
/// RunRecord::dataset), unless changed images are allowed. Throws as executeRun().
RunOutcome resumeRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                     std::span<Observer *const> observers, std::stop_token stop,
                     const ResumeOptions &options = {});

/// How to evaluate a run.
struct EvaluationRequest {
    std::vector<Protocol> protocols{Protocol::Linear, Protocol::Knn}; ///< of evaluationProtocols()
    std::vector<double> labels{1};                                    ///< label fractions, each in (0, 1]
    FeatureKind features = FeatureKind::H; ///< those that train the encoder know H only
    Split split = Split::Test;
    bool isTransfer = false; ///< the images are another dataset than the run's, evaluated by its own splits
    std::int64_t seed = 0;   ///< of labelled subsets, and of order and views in training
    EvaluationOptions options;
    std::string device; ///< empty: the run's own, or the best where that one is not available
};

/// Evaluates the encoder of a run's last checkpoint by every protocol and label fraction that `request`
/// names, learning from all training images of each fraction, and stores each result when it is there, with
/// its predictions. `observer` hears evaluationStarted(), evaluated(), and noted() as training proceeds and
/// where newer checkpoints are damaged. "supervised" trains an encoder of the run's architecture instead,
/// from random weights of the run's seed. Gives what was done before `stop` was requested. Throws
/// InvalidInput where protocols, features, labels or images do not fit.
std::vector<Result> evaluateRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                                const EvaluationRequest &request, Observer &observer, std::stop_token stop);

/// Evaluates the encoder of a run's last checkpoint again, on `split`, by linear evaluation and kNN as the
/// run itself does, and stores the results. `device` is empty for the run's own, or the best where that one
/// is not available.
std::vector<Result> evaluateRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                                Split split, std::stop_token stop, const std::string &device = {});

/// Names and versions of the libraries at work: {"libtorch": …, "opencv": …, "sqlite": …}.
Json libraryVersions();

} // namespace simclr
