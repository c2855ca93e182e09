// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_execution.h"

#include "core/compute/device_memory.h"
#include "core/evaluate/diagnostics.h"
#include "core/evaluate/evaluator.h"
#include "core/events/observer.h"
#include "core/run/initial_weights.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_recorder.h"
#include "core/run/run_start.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"
#include "core/util/memory_ceiling.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr {

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

/// Best effort: the database itself may have failed.
void recordFailure(RunStore &store, RunId run, const std::string &failure) {
    try {
        store.finishRun(run, RunStatus::Failed, failure, {});
    } catch (const Error &) {
        return; // the outcome reports it
    }
}

MetricValues valuesOf(const RepresentationQuality &quality) {
    MetricValues values;
    values.set("alignment", quality.alignment);
    values.set("uniformity", quality.uniformity);
    values.set("spread", quality.spread);
    values.set("effective_rank_h", quality.rankH);
    values.set("effective_rank_z", quality.rankZ);
    return values;
}

/// Tracks the best accuracy on the validation images.
class BestTracker : public ListeningObserver<BestTracker> {
  public:
    /// Starts from the accuracy of the best checkpoint of `run`; a result whose checkpoint was not kept does
    /// not count.
    explicit BestTracker(const RunRecord &run) {
        const std::optional<std::int64_t> step = bestCheckpointStep(run);
        if (!step || run.totalSteps == 0)
            return;
        const std::int64_t epoch = *step * run.totalEpochs / run.totalSteps;
        for (const Result &result : run.results)
            if (isWatched(result.key) && result.key.place.epoch == epoch)
                m_best = result.value;
    }
    void hear(const Evaluated &evaluated) {
        if (isWatched(evaluated.result.key) && evaluated.result.key.place.epoch > 0)
            m_latest = evaluated.result.value;
    }
    /// Starts the evaluation of an epoch: resets the latest accuracy.
    void forgetLatest() { m_latest.reset(); }
    bool isImproved() const { return m_latest && *m_latest > m_best; }
    void accept() { m_best = m_latest.value_or(m_best); }

  private:
    static bool isWatched(const ResultKey &key) {
        return key.protocol == Protocol::Linear && key.split == Split::Validation && key.isPlain();
    }

    double m_best = -1;
    std::optional<double> m_latest; ///< of the current epoch
};

/// One run, from its first to its last step, in the calling thread.
class RunExecution {
  public:
    RunExecution(RunPlan plan, RunStore &store, RunId run, std::span<Observer *const> observers,
                 std::stop_token stop)
        : m_plan(std::move(plan)),
          m_store(store),
          m_run(run),
          m_others({observers.begin(), observers.end()}),
          m_recorder(store, run, m_others),
          m_best(store.run(run)),
          m_observers({&m_recorder, &m_best, &m_others}),
          m_stop(std::move(stop)),
          m_evaluator(m_plan.dataset, m_plan.splits, options(), m_plan.device),
          m_checkpoints(store, run, options().keepCheckpoints, m_observers) {}

    RunOutcome execute(const std::optional<Checkpoint> &from) {
        const MemoryCeiling ceiling(m_plan.device.device.is_cpu());
        try {
            const RunEnd end = train(from);
            const std::string &unsaved = m_checkpoints.problem();
            return unsaved.empty() ? finish(end, {}) : finish(RunEnd::Failed, unsaved);
        } catch (const Error &error) {
            return finish(RunEnd::Failed, error.what());
        } catch (const std::exception &error) {
            return finish(RunEnd::Failed, describeTorchError(error, memoryAdvice(options(), m_plan.device)));
        }
    }

  private:
    const TrainOptions &options() const { return m_plan.configuration.options; }

