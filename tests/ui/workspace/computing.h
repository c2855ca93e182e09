// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/compute_queue.h"
#include "ui/workspace/training_session.h"

#include <filesystem>

namespace simclr::test {

/// The queue of a window and the training that follows it.
class Computing {
    DatasetCache m_own; // first: the queue uses it to its end

  public:
    explicit Computing(const std::filesystem::path &database) : queue(database, m_own), session(queue) {}
    Computing(const std::filesystem::path &database, DatasetCache &images)
        : queue(database, images), session(queue) {}

    /// `dataset` must stay open until the job starts.
    ui::JobId train(const RunConfiguration &configuration, const DatasetPtr &dataset) {
        m_own.add(dataset);
        return queue.submit(trainJob(configuration, *dataset));
    }

    ui::ComputeQueue queue;
    ui::TrainingSession session;
};

} // namespace simclr::test
