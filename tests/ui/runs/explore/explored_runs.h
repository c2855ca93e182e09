// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"
#include "tests/ui/runs/stored_runs.h"

#include <QTemporaryDir>
#include <functional>
#include <memory>

namespace simclr::test {

/// A database of runs on the built-in images, with predictions of test images.
class ExploredRuns {
  public:
    using Predict = std::function<std::int32_t(std::int32_t sample, std::int32_t label)>;

    ExploredRuns()
        : m_store(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString()), m_images(shapes()) {
        m_cache.add(m_images);
    }

    /// A run whose linear evaluation predicts `classOf` for the first 400 images.
    RunId add(const std::string &name, const Predict &classOf) {
        const RunId id = addRun(name);
        addResult(id, Protocol::Linear, classOf);
        return id;
    }
    RunId addRun(const std::string &name) {
        NewRun run;
        run.name = name;
        run.config = trainOptionsDescription().toJson(TrainOptions());
        run.pipeline = toJson(pipelineByName("simclr-cifar10"));
        run.dataset.source = "shapes";
        run.dataset.title = "Shapes";
        run.dataset.fingerprint = m_images->fingerprint();
        run.dataset.classes = std::uint32_t(m_images->classCount());
        run.dataset.testImages = images;
        run.totalEpochs = 10;
        run.totalSteps = 100;
        run.device = "cpu";
        run.precision = "fp32";
        return m_store.runs().create(run);
    }
    void addResult(RunId run, Protocol protocol, const Predict &classOf, Split split = Split::Test) {
        auto predictions = std::make_shared<Predictions>();
        int right = 0;
        for (std::int32_t sample = 0; sample < images; ++sample) {
            const std::int32_t label = m_images->label(std::uint32_t(sample));
            predictions->samples.push_back(sample);
            predictions->labels.push_back(label);
            predictions->predicted.push_back(classOf(sample, label));
            right += predictions->predicted.back() == label ? 1 : 0;
        }
        Result result =
            measured(nameOf(protocol), nameOf(split), 10, double(right) / images, Json{{"images", images}});
        result.predictions = predictions;
        m_store.results().add(run, result);
    }
    std::vector<RunRecord> records(const std::vector<RunId> &ids) {
        std::vector<RunRecord> runs;
        for (const RunId id : ids)
            runs.push_back(m_store.runs().one(id));
        return runs;
    }

    RunStore &store() { return m_store; }
    DatasetCache &cache() { return m_cache; }
    const DatasetPtr &dataset() const { return m_images; }

    static constexpr std::int32_t images = 400;

  private:
    /// Opened once for all tests of a program.
    static const DatasetPtr &shapes() {
        static const DatasetPtr images = openDataset("shapes");
        return images;
    }

    QTemporaryDir m_folder;
    RunStore m_store;
    DatasetPtr m_images;
    DatasetCache m_cache;
};

} // namespace simclr::test
