// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/training.h"

#include "core/model/weights.h"
#include "core/run/run_start.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace simclr {

namespace {

MetricValues valuesOf(const RepresentationQuality &quality) {
    MetricValues values;
    values.set("alignment", quality.alignment);
    values.set("uniformity", quality.uniformity);
    values.set("spread", quality.spread);
    values.set("effective_rank_h", quality.rankH);
    values.set("effective_rank_z", quality.rankZ);
    return values;
}

} // namespace

Training::Training(const RunPlan &plan, RunId run, Observer &observer, TrainingKeeper &keeper,
                   std::stop_token stop)
    : m_plan(plan),
      m_run(run),
      m_reports(observer),
      m_rules(plan.supervision.rules, [this](const RuleFired &rule) { obey(rule); }),
      m_observer({&observer, &m_rules}),
      m_keeper(keeper),
      m_outerStop(std::move(stop), [this] { m_ownStop.request_stop(); }),
      m_stop(m_ownStop.get_token()),
      m_evaluator(plan.dataset, plan.splits, options(), plan.device) {}

void Training::recallEarlierEpochs(const std::vector<MetricPoint> &spreads,
                                   const std::vector<MetricPoint> &ranks) {
    m_earlierSpreads = spreads;
    m_earlierRanks = ranks;
}

void Training::prepare(Pretrainer &pretrainer, const std::optional<Checkpoint> &from) {
    if (m_plan.origin)
        pretrainer.continueRate(m_plan.origin->step, m_plan.origin->rate);
    if (from)
        pretrainer.restore(*from, m_plan.allowChangedImages);
    else if (!m_plan.initialWeights.empty())
        loadState(*pretrainer.encoder(), m_plan.initialWeights);
    tellStart(pretrainer);
    prepareDiagnostics();
    recallCollapse(pretrainer);
}

RunEnd Training::run(const std::optional<Checkpoint> &from) {
    useDevice(m_plan.device);
    Pretrainer pretrainer(options(), m_plan.configuration.pipeline, m_plan.dataset, m_plan.splits.learn,
                          m_plan.device);
    prepare(pretrainer, from);
    if (!evaluateAtStart(pretrainer)) {
        m_keeper.checkpoint(pretrainer);
        return RunEnd::Cancelled;
    }
    const auto epochDone = [&](std::int64_t epoch) { afterEpoch(pretrainer, epoch); };
    const PretrainEnd trained =
        pretrainer.run(m_observer, epochDone, m_stop,
                       {[this] { return isAnythingDue(); }, [&] { actBetweenSteps(pretrainer); }});
    m_keeper.checkpoint(pretrainer);
    m_weightsHash = stateHash(*pretrainer.encoder());
    const bool isComplete = trained == PretrainEnd::Completed && evaluateAtEnd(pretrainer);
    m_keeper.checkpoint(pretrainer); // if it failed before, there may be space by now
    return isComplete ? RunEnd::Completed : RunEnd::Cancelled;
}

/// Uses images that are not trained on if there are some, unless they are of another source than those that
/// are learned from: diagnostics are about the latter.
void Training::prepareDiagnostics() {
    if (!options().diagnostics)
        return;
    const Splits &splits = m_plan.splits;
    const bool usesLearned = splits.validation.empty() || splits.learnsFromOthers();
    const auto &samples = usesLearned ? splits.learn : splits.validation;
    const ViewRenderer renderer(m_plan.configuration.pipeline, static_cast<int>(options().imageSize));
    m_diagnostics.emplace(*m_plan.dataset, samples, renderer, static_cast<std::uint64_t>(options().seed),
                          m_plan.device);
}

void Training::tellStart(const Pretrainer &pretrainer) {
    m_observer.on(describeStart(m_run, m_plan, pretrainer));
    for (const std::string &note : startNotes(m_plan))
        m_observer.on(Noted{note});
    for (const std::string &note : m_plan.notes)
        m_observer.on(Noted{note});
}

void Training::afterEpoch(Pretrainer &pretrainer, std::int64_t epoch) {
    const bool last = epoch == options().epochs;
    if (options().checkpointEvery > 0 && epoch % options().checkpointEvery == 0 && !last)
        m_keeper.checkpoint(pretrainer);
    evaluateEpoch(pretrainer, epoch);
    stopAfterEpoch(epoch);
}

bool Training::isAnythingDue() const {
    const TrainingControl *control = m_plan.supervision.control;
    return m_keeper.isCheckpointDue() || (control != nullptr && control->isDue());
}

/// What others have asked for, and the pause in which they may ask for more.
void Training::actBetweenSteps(Pretrainer &pretrainer) {
    if (m_keeper.isCheckpointDue())
        m_keeper.checkpoint(pretrainer);
    TrainingControl *control = m_plan.supervision.control;
    if (control == nullptr)
        return;
    bool hasPaused = false;
    do {
        serve(pretrainer, control->take());
        if (control->isPaused() && !std::exchange(hasPaused, true)) {
            m_keeper.checkpoint(pretrainer); // nothing is lost, however the pause ends
            m_observer.on(TrainingPaused{pretrainer.stepsDone(), true});
        }
    } while (control->waitForRequests(m_stop));
    if (hasPaused)
        m_observer.on(TrainingPaused{pretrainer.stepsDone(), false});
}

void Training::serve(Pretrainer &pretrainer, const TrainingControl::Requests &wanted) {
    if (wanted.checkpoint)
        m_keeper.checkpoint(pretrainer);
    if (wanted.evaluate)
        evaluateNow(pretrainer);
}

