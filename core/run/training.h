// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/diagnostics.h"
#include "core/evaluate/evaluator.h"
#include "core/events/observer.h"
#include "core/run/run_plan.h"
#include "core/train/checkpoint.h"
#include "core/train/pretrainer.h"

#include <optional>
#include <stop_token>
#include <string>

namespace simclr {

/// Keeps the states of a training. Every process of a distributed run trains, and one of them keeps.
class TrainingKeeper {
  public:
    virtual ~TrainingKeeper() = default;
    /// Asked between two steps.
    virtual bool isCheckpointDue() const = 0;
    /// Stores the current state, unless it is stored already.
    virtual void checkpoint(const Pretrainer &pretrainer) = 0;
    /// An epoch is going to be diagnosed and evaluated; and has been.
    virtual void beforeEvaluation() = 0;
    virtual void afterEvaluation(const Pretrainer &pretrainer) = 0;
};

/// Trains and evaluates as a plan says, in the calling thread: steps, diagnostics and validation after
/// epochs, and the test images at the end. Reports everything to an observer; knows no database.
class Training {
  public:
    /// All references must live as long as this.
    Training(const RunPlan &plan, RunId run, Observer &observer, TrainingKeeper &keeper,
             std::stop_token stop);

    /// Warnings about these earlier epochs of a resumed run were reported then: values of the metrics
    /// "spread" and "effective_rank_z", in the order of their steps.
    void recallEarlierEpochs(const std::vector<MetricPoint> &spreads, const std::vector<MetricPoint> &ranks);

    /// From the first step, or from a checkpoint, to the end or until a stop is requested. Throws what the
    /// Pretrainer throws, and what the observer and the keeper throw.
    RunEnd run(const std::optional<Checkpoint> &from);

    /// Of the trained encoder; empty before the training has ended.
    const std::string &weightsHash() const { return m_weightsHash; }

  private:
    const TrainOptions &options() const { return m_plan.configuration.options; }
    void prepare(Pretrainer &pretrainer, const std::optional<Checkpoint> &from);
    void prepareDiagnostics();
    void recallCollapse(const Pretrainer &pretrainer);
    void tellStart(const Pretrainer &pretrainer);
    void afterEpoch(Pretrainer &pretrainer, std::int64_t epoch);
    bool evaluateEpoch(Pretrainer &pretrainer, std::int64_t epoch);
    void diagnose(Pretrainer &pretrainer, std::int64_t epoch);
    bool evaluateAtStart(Pretrainer &pretrainer);
    bool evaluateWhenDue(Pretrainer &pretrainer, std::int64_t epoch);
    bool evaluate(Pretrainer &pretrainer, Split split, Evaluator::Effort effort, std::int64_t epoch);
    bool evaluateAtEnd(Pretrainer &pretrainer);
    bool evaluateBaseline();
    bool isAnythingDue() const;
    void actBetweenSteps(Pretrainer &pretrainer);
    void serve(Pretrainer &pretrainer, const TrainingControl::Requests &wanted);
    void evaluateNow(Pretrainer &pretrainer);
    void stopAfterEpoch(std::int64_t epoch);
    void obey(const RuleFired &rule);

    const RunPlan &m_plan;
    RunId m_run;
    Observer &m_reports; ///< the observer itself
    RuleWatch m_rules;
    ObserverList m_observer; ///< the observer and the rules
    TrainingKeeper &m_keeper;
    std::stop_source m_ownStop; ///< also of rules and of the end of an epoch
    std::stop_callback<std::function<void()>> m_outerStop;
    std::stop_token m_stop; ///< of m_ownStop
    Evaluator m_evaluator;
    std::optional<Diagnostics> m_diagnostics;
    CollapseDetector m_collapse;
    std::vector<MetricPoint> m_earlierSpreads;
    std::vector<MetricPoint> m_earlierRanks;
    std::string m_weightsHash;
};

} // namespace simclr
