// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"

#include "core/data/splits.h"
#include "core/evaluate/evaluator.h"
#include "core/run/run_recorder.h"
#include "core/store/run_store.h"
#include "core/train/contrastive_loss.h"
#include "core/train/pretrainer.h"
#include "core/util/allocator.h"
#include "core/util/error.h"
#include "core/util/version.h"

#include <algorithm>
#include <opencv2/core/version.hpp>
#include <optional>
#include <sqlite3.h>

namespace simclr {

namespace {

namespace fs = std::filesystem;

SplitOptions splitOptions(const TrainOptions &options) {
    SplitOptions split;
    split.validationFraction = options.validationFraction;
    split.testFraction = options.testFraction;
    split.trainLimit = static_cast<std::uint32_t>(options.trainImages);
    return split;
}

/// A checked configuration with what follows from it.
struct RunPlan {
    RunConfiguration configuration;
    DatasetPtr dataset;
    Splits splits;
    ComputeDevice device;
};

void checkBatch(const TrainOptions &options, const Splits &splits) {
    if (static_cast<std::size_t>(options.batch) > splits.train.size())
        throw InvalidInput("a batch of " + std::to_string(options.batch) + " images is larger than the " +
                           std::to_string(splits.train.size()) + " training images there are");
}

RunPlan makePlan(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    return {configuration, dataset, checkRun(configuration, *dataset), chooseDevice(configuration.options)};
}

std::string usualName(const RunConfiguration &configuration) {
    return configuration.pipeline.name.empty() ? configuration.options.encoder : configuration.pipeline.name;
}

DatasetRecord recordOf(const Dataset &dataset, const Splits &splits) {
    DatasetRecord record;
    record.source = dataset.report().source;
    record.title = dataset.report().title;
    record.fingerprint = dataset.fingerprint();
    record.trainImages = static_cast<std::uint32_t>(splits.train.size());
    record.validationImages = static_cast<std::uint32_t>(splits.validation.size());
    record.testImages = static_cast<std::uint32_t>(splits.test.size());
    record.classes = static_cast<std::uint32_t>(dataset.classCount());
    record.broken = static_cast<std::uint32_t>(dataset.report().brokenCount);
    return record;
}

NewRun describeRun(const RunPlan &plan) {
    const RunConfiguration &configuration = plan.configuration;
    NewRun run;
    run.name = configuration.name.empty() ? usualName(configuration) : configuration.name;
    run.config = trainOptionsDescription().toJson(configuration.options);
    run.pipeline = toJson(configuration.pipeline);
    run.dataset = recordOf(*plan.dataset, plan.splits);
    run.seed = configuration.options.seed;
    run.device = plan.device.name();
    run.precision = plan.device.precision();
    run.programVersion = programVersion;
    run.libraries = libraryVersions();
    run.totalEpochs = configuration.options.epochs;
    run.totalSteps =
        run.totalEpochs * (static_cast<std::int64_t>(plan.splits.train.size()) / configuration.options.batch);
    return run;
}

bool isThere(const fs::path &path) {
    std::error_code failure;
    return fs::exists(path, failure);
}

/// The newest checkpoint of a run whose file is still there.
std::optional<fs::path> latestCheckpoint(const RunRecord &run) {
    const ArtifactRecord *latest = nullptr;
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == "checkpoint" && isThere(artifact.path) &&
            (!latest || artifact.step >= latest->step))
            latest = &artifact;
    return latest ? std::optional<fs::path>(latest->path) : std::nullopt;
}

/// What a run goes on from; nothing where it was stopped before it wrote a checkpoint. Throws InvalidInput
/// where its checkpoints are gone: starting anew would throw away what is known of it.
std::optional<Checkpoint> checkpointToResume(const RunRecord &run) {
    if (const auto path = latestCheckpoint(run))
        return readCheckpoint(*path);
    for (const ArtifactRecord &artifact : run.artifacts)
        if (artifact.kind == "checkpoint")
            throw InvalidInput("the checkpoint of run " + std::to_string(run.id) +
                               " is gone: " + artifact.path);
    return std::nullopt;
}

/// The device that a run was trained on, or whichever is best where that one is not here.
std::string usualDevice(const RunRecord &run) {
    const auto known = availableDevices();
    return std::ranges::find(known, run.device) != known.end() ? run.device : "auto";
}

void requireSameDataset(const RunRecord &run, const Dataset &dataset) {
    if (run.dataset.fingerprint != dataset.fingerprint())
        throw InvalidInput("the images of \"" + dataset.report().title + "\" are not those of run " +
                           std::to_string(run.id) +
                           ", have changed since, or were opened by an older version of this program");
}

RunStatus statusOf(RunEnd end) {
    switch (end) {
    case RunEnd::Completed:
        return RunStatus::Completed;
    case RunEnd::Cancelled:
        return RunStatus::Cancelled;
    case RunEnd::Failed:
        break;
    }
    return RunStatus::Failed;
}

/// One run from its first to its last step in the calling thread.
class RunExecution {
  public:
    RunExecution(RunPlan plan, RunStore &store, RunId run, std::span<Observer *const> observers,
                 std::stop_token stop)
        : m_plan(std::move(plan)),
          m_store(store),
          m_run(run),
          m_recorder(store, run),
          m_observers(withRecorder(observers)),
          m_stop(std::move(stop)),
          m_evaluator(m_plan.dataset, m_plan.splits, options(), m_plan.device) {}