    RunEnd train(const std::optional<Checkpoint> &from) {
        useDevice(m_plan.device);
        Pretrainer pretrainer(options(), m_plan.configuration.pipeline, m_plan.dataset, m_plan.splits.train,
                              m_plan.device);
        if (m_plan.origin)
            pretrainer.continueRate(m_plan.origin->step, m_plan.origin->rate);
        if (from)
            pretrainer.restore(*from, m_plan.allowChangedImages);
        else
            startFromWeights(pretrainer);
        tellStart(pretrainer);
        m_checkpoints.tidy();
        prepareDiagnostics();
        recallCollapse(pretrainer);
        if (!evaluateAtStart(pretrainer)) {
            save(pretrainer);
            return RunEnd::Cancelled;
        }
        const auto epochDone = [&](std::int64_t epoch) { afterEpoch(pretrainer, epoch); };
        const PretrainEnd trained =
            pretrainer.run(m_observers, epochDone, m_stop,
                           {[this] { return isCheckpointDue(); }, [&] { save(pretrainer); }});
        save(pretrainer);
        m_weightsHash = stateHash(*pretrainer.encoder());
        const bool isComplete = trained == PretrainEnd::Completed && evaluateAtEnd(pretrainer);
        save(pretrainer); // if it failed before, there may be space by now
        return isComplete ? RunEnd::Completed : RunEnd::Cancelled;
    }

    /// Uses images that are not trained on if there are some.
    void prepareDiagnostics() {
        if (!options().diagnostics)
            return;
        const auto &samples =
            m_plan.splits.validation.empty() ? m_plan.splits.train : m_plan.splits.validation;
        const ViewRenderer renderer(m_plan.configuration.pipeline, static_cast<int>(options().imageSize));
        m_diagnostics.emplace(*m_plan.dataset, samples, renderer, static_cast<std::uint64_t>(options().seed),
                              m_plan.device);
    }

    /// They are stored first: the baseline at the end needs them, perhaps in a resumed run.
    void startFromWeights(Pretrainer &pretrainer) {
        if (m_plan.initialWeights.empty())
            return;
        keepInitialWeights(m_store.filesFolder(m_run), m_plan.initialWeights);
        loadState(*pretrainer.encoder(), m_plan.initialWeights);
    }

    void tellStart(const Pretrainer &pretrainer) {
        m_observers.on(describeStart(m_run, m_plan, pretrainer));
        for (const std::string &note : startNotes(m_plan))
            m_observers.on(Noted{note});
        for (const std::string &note : m_plan.notes)
            m_observers.on(Noted{note});
    }

    void afterEpoch(Pretrainer &pretrainer, std::int64_t epoch) {
        const bool last = epoch == options().epochs;
        if (options().checkpointEvery > 0 && epoch % options().checkpointEvery == 0 && !last)
            save(pretrainer);
        evaluateEpoch(pretrainer, epoch);
    }

    /// Returns false if a stop was requested meanwhile.
    bool evaluateEpoch(Pretrainer &pretrainer, std::int64_t epoch) {
        m_best.forgetLatest();
        diagnose(pretrainer, epoch);
        if (!evaluateWhenDue(pretrainer, epoch))
            return false;
        const auto take = [&] { return pretrainer.checkpoint(); };
        if (m_best.isImproved() && m_checkpoints.saveBest(pretrainer.stepsDone(), take))
            m_best.accept();
        return true;
    }

    bool isCheckpointDue() const {
        constexpr double secondsPerMinute = 60;
        return options().checkpointMinutes > 0 &&
               m_checkpoints.secondsSinceLast() > secondsPerMinute * options().checkpointMinutes;
    }

    void diagnose(Pretrainer &pretrainer, std::int64_t epoch) {
        if (!m_diagnostics)
            return;
        const auto quality = m_diagnostics->measure(pretrainer.encoder(), pretrainer.head());
        if (!quality)
            return;
        m_observers.on(Diagnosed{pretrainer.stepsDone(), static_cast<double>(epoch), valuesOf(*quality)});
        const std::string warning = collapseWarning(*quality, pretrainer.projectionSize());
        const bool isFinal = epoch == options().epochs || !std::isfinite(quality->spread);
        const std::string note = m_collapse.next(warning, isFinal);
        if (!note.empty())
            m_observers.on(Noted{note});
    }

    /// Warnings of earlier epochs of a resumed run were reported then.
    void recallCollapse(const Pretrainer &pretrainer) {
        const std::vector<MetricPoint> spreads = m_store.curve(m_run, "spread");
        const std::vector<MetricPoint> ranks = m_store.curve(m_run, "effective_rank_z");
        for (std::size_t i = 0; i < std::min(spreads.size(), ranks.size()); ++i) {
            if (spreads[i].step >= pretrainer.stepsDone())
                break;
            RepresentationQuality quality;
            quality.spread = spreads[i].value;
            quality.rankZ = ranks[i].value;
            m_collapse.next(collapseWarning(quality, pretrainer.projectionSize()));
        }
    }