/// Within an epoch the results name their step, so that they are not taken for those of the epoch's end. That
/// evaluation follows by itself, if it is due.
void Training::evaluateNow(Pretrainer &pretrainer) {
    const std::int64_t step = pretrainer.stepsDone();
    const std::int64_t perEpoch = pretrainer.stepsPerEpoch();
    struct AtStep : ListeningObserver<AtStep> {
        AtStep(Observer &reports, std::int64_t step) : m_reports(reports), m_step(step) {}
        void hear(Evaluated evaluated) {
            evaluated.result.key.place.step = m_step;
            m_reports.on(evaluated);
        }
        void hear(const EvaluationStarted &started) { m_reports.on(started); }
        void hear(const Noted &noted) { m_reports.on(noted); }

      private:
        Observer &m_reports;
        std::int64_t m_step;
    } atStep(m_observer, step);
    m_evaluator.evaluate(pretrainer.encoder(), Split::Validation, Evaluator::Effort::Quick,
                         (step + perEpoch - 1) / perEpoch, step, atStep, m_stop, pretrainer.probe());
}

void Training::stopAfterEpoch(std::int64_t epoch) {
    const TrainingControl *control = m_plan.supervision.control;
    if (control != nullptr && control->stopsAfterEpoch() && epoch < options().epochs)
        m_ownStop.request_stop();
}

void Training::obey(const RuleFired &rule) {
    m_reports.on(rule);
    if (rule.stops)
        m_ownStop.request_stop();
}

/// Returns false if a stop was requested meanwhile.
bool Training::evaluateEpoch(Pretrainer &pretrainer, std::int64_t epoch) {
    m_keeper.beforeEvaluation();
    diagnose(pretrainer, epoch);
    if (!evaluateWhenDue(pretrainer, epoch))
        return false;
    m_keeper.afterEvaluation(pretrainer);
    return true;
}

void Training::diagnose(Pretrainer &pretrainer, std::int64_t epoch) {
    if (!m_diagnostics)
        return;
    const auto quality = m_diagnostics->measure(pretrainer.encoder(), pretrainer.head());
    if (!quality)
        return;
    m_observer.on(Diagnosed{pretrainer.stepsDone(), static_cast<double>(epoch), valuesOf(*quality)});
    const std::string warning = collapseWarning(*quality, pretrainer.projectionSize());
    const bool isFinal = epoch == options().epochs || !std::isfinite(quality->spread);
    const std::string note = m_collapse.next(warning, isFinal);
    if (!note.empty())
        m_observer.on(Noted{note});
}

/// Warnings of earlier epochs of a resumed run were reported then.
void Training::recallCollapse(const Pretrainer &pretrainer) {
    for (std::size_t i = 0; i < std::min(m_earlierSpreads.size(), m_earlierRanks.size()); ++i) {
        if (m_earlierSpreads[i].step >= pretrainer.stepsDone())
            break;
        RepresentationQuality quality;
        quality.spread = m_earlierSpreads[i].value;
        quality.rankZ = m_earlierRanks[i].value;
        m_collapse.next(collapseWarning(quality, pretrainer.projectionSize()));
    }
}

/// Evaluates the encoder before the first step. A run that resumes at the end of an epoch may have been
/// stopped before that epoch's evaluation, so it is repeated.
bool Training::evaluateAtStart(Pretrainer &pretrainer) {
    if (pretrainer.stepsDone() == 0)
        return evaluate(pretrainer, Split::Validation, Evaluator::Effort::Quick, 0);
    if (pretrainer.stepsDone() % pretrainer.stepsPerEpoch() != 0)
        return true;
    return evaluateEpoch(pretrainer, pretrainer.stepsDone() / pretrainer.stepsPerEpoch());
}

bool Training::evaluateWhenDue(Pretrainer &pretrainer, std::int64_t epoch) {
    const bool due =
        epoch == options().epochs || (options().evaluateEvery > 0 && epoch % options().evaluateEvery == 0);
    return !due || evaluate(pretrainer, Split::Validation, Evaluator::Effort::Quick, epoch);
}

bool Training::evaluate(Pretrainer &pretrainer, Split split, Evaluator::Effort effort, std::int64_t epoch) {
    OnlineProbe *probe = epoch > 0 ? pretrainer.probe() : nullptr; // it is untrained before that
    return m_evaluator.evaluate(pretrainer.encoder(), split, effort, epoch, pretrainer.stepsDone(),
                                m_observer, m_stop, probe);
}

/// Evaluates on the test images, once: the trained encoder, and the initial one as a baseline.
bool Training::evaluateAtEnd(Pretrainer &pretrainer) {
    return evaluateBaseline() && evaluate(pretrainer, Split::Test, Evaluator::Effort::Full, options().epochs);
}

bool Training::evaluateBaseline() {
    if (!options().initialWeights.empty() && m_plan.initialWeights.empty()) {
        m_observer.on(Noted{"The initial weights of the run are no longer stored next to its "
                            "checkpoint, so that their accuracy on the test images is not known."});
        return true;
    }
    ResNet untrained = makeEncoder(options());
    if (!m_plan.initialWeights.empty())
        loadState(*untrained, m_plan.initialWeights);
    untrained->to(m_plan.device.device);
    return m_evaluator.evaluate(untrained, Split::Test, Evaluator::Effort::Full, 0, 0, m_observer, m_stop);
}

} // namespace simclr