    RunOutcome execute(const std::optional<Checkpoint> &from) {
        try {
            const RunEnd end = train(from);
            return m_unsaved.empty() ? finish(end, {}) : finish(RunEnd::Failed, m_unsaved);
        } catch (const Error &error) {
            return finish(RunEnd::Failed, error.what());
        } catch (const std::exception &error) {
            return finish(RunEnd::Failed, describeTorchError(error));
        }
    }

  private:
    const TrainOptions &options() const { return m_plan.configuration.options; }

    std::vector<Observer *> withRecorder(std::span<Observer *const> observers) {
        std::vector<Observer *> all{&m_recorder};
        all.insert(all.end(), observers.begin(), observers.end());
        return all;
    }

    RunEnd train(const std::optional<Checkpoint> &from) {
        useThreads(m_plan.device);
        Pretrainer pretrainer(options(), m_plan.configuration.pipeline, m_plan.dataset, m_plan.splits.train,
                              m_plan.device);
        if (from)
            pretrainer.restore(*from);
        tellStart(pretrainer);
        if (!judgeAtStart(pretrainer)) {
            save(pretrainer);
            return RunEnd::Cancelled;
        }
        const auto epochDone = [&](std::int64_t epoch) { afterEpoch(pretrainer, epoch); };
        const PretrainEnd trained = pretrainer.run(m_observers, epochDone, m_stop);
        save(pretrainer);
        m_weightsHash = stateHash(*pretrainer.encoder());
        const bool isComplete = trained == PretrainEnd::Completed && judgeAtEnd(pretrainer);
        if (!m_unsaved.empty())
            save(pretrainer); // there may be room by now
        return isComplete ? RunEnd::Completed : RunEnd::Cancelled;
    }

    void tellStart(const Pretrainer &pretrainer) {
        RunStarted started;
        started.runId = m_run;
        started.device = m_plan.device.name();
        started.precision = m_plan.device.precision();
        started.threads = m_plan.device.threads;
        started.trainImages = static_cast<std::uint32_t>(m_plan.splits.train.size());
        started.validationImages = static_cast<std::uint32_t>(m_plan.splits.validation.size());
        started.testImages = static_cast<std::uint32_t>(m_plan.splits.test.size());
        started.parameters = parameterCount(*pretrainer.encoder());
        started.firstStep = pretrainer.stepsDone();
        started.totalSteps = pretrainer.totalSteps();
        started.stepsPerEpoch = pretrainer.stepsPerEpoch();
        if (options().loss == "nt_xent" && options().normalise) {
            started.chanceLoss = chanceLoss(options().batch);
            started.floorLoss =
                floorLoss(options().batch, pretrainer.projectionSize(), options().temperature);
        }
        m_observers.runStarted(started);
        if (!changesPictures(m_plan.configuration.pipeline))
            m_observers.noted(
                "The pipeline changes nothing: both views of an image are the same, and there is nothing "
                "to learn.");
        if (!m_plan.dataset->isLabelled())
            m_observers.noted("The images have no labels, so that no accuracy can be measured.");
        for (const std::string &note : m_plan.dataset->report().notes)
            m_observers.noted(note + ".");
        if (const std::size_t broken = m_plan.dataset->report().brokenCount; broken > 0)
            m_observers.noted(std::to_string(broken) +
                              " files could not be read and are left out; the first: " +
                              m_plan.dataset->report().broken.front().reason);
    }

