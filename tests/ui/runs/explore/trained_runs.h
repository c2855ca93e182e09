// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"
#include "core/store/run_store.h"
#include "tests/support/test_images.h"
#include "tests/ui/train/small_run.h"

#include <QTemporaryDir>

namespace simclr::test {

/// Real runs of a second each, with checkpoints, on a folder of images of two classes. The first image of
/// each class has a copy with one changed pixel.
class TrainedRuns {
  public:
    TrainedRuns() : m_database(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString()) {
        const std::filesystem::path images = folderOf(m_folder) / "images";
        for (const std::string name : {"a", "b"}) {
            writeNoiseFolder(images / name, 100, 16, name == "a" ? 1000 : 5000);
            Image copy = readImage(images / name / "000.png");
            setPixel(copy, 3, 3, {255, 0, 0});
            writePng(copy, images / name / "copy.png");
        }
        m_images = openDataset("folder:" + images.string());
        m_cache.add(m_images);
    }

    RunId train(int seed) {
        RunConfiguration configuration = smallRun();
        configuration.options.seed = seed;
        configuration.options.epochs = 1;
        return executeRun(configuration, m_images, m_database, {}, {}).run;
    }
    RunRecord record(RunId run) const { return RunStore(m_database).runs().one(run); }

    DatasetCache &cache() { return m_cache; }
    const DatasetPtr &dataset() const { return m_images; }

  private:
    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    DatasetPtr m_images;
    DatasetCache m_cache;
};

} // namespace simclr::test
