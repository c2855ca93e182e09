// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_execution.h"

#include "core/evaluate/evaluator.h"
#include "core/run/initial_weights.h"
#include "core/run/run_recorder.h"
#include "core/train/contrastive_loss.h"
#include "core/train/pretrainer.h"
#include "core/util/allocator.h"
#include "core/util/error.h"

namespace simclr {

namespace fs = std::filesystem;

namespace {

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
        else
            startFromWeights(pretrainer);
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

    /// They are kept first: the baseline at the end is about them, perhaps in a resumed run.
    void startFromWeights(Pretrainer &pretrainer) {
        if (m_plan.initialWeights.empty())
            return;
        keepInitialWeights(m_store.filesFolder(m_run), m_plan.initialWeights);
        loadState(*pretrainer.encoder(), m_plan.initialWeights);
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

    /// The encoder before the first step. A run that goes on from the end of an epoch may have been
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

    /// On the test images, once: the encoder that was trained, and the one that it started from as a
    /// baseline.
    bool judgeAtEnd(Pretrainer &pretrainer) {
        return judgeBaseline() && judge(pretrainer, "test", Evaluator::Effort::Full, options().epochs);
    }

    bool judgeBaseline() {
        if (!options().initialWeights.empty() && m_plan.initialWeights.empty()) {
            m_observers.noted("The weights that the run started from are no longer beside its checkpoint, so "
                              "that their accuracy on the test images is not known.");
            return true;
        }
        ResNet untrained = makeEncoder(options());
        if (!m_plan.initialWeights.empty())
            loadState(*untrained, m_plan.initialWeights);
        untrained->to(m_plan.device.device);
        return m_evaluator.evaluate(untrained, "test", Evaluator::Effort::Full, 0, 0, m_observers, m_stop);
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

} // namespace

RunOutcome executePlan(RunPlan plan, RunStore &store, RunId id, std::span<Observer *const> observers,
                       std::stop_token stop, const std::optional<Checkpoint> &from) {
    return RunExecution(std::move(plan), store, id, observers, std::move(stop)).execute(from);
}

} // namespace simclr
