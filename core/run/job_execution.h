// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"
#include "core/run/preflight.h"
#include "core/run/run.h"
#include "core/run/run_embedding.h"
#include "core/run/run_export.h"

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

enum class JobEnd { Done, Cancelled, Failed };

/// What a job has made: the outcome of a training, results, a measurement, or the description of a file.
using JobProduct = std::variant<std::monostate, RunOutcome, std::vector<Result>, Preflight, EmbeddedDataset,
                                ExportedEncoder>;

struct JobOutcome {
    JobEnd end = JobEnd::Done;
    std::string failure;            ///< the reason, without a full stop, if end is Failed
    bool haveImagesChanged = false; ///< it failed because images differ from those of its run
    JobProduct product;             ///< also of a cancelled job, if a part of it is done
    /// It failed because of the database, the disk or the device: others would fail for the same reason.
    bool concernsAll = false;
};

/// Executes jobs in the calling thread, one at a time. Opens images through a cache, and keeps those of the
/// last job open for the next. Owned by its thread.
class JobExecution {
  public:
    /// `database` stores the runs.
    JobExecution(std::filesystem::path database, DatasetCache &images);

    /// Never throws: every end is an outcome. `observer` receives all events of the job; `control` directs a
    /// training.
    JobOutcome execute(const Job &job, Observer &observer, const std::stop_token &stop,
                       TrainingControl *control = nullptr);

    /// Closes the images of the last job.
    void closeImages() { m_open.reset(); }

  private:
    struct Step;

    std::filesystem::path m_database;
    DatasetCache &m_images;
    DatasetPtr m_open; ///< keeps the images of the last job in the cache
};

} // namespace simclr