    void afterEpoch(Pretrainer &pretrainer, std::int64_t epoch) {
        const bool last = epoch == options().epochs;
        if (options().checkpointEvery > 0 && epoch % options().checkpointEvery == 0 && !last)
            save(pretrainer);
        judgeWhenDue(pretrainer, epoch);
    }

    /// The random encoder before the first step. A run that goes on from the end of an epoch may have been
    /// stopped in that epoch's evaluation, so that is made again.
    bool judgeAtStart(Pretrainer &pretrainer) {
        if (pretrainer.stepsDone() == 0)
            return judge(pretrainer, "validation", Evaluator::Effort::Quick, 0);
        if (pretrainer.stepsDone() % pretrainer.stepsPerEpoch() != 0)
            return true;
        return judgeWhenDue(pretrainer, pretrainer.stepsDone() / pretrainer.stepsPerEpoch());
    }

    bool judgeWhenDue(Pretrainer &pretrainer, std::int64_t epoch) {
        const bool due = epoch == options().epochs ||
                         (options().evaluateEvery > 0 && epoch % options().evaluateEvery == 0);
        return !due || judge(pretrainer, "validation", Evaluator::Effort::Quick, epoch);
    }

    bool judge(Pretrainer &pretrainer, const std::string &split, Evaluator::Effort effort,
               std::int64_t epoch) {
        return m_evaluator.evaluate(pretrainer.encoder(), split, effort, epoch, pretrainer.stepsDone(),
                                    m_observers, m_stop);
    }

    /// On the test images, once: the encoder that was trained, and the random one that it started from as a
    /// baseline.
    bool judgeAtEnd(Pretrainer &pretrainer) {
        ResNet untrained = makeEncoder(options());
        untrained->to(m_plan.device.device);
        return m_evaluator.evaluate(untrained, "test", Evaluator::Effort::Full, 0, 0, m_observers, m_stop) &&
               judge(pretrainer, "test", Evaluator::Effort::Full, options().epochs);
    }

    /// Where the disk is full, say, that is told and training goes on: the last checkpoint still stands, and
    /// there may be room for the next one.
    void save(const Pretrainer &pretrainer) {
        try {
            const fs::path path = m_store.filesFolder(m_run) / "checkpoint.safetensors";
            writeCheckpoint(path, pretrainer.checkpoint());
            m_observers.checkpointWritten(pretrainer.stepsDone(), path.string());
            m_unsaved.clear();
        } catch (const IoError &error) {
            notSaved(pretrainer.stepsDone(), error.what());
        } catch (const StorageError &error) {
            notSaved(pretrainer.stepsDone(), error.what());
        }
    }

    void notSaved(std::int64_t step, const std::string &reason) {
        m_unsaved = "the checkpoint of step " + std::to_string(step) + " could not be written: " + reason;
        m_observers.noted(m_unsaved);
    }

    RunOutcome finish(RunEnd end, std::string failure) {
        const auto alsoFailed = [&](const StorageError &error) {
            end = RunEnd::Failed;
            if (failure.find(error.what()) == std::string::npos)
                failure += (failure.empty() ? "" : "; ") + std::string(error.what());
        };
        try {
            m_recorder.flush();
        } catch (const StorageError &error) {
            alsoFailed(error);
        }
        try {
            m_store.finishRun(m_run, statusOf(end), failure, m_weightsHash);
        } catch (const StorageError &error) {
            alsoFailed(error);
        }
        releaseFreeMemory();
        return {end, m_run, std::move(failure)};
    }

