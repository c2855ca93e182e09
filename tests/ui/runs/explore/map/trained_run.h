// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "core/store/run_store.h"
#include "tests/core/run/tiny_run.h"
#include "tests/ui/workspace/computing.h"
#include "ui/runs/explore/feature_cache.h"

#include <QTemporaryDir>
#include <vector>

namespace simclr::test {

/// Runs that were really trained, on few images for a moment, with checkpoints and predictions; and what the
/// views of the Explore tab need.
class TrainedRuns {
  public:
    explicit TrainedRuns(int runs)
        : m_database(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString()),
          m_shapes(openDataset("shapes")) {
        m_images.add(m_shapes);
        for (int seed = 1; seed <= runs; ++seed) {
            RunConfiguration configuration = tinyRun();
            configuration.options.seed = seed;
            executeRun(configuration, m_shapes, m_database, {}, {});
        }
    }

    /// The first runs, in full.
    std::vector<RunRecord> records(int count) const {
        const RunStore store(m_database);
        std::vector<RunRecord> runs;
        for (int id = 1; id <= count; ++id)
            runs.push_back(store.runs().one(id));
        return runs;
    }

    QTemporaryDir &folder() { return m_folder; }
    const std::filesystem::path &database() const { return m_database; }
    DatasetCache &images() { return m_images; }
    const DatasetPtr &shapes() const { return m_shapes; }

  private:
    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    DatasetCache m_images;
    DatasetPtr m_shapes;
};

} // namespace simclr::test
