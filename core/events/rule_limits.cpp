// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/rule_limits.h"

#include "core/events/rule_messages.h"

#include <string>

namespace simclr {

namespace {

bool isOn(const std::string &action) {
    return action != "ignore";
}

void checkPlateau(const RuleOptions &rules, const WatchedRun &run, std::vector<Message> &sentences) {
    const Message name = ruleMessage("rule_plateau");
    const bool isEvaluated = rules.plateauMetric == "linear" || rules.plateauMetric == "knn";
    const std::int64_t firstEpoch = isEvaluated ? 0 : 1; // an untrained encoder is evaluated too
    const bool needsLabels = rules.plateauMetric != "loss" && rules.plateauMetric != "contrastive_top1";
    if (needsLabels && !run.isLabelled)
        sentences.push_back(ruleMessage("never_labels", name));
    else if (rules.plateauMetric == "online_top1" && !run.hasOnlineProbe)
        sentences.push_back(ruleMessage("never_probe", name));
    else if (rules.plateauEpochs > run.epochs - firstEpoch)
        sentences.push_back(ruleMessage("never_plateau", name, rules.plateauEpochs, run.epochs));
}

void checkAccuracy(const RuleOptions &rules, const WatchedRun &run, std::vector<Message> &sentences) {
    const Message name = ruleMessage("rule_accuracy");
    if (!run.isLabelled)
        sentences.push_back(ruleMessage("never_labels", name));
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