    /// Evaluates the encoder before the first step. A run that resumes at the end of an epoch may have been
    /// stopped before that epoch's evaluation, so it is repeated.
    bool evaluateAtStart(Pretrainer &pretrainer) {
        if (pretrainer.stepsDone() == 0)
            return evaluate(pretrainer, Split::Validation, Evaluator::Effort::Quick, 0);
        if (pretrainer.stepsDone() % pretrainer.stepsPerEpoch() != 0)
            return true;
        return evaluateEpoch(pretrainer, pretrainer.stepsDone() / pretrainer.stepsPerEpoch());
    }

    bool evaluateWhenDue(Pretrainer &pretrainer, std::int64_t epoch) {
        const bool due = epoch == options().epochs ||
                         (options().evaluateEvery > 0 && epoch % options().evaluateEvery == 0);
        return !due || evaluate(pretrainer, Split::Validation, Evaluator::Effort::Quick, epoch);
    }

    bool evaluate(Pretrainer &pretrainer, Split split, Evaluator::Effort effort, std::int64_t epoch) {
        OnlineProbe *probe = epoch > 0 ? pretrainer.probe() : nullptr; // it is untrained before that
        return m_evaluator.evaluate(pretrainer.encoder(), split, effort, epoch, pretrainer.stepsDone(),
                                    m_observers, m_stop, probe);
    }

    /// Evaluates on the test images, once: the trained encoder, and the initial one as a baseline.
    bool evaluateAtEnd(Pretrainer &pretrainer) {
        return evaluateBaseline() &&
               evaluate(pretrainer, Split::Test, Evaluator::Effort::Full, options().epochs);
    }

    bool evaluateBaseline() {
        if (!options().initialWeights.empty() && m_plan.initialWeights.empty()) {
            m_observers.on(Noted{"The initial weights of the run are no longer stored next to its "
                                 "checkpoint, so that their accuracy on the test images is not known."});
            return true;
        }
        ResNet untrained = makeEncoder(options());
        if (!m_plan.initialWeights.empty())
            loadState(*untrained, m_plan.initialWeights);
        untrained->to(m_plan.device.device);
        return m_evaluator.evaluate(untrained, Split::Test, Evaluator::Effort::Full, 0, 0, m_observers,
                                    m_stop);
    }

    void save(const Pretrainer &pretrainer) {
        m_checkpoints.save(pretrainer.stepsDone(), [&] { return pretrainer.checkpoint(); });
    }

    RunOutcome finish(RunEnd end, std::string failure) {
        std::string unrecorded;
        try {
            unrecorded = m_recorder.finish(statusOf(end), failure, m_weightsHash, m_stop);
        } catch (const Error &error) {
            end = RunEnd::Failed;
            if (failure.find(error.what()) == std::string::npos)
                failure += (failure.empty() ? "" : "; ") + std::string(error.what());
            recordFailure(m_store, m_run, failure);
        }
        releaseDeviceMemory(m_plan.device.device);
        return {end, m_run, std::move(failure), std::move(unrecorded)};
    }

    RunPlan m_plan;
    RunStore &m_store;
    RunId m_run;
    ObserverList m_others;
    RunRecorder m_recorder;
    BestTracker m_best;
    ObserverList m_observers;
    std::stop_token m_stop;
    Evaluator m_evaluator;
    std::string m_weightsHash;
    CheckpointKeeper m_checkpoints;
    std::optional<Diagnostics> m_diagnostics;
    CollapseWatch m_collapse;
};

} // namespace

RunOutcome executePlan(RunPlan plan, RunStore &store, RunId id, std::span<Observer *const> observers,
                       std::stop_token stop, const std::optional<Checkpoint> &from) {
    std::optional<RunExecution> execution;
    try {
        execution.emplace(std::move(plan), store, id, observers, std::move(stop));
    } catch (const Error &error) {
        recordFailure(store, id, error.what());
        return {RunEnd::Failed, id, error.what(), {}};
    }
    return execution->execute(from);
}

} // namespace simclr
