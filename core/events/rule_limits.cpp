// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/rule_limits.h"

#include "core/events/rule_messages.h"

#include <algorithm>
#include <string>

namespace simclr {

namespace {

bool isOn(const std::string &action) {
    return action != "ignore";
}

bool isAccuracy(const std::string &metric) {
    return metric == "linear" || metric == "knn";
}

/// The first one after training began: how good an untrained encoder is says nothing of a plateau.
std::int64_t firstEvaluation(const WatchedRun &run) {
    return run.evaluateEvery > 0 ? std::min(run.evaluateEvery, run.epochs) : run.epochs;
}

void checkPlateauLength(const RuleOptions &rules, const WatchedRun &run, const Message &name,
                        std::vector<Message> &sentences) {
    const bool isEvaluated = isAccuracy(rules.plateauMetric);
    const std::int64_t first = isEvaluated ? firstEvaluation(run) : 1;
    if (rules.plateauEpochs <= run.epochs - first)
        return;
    sentences.push_back(
        isEvaluated ? ruleMessage("never_plateau_evaluated", name, rules.plateauEpochs, first, run.epochs)
                    : ruleMessage("never_plateau", name, rules.plateauEpochs, run.epochs));
}

void checkPlateau(const RuleOptions &rules, const WatchedRun &run, std::vector<Message> &sentences) {
    const Message name = ruleMessage("rule_plateau");
    const bool needsLabels = rules.plateauMetric != "loss" && rules.plateauMetric != "contrastive_top1";
    if (needsLabels && !run.isLabelled)
        sentences.push_back(ruleMessage("never_labels", name));
    else if (rules.plateauMetric == "online_top1" && !run.hasOnlineProbe)
        sentences.push_back(ruleMessage("never_probe", name));
    else if (isAccuracy(rules.plateauMetric) && !run.hasEvaluationImages)
        sentences.push_back(ruleMessage("never_evaluated", name));
    else
        checkPlateauLength(rules, run, name, sentences);
}

void checkAccuracy(const RuleOptions &rules, const WatchedRun &run, std::vector<Message> &sentences) {
    const Message name = ruleMessage("rule_accuracy");
    if (!run.isLabelled)
        sentences.push_back(ruleMessage("never_labels", name));
    else if (!run.hasEvaluationImages)
        sentences.push_back(ruleMessage("never_evaluated", name));
    else if (rules.accuracyEpoch > run.epochs)
        sentences.push_back(ruleMessage("never_epoch", name, rules.accuracyEpoch, run.epochs));
}

} // namespace

std::vector<Message> rulesWithoutEffect(const RuleOptions &rules, const WatchedRun &run) {
    std::vector<Message> sentences;
    if (isOn(rules.plateau))
        checkPlateau(rules, run, sentences);
    if (isOn(rules.collapse) && !run.hasDiagnostics)
        sentences.push_back(ruleMessage("never_diagnostics", ruleMessage("rule_collapse")));
    if (isOn(rules.accuracy))
        checkAccuracy(rules, run, sentences);
    return sentences;
}

} // namespace simclr
