// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluator.h"
#include "core/run/run_checkpoints.h"
#include "core/run/run_plan.h"
#include "core/store/run_store.h"
#include "core/train/pretrainer.h"
#include "core/util/error.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

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

std::vector<ResultRecord> evaluateRun(RunId id, const DatasetPtr &dataset, const fs::path &file,
                                      const std::string &split, std::stop_token stop,
                                      const std::string &device) {
    if (split != "validation" && split != "test")
        throw InvalidInput("there is no split \"" + split + "\" to evaluate on; it is validation or test");
    RunStore store(file);
    const RunRecord run = store.run(id);
    requireSameDataset(run, *dataset);
    const auto found = findCheckpoint(run);
    if (!found)
        throw InvalidInput("run " + std::to_string(id) + " has no checkpoint to evaluate");
    const Checkpoint &checkpoint = found->checkpoint;
    const RunPlan plan =
        makeEvaluationPlan(configurationOf(run, device.empty() ? usualDevice(run) : device), dataset);
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

} // namespace simclr
