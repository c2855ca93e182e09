// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/available_devices.h"
#include "core/data/dataset.h"
#include "core/data/splits.h"
#include "core/events/observer.h"
#include "core/job/job.h"
#include "core/store/records.h"
#include "core/train/training_control.h"
#include "core/util/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>

namespace simclr {

enum class RunEnd { Completed, Cancelled, Failed };

struct RunOutcome {
    RunEnd end = RunEnd::Completed;
    RunId run = 0;
    std::string failure; ///< one sentence, if end is Failed
    /// One sentence, also sent to observers, if the end is not in the database yet.
    std::string unrecorded;
    /// The last step in the database, if that could not be written at the end, as on a full disk.
    std::optional<std::int64_t> storedStep{};
};

/// What watches a training and what directs it while it is in progress.
struct Supervision {
    RuleOptions rules{};
    TrainingControl *control = nullptr; ///< nullptr: only the stop token does
};

/// Throws InvalidInput if this run could not start: options, pipeline, splits, batch against the number of
/// images, device. Returns the images it would use. Cheap; the window calls it before it enables Start.
Splits checkRun(const RunConfiguration &configuration, const Dataset &dataset);

/// The configuration of a stored run, with its original precision, on its own device if `device` is empty.
/// Throws InvalidInput if this version does not understand it.
RunConfiguration configurationOf(const RunRecord &run, const std::string &device = {});

/// Trains and evaluates in the calling thread and stores everything in the database `file` through its own
/// connection. Checks first and throws InvalidInput, StorageError or DeviceError if nothing was started;
/// after that every end is an outcome. The stop token is checked at every batch; `observers` receive
/// everything after the recorder that stores it. `notes` are sentences that are reported and stored at its
/// start; what `supervision` names must live until the end.
RunOutcome executeRun(const RunConfiguration &configuration, const DatasetPtr &dataset,
                      const std::filesystem::path &file, std::span<Observer *const> observers,
                      std::stop_token stop, std::vector<std::string> notes = {},
                      const Supervision &supervision = {});

/// Whether a run can be resumed: it ended before its last epoch. Without a checkpoint it restarts.
bool isResumable(const RunRecord &run);

/// Whether a new run can continue this one's training: it has ended and kept a checkpoint.
bool isContinuable(const RunRecord &run);

/// If options change, the training of any run that has ended is continued from its newest checkpoint as a new
/// run, which records its origin (RunRecord::origin); the old one stays unchanged. Otherwise resumes an
/// interrupted, cancelled or failed run from its newest readable checkpoint; damaged newer ones are reported
/// to observers. On the CPU with the same number of threads (set by the option threads) the result is bit for
/// bit as if it had never stopped. `dataset` must be the run's own (see RunRecord::dataset), unless changed
/// images are allowed. Throws as executeRun().
RunOutcome resumeRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                     std::span<Observer *const> observers, std::stop_token stop,
                     const ResumeOptions &options = {}, const Supervision &supervision = {});

/// Evaluates the encoder of a run's last checkpoint by every protocol and label fraction that `request`
/// names, with all training images of each fraction, and stores each result as soon as it is available, with
/// its predictions. `observer` receives evaluationStarted(), evaluated(), and noted() during training and for
/// damaged newer checkpoints. "supervised" trains an encoder of the run's architecture instead, from random
/// weights of the run's seed. Returns what was done before `stop` was requested. Throws InvalidInput if
/// protocols, features, labels or images do not fit.
std::vector<Result> evaluateRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                                const EvaluationRequest &request, Observer &observer, std::stop_token stop);

/// Evaluates the encoder of a run's last checkpoint again, on `split`, by linear evaluation and kNN as the
/// run itself does, and stores the results. `device` is empty for the run's own, or the best if that is not
/// available.
std::vector<Result> evaluateRun(RunId run, const DatasetPtr &dataset, const std::filesystem::path &file,
                                Split split, std::stop_token stop, const std::string &device = {});

/// Names and versions of the libraries in use: {"libtorch": …, "opencv": …, "sqlite": …}.
Json libraryVersions();

} // namespace simclr
