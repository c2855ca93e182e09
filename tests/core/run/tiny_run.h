// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "core/store/run_store.h"

#include <QTemporaryDir>
#include <filesystem>
#include <string>

namespace simclr::test {

/// Three epochs of four steps on 64 images, done in a moment.
inline RunConfiguration tinyRun() {
    RunConfiguration configuration;
    configuration.pipeline = pipelineByName("simclr-cifar10");
    configuration.options.width = 0.125;
    configuration.options.imageSize = 16;
    configuration.options.batch = 16;
    configuration.options.trainImages = 64;
    configuration.options.epochs = 3;
    configuration.options.evaluateEvery = 1;
    configuration.options.checkpointEvery = 1;
    configuration.options.headOutput = 16;
    configuration.options.precision = "fp32";
    configuration.options.threads = 1;
    return configuration;
}

/// One epoch of the same on so many images.
inline RunConfiguration tinyRunOf(std::int64_t images) {
    RunConfiguration configuration = tinyRun();
    configuration.options.trainImages = images;
    configuration.options.epochs = 1;
    return configuration;
}

/// Names for databases that do not exist yet, in a folder that is deleted with it.
class NewDatabases {
  public:
    std::filesystem::path operator()() { return folder() / ("runs" + std::to_string(++m_count) + ".sqlite"); }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

  private:
    QTemporaryDir m_folder;
    int m_count = 0;
};

/// A folder with the name of a file that run 1 will write, as on a disk that cannot be written.
inline void occupy(const std::filesystem::path &database, const std::filesystem::path &file) {
    RunStore(database).artifacts().folder(1);
    std::filesystem::create_directories(file / "occupied");
}

/// Requests a stop after so many steps.
struct Stopper : ListeningObserver<Stopper> {
    explicit Stopper(std::int64_t step) : atStep(step) {}
    void hear(const StepFinished &step) {
        if (step.step == atStep)
            source.request_stop();
    }
    std::stop_source source;
    std::int64_t atStep;
};

/// The path of a step's checkpoint, for the first run of a database.
inline std::filesystem::path checkpointFile(const std::filesystem::path &database, const std::string &step) {
    return database.native() + ".runs/1/checkpoint-" + std::string(9 - step.size(), '0') + step +
           ".safetensors";
}

} // namespace simclr::test