    RunPlan m_plan;
    RunStore &m_store;
    RunId m_run;
    RunRecorder m_recorder;
    ObserverList m_observers;
    std::stop_token m_stop;
    Evaluator m_evaluator;
    std::string m_weightsHash;
    std::string m_unsaved; ///< why the newest checkpoint is not on the disk; empty where it is
};

/// Keeps the results that one evaluation tells.
class ResultCollector : public Observer {
  public:
    void evaluated(const Evaluated &result) override {
        results.push_back({result.protocol, result.split, result.epoch, result.value, result.detail});
    }
    std::vector<ResultRecord> results;
};

/// With the effort that the run itself judges this split with, so that values of one split stay comparable.
void evaluateCheckpoint(const RunPlan &plan, const Checkpoint &checkpoint, const std::string &split,
                        Observer &observer, std::stop_token stop) {
    useThreads(plan.device);
    ResNet encoder = makeEncoder(plan.configuration.options);
    encoder->to(plan.device.device);
    loadState(*encoder, checkpoint.tensors, "encoder.");
    const Evaluator evaluator(plan.dataset, plan.splits, plan.configuration.options, plan.device);
    const std::int64_t perEpoch =
        std::max<std::int64_t>(1, checkpoint.totalSteps / plan.configuration.options.epochs);
    // Rounded up: epoch 0 is the encoder before its first step.
    const std::int64_t epoch = (checkpoint.step + perEpoch - 1) / perEpoch;
    const auto effort = split == "test" ? Evaluator::Effort::Full : Evaluator::Effort::Quick;
    evaluator.evaluate(encoder, split, effort, epoch, checkpoint.step, observer, std::move(stop));
}

} // namespace

Splits checkRun(const RunConfiguration &configuration, const Dataset &dataset) {
    checkTrainOptions(configuration.options);
    checkPipeline(configuration.pipeline);
    Splits splits = makeSplits(dataset, splitOptions(configuration.options));
    checkBatch(configuration.options, splits);
    chooseDevice(configuration.options);
    return splits;
}

RunConfiguration configurationOf(const RunRecord &run, const std::string &device) {
    const std::string origin = "run " + std::to_string(run.id);
    RunConfiguration configuration{run.name, pipelineFromJson(run.pipeline, origin),
                                   trainOptionsDescription().fromJson(run.config, origin)};
    configuration.options.device = device.empty() ? run.device : device;
    if (!run.config.contains("zero_init_residual"))
        configuration.options.zeroInitResidual = false; // as runs started before there was a choice
    configuration.options.precision = run.precision;
    return configuration;
}

RunOutcome executeRun(const RunConfiguration &configuration, const DatasetPtr &dataset, const fs::path &file,
                      std::span<Observer *const> observers, std::stop_token stop) {
    RunPlan plan = makePlan(configuration, dataset);
    RunStore store(file);
    const RunId run = store.createRun(describeRun(plan));
    return RunExecution(std::move(plan), store, run, observers, std::move(stop)).execute(std::nullopt);
}

RunOutcome resumeRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                     std::span<Observer *const> observers, std::stop_token stop, const std::string &device) {
    RunStore store(file);
    store.markInterrupted();
    const RunRecord run = store.run(id);
    if (run.status == RunStatus::Running || run.status == RunStatus::Completed)
        throw InvalidInput("run " + std::to_string(id) + " is " + statusName(run.status) +
                           " and cannot be resumed");
    requireSameDataset(run, *dataset);
    RunPlan plan = makePlan(configurationOf(run, device), dataset);
    const std::optional<Checkpoint> checkpoint = checkpointToResume(run);
    store.reopenRun(id, checkpoint ? checkpoint->step : 0, plan.device.name());
    return RunExecution(std::move(plan), store, id, observers, std::move(stop)).execute(checkpoint);
}

std::vector<ResultRecord> evaluateRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                                      const std::string &split, std::stop_token stop,
                                      const std::string &device) {
    if (split != "validation" && split != "test")
        throw InvalidInput("there is no split \"" + split + "\" to evaluate on; it is validation or test");
    RunStore store(file);
    const RunRecord run = store.run(id);
    requireSameDataset(run, *dataset);
    const auto path = latestCheckpoint(run);
    if (!path)
        throw InvalidInput("run " + std::to_string(id) + " has no checkpoint to evaluate");
    const Checkpoint checkpoint = readCheckpoint(*path);
    const RunPlan plan = makePlan(configurationOf(run, device.empty() ? usualDevice(run) : device), dataset);
    ResultCollector collector;
    try {
        evaluateCheckpoint(plan, checkpoint, split, collector, std::move(stop));
    } catch (const c10::Error &error) {
        throw ComputationError(describeTorchError(error));
    }
    for (const ResultRecord &result : collector.results)
        store.addResult(id, result);
    return collector.results;
}

Json libraryVersions() {
    return {{"libtorch", TORCH_VERSION}, {"opencv", CV_VERSION}, {"sqlite", sqlite3_libversion()}};
}

} // namespace simclr
