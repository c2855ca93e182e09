// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/observer.h"
#include "core/options/description.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <string>

namespace simclr {

/// What to watch for in a run, and what to do then: each action is ignore, notify or stop.
struct RuleOptions {
    std::string notFinite = "ignore";

    std::string plateau = "ignore";
    std::string plateauMetric = "loss"; ///< loss, contrastive_top1, online_top1, linear or knn
    double plateauImprovement = 0.001;  ///< smaller improvements do not count
    std::int64_t plateauEpochs = 20;

    std::string collapse = "ignore";
    double collapseSpread = 0.2; ///< spread below this
    double collapseRank = 2;     ///< effective rank of z below this

    std::string accuracy = "ignore";
    std::string accuracyProtocol = "linear"; ///< linear or knn, on the validation images
    double accuracyMinimum = 0.2;
    std::int64_t accuracyEpoch = 10; ///< from this epoch on

    bool operator==(const RuleOptions &) const = default;
};

/// The only description of RuleOptions, for JSON and the form.
const Description<RuleOptions> &ruleOptionsDescription();

/// `Rule "Plateau": the loss has not improved …. The run stops.`, for the log and notes of a run.
Message ruleSentence(const RuleFired &rule);

/// Whether any rule has an action.
bool isAnyRuleOn(const RuleOptions &options);

/// Watches the events of a run and tells the rules that are met, each at most once. Lives in the thread that
/// trains.
class RuleWatch : public ListeningObserver<RuleWatch> {
  public:
    using Tell = std::function<void(const RuleFired &)>;

    RuleWatch(RuleOptions options, Tell tell) : m_options(std::move(options)), m_tell(std::move(tell)) {}

    void hear(const StepFinished &step);
    void hear(const EpochFinished &finished);
    void hear(const Diagnosed &diagnosed);
    void hear(const Evaluated &evaluated);

  private:
    void fire(const std::string &action, const std::string &rule, const Message &seen);
    void seePlateau(double value, std::int64_t epoch, bool higherIsBetter);
    void seeAccuracy(const Result &result);

    RuleOptions m_options;
    Tell m_tell;
    std::set<std::string> m_fired;
    double m_sum = 0; ///< of the watched metric in the current epoch
    std::int64_t m_count = 0;
    double m_best = std::numeric_limits<double>::quiet_NaN();
    std::int64_t m_bestEpoch = 0;
};

} // namespace simclr
