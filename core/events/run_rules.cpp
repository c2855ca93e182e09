// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/run_rules.h"

#include "core/events/rule_messages.h"

#include <array>
#include <cmath>

namespace simclr {

namespace {

constexpr double maxEpochs = 100000;

Parameter action(std::string id, std::string title, std::string help) {
    return {.id = std::move(id),
            .title = std::move(title),
            .help = std::move(help),
            .choices = {{"ignore", "Ignore"}, {"notify", "Notify"}, {"stop", "Notify and stop"}}};
}

Description<RuleOptions> describePlateau(Description<RuleOptions> description) {
    return std::move(description)
        .choice(&RuleOptions::plateau, action("plateau", "Plateau",
                                              "The metric below has not improved for so many epochs. A run "
                                              "that stops can be resumed."))
        .choice(&RuleOptions::plateauMetric,
                {.id = "plateau_metric",
                 .title = "Metric",
                 .help = "Mean over an epoch, or accuracy on the validation images.",
                 .choices = {{"loss", "Loss"},
                             {"contrastive_top1", "Contrastive top-1"},
                             {"online_top1", "Online probe"},
                             {"linear", "Linear evaluation"},
                             {"knn", "kNN"}}})
        .real(&RuleOptions::plateauImprovement,
              {.id = "plateau_improvement",
               .title = "Improvement",
               .help = "Smallest change that counts as an improvement; 0.01 is 1 % of an accuracy.",
               .minimum = 0,
               .maximum = 10,
               .step = 0.001})
        .integer(&RuleOptions::plateauEpochs, {.id = "plateau_epochs",
                                               .title = "Epochs without",
                                               .help = "Epochs without an improvement.",
                                               .minimum = 1,
                                               .maximum = maxEpochs,
                                               .step = 5});
}

Description<RuleOptions> describeCollapse(Description<RuleOptions> description) {
    return std::move(description)
        .choice(&RuleOptions::collapse,
                action("collapse", "Collapse",
                       "The projections have nearly no spread, or use nearly no dimensions. The option "
                       "diagnostics measures both after every epoch."))
        .real(&RuleOptions::collapseSpread, {.id = "collapse_spread",
                                             .title = "Spread below",
                                             .help = "Limit of the spread: 1 is healthy, 0 collapsed.",
                                             .minimum = 0,
                                             .maximum = 1,
                                             .step = 0.05})
        .real(&RuleOptions::collapseRank, {.id = "collapse_rank",
                                           .title = "Rank of z below",
                                           .help = "Limit of the effective rank of the projections.",
                                           .minimum = 0,
                                           .maximum = 10000,
                                           .step = 1});
}

Description<RuleOptions> describeAccuracy(Description<RuleOptions> description) {
    return std::move(description)
        .choice(&RuleOptions::accuracy,
                action("accuracy", "Low accuracy",
                       "The accuracy on the validation images is below a minimum at an epoch or later."))
        .choice(&RuleOptions::accuracyProtocol,
                {.id = "accuracy_protocol",
                 .title = "Protocol",
                 .help = "Evaluated during the run; the option evaluate_every says when.",
                 .choices = {{"linear", "Linear evaluation"}, {"knn", "kNN"}}})
        .real(&RuleOptions::accuracyMinimum, {.id = "accuracy_minimum",
                                              .title = "Minimum",
                                              .help = "Lowest accuracy that is accepted; 0.2 is 20 %.",
                                              .minimum = 0,
                                              .maximum = 1,
                                              .step = 0.05})
        .integer(&RuleOptions::accuracyEpoch, {.id = "accuracy_epoch",
                                               .title = "From epoch",
                                               .help = "First epoch at which the accuracy counts.",
                                               .minimum = 1,
                                               .maximum = maxEpochs,
                                               .step = 5});
}

/// Metrics of steps are watched by their mean over an epoch.
std::optional<MetricId> stepMetric(const std::string &id) {
    return MetricId::find(id);
}

bool isValidation(const Result &result, const std::string &protocol) {
    return result.key.split == Split::Validation && result.key.isPlain() &&
           nameOf(result.key.protocol) == protocol;
}

Message titleOf(const std::string &rule) {
    if (rule == "not_finite")
        return ruleMessage("rule_not_finite");
    if (rule == "plateau")
        return ruleMessage("rule_plateau");
    if (rule == "collapse")
        return ruleMessage("rule_collapse");
    return ruleMessage("rule_accuracy");
}

/// A watched metric or protocol, as the subject of a sentence.
Message subjectOf(const std::string &metric) {
    if (metric == "loss")
        return ruleMessage("loss");
    if (metric == "gradient_norm")
        return ruleMessage("gradient_norm");
    if (metric == "contrastive_top1")
        return ruleMessage("contrastive_top1");
    if (metric == "online_top1")
        return ruleMessage("online_top1");
    return metric == "knn" ? ruleMessage("by_knn") : ruleMessage("by_linear");
}

/// In steps of 0.01 %.
double percent(double share) {
    return std::round(share * 10000) / 100;
}

} // namespace

const Description<RuleOptions> &ruleOptionsDescription() {
    static const Description<RuleOptions> description =
        describeAccuracy(describeCollapse(describePlateau(Description<RuleOptions>().choice(
            &RuleOptions::notFinite,
            action("not_finite", "NaN or infinite",
                   "The norm of the gradients is NaN or infinite. A loss that is NaN or infinite always "
                   "ends the run.")))));
    return description;
}

Message ruleSentence(const RuleFired &rule) {
    return rule.stops ? ruleMessage("fired_stops", titleOf(rule.rule), rule.seen)
                      : ruleMessage("fired", titleOf(rule.rule), rule.seen);
}

bool isAnyRuleOn(const RuleOptions &options) {
    for (const std::string &action : {options.notFinite, options.plateau, options.collapse, options.accuracy})
        if (action != "ignore")
            return true;
    return false;
}

void RuleWatch::fire(const std::string &action, const std::string &rule, const Message &seen) {
    if (action != "ignore" && m_fired.insert(rule).second)
        m_tell({rule, seen, action == "stop"});
}

void RuleWatch::hear(const StepFinished &step) {
    for (const std::string &metric : {std::string("loss"), std::string("gradient_norm")})
        if (!std::isfinite(step.values[*MetricId::find(metric)])) // NaN also if it was not measured
            fire(m_options.notFinite, "not_finite", ruleMessage("not_finite", subjectOf(metric), step.step));
    const std::optional<MetricId> watched = stepMetric(m_options.plateauMetric);
    if (!watched || !step.values.has(*watched))
        return;
    m_sum += step.values[*watched];
    ++m_count;
}

void RuleWatch::hear(const EpochFinished &finished) {
    const std::optional<MetricId> watched = stepMetric(m_options.plateauMetric);
    if (watched && m_count > 0)
        seePlateau(m_sum / static_cast<double>(m_count), finished.epoch,
                   (*watched)->better == Better::Higher);
    m_sum = 0;
    m_count = 0;
}

void RuleWatch::hear(const Diagnosed &diagnosed) {
    const double spread = diagnosed.values["spread"];
    const double rank = diagnosed.values["effective_rank_z"];
    if (spread < m_options.collapseSpread || std::isnan(spread))
        fire(m_options.collapse, "collapse",
             ruleMessage("collapse_spread", diagnosed.epoch, spread, m_options.collapseSpread));
    else if (rank < m_options.collapseRank)
        fire(m_options.collapse, "collapse",
             ruleMessage("collapse_rank", diagnosed.epoch, rank, m_options.collapseRank));
}

void RuleWatch::hear(const Evaluated &evaluated) {
    const Result &result = evaluated.result;
    if (result.key.place.epoch > 0 && isValidation(result, m_options.plateauMetric))
        seePlateau(result.value, result.key.place.epoch, true);
    seeAccuracy(result);
}

void RuleWatch::seeAccuracy(const Result &result) {
    if (isValidation(result, m_options.accuracyProtocol) &&
        result.key.place.epoch >= m_options.accuracyEpoch && result.value < m_options.accuracyMinimum)
        fire(m_options.accuracy, "accuracy",
             ruleMessage("accuracy", subjectOf(m_options.accuracyProtocol), percent(result.value),
                         result.key.place.epoch, percent(m_options.accuracyMinimum)));
}

void RuleWatch::seePlateau(double value, std::int64_t epoch, bool higherIsBetter) {
    const double gain = higherIsBetter ? value - m_best : m_best - value;
    if (std::isnan(m_best) || gain > m_options.plateauImprovement) {
        m_best = value;
        m_bestEpoch = epoch;
    } else if (epoch - m_bestEpoch >= m_options.plateauEpochs) {
        fire(m_options.plateau, "plateau",
             ruleMessage("plateau", epoch - m_bestEpoch, subjectOf(m_options.plateauMetric),
                         m_options.plateauImprovement, m_best, m_bestEpoch));
    }
}

} // namespace simclr
