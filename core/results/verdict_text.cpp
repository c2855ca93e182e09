// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/verdict_text.h"

#include "core/results/result_text.h"
#include "core/results/verdict_messages.h"
#include "core/util/rounding.h"

#include <cmath>

namespace simclr {

namespace {

/// As it is shown, in points if it is a share.
double rounded(double amount, bool isShare) {
    if (isShare)
        return roundedTo(100 * amount, 1);
    constexpr int significant = 3;
    const int decimals =
        amount == 0 ? 0 : significant - 1 - static_cast<int>(std::floor(std::log10(std::abs(amount))));
    return roundedTo(amount, decimals);
}

/// "+0.9", "−7.7", "0".
MessageArgument withSign(double amount, bool isShare) {
    const double shown = rounded(amount, isShare);
    if (shown == 0)
        return 0;
    return shown > 0 ? verdictMessage("plus", shown) : verdictMessage("minus", -shown);
}

Message differenceMessage(const SeedVerdict &verdict, const ComparedValue &value) {
    const MessageArgument amount = withSign(verdict.difference, value.isShare);
    return value.isShare ? verdictMessage("points", amount, value.title)
                         : verdictMessage("amount", amount, value.title);
}

Message testMessage(const SeedVerdict &verdict) {
    if (verdict.test == SeedTest::Paired)
        return verdictMessage("paired", verdict.seeds);
    if (verdict.seeds == verdict.baselineSeeds)
        return verdictMessage("welch_each", verdict.seeds);
    return verdictMessage("welch", verdict.seeds, verdict.baselineSeeds);
}

Message testAndCorrection(const SeedVerdict &verdict) {
    const Message test = testMessage(verdict);
    return verdict.comparisons > 1 ? verdictMessage("corrected", verdict.comparisons, test) : test;
}

Message comparedMessage(const SeedVerdict &verdict, const std::string &group, const ComparedValue &value) {
    return verdictMessage("compared", group, differenceMessage(verdict, value),
                          withSign(verdict.estimate->low, value.isShare),
                          withSign(verdict.estimate->high, value.isShare), testAndCorrection(verdict));
}

Message noEvidenceMessage(const SeedVerdict &verdict, const Message &compared, const ComparedValue &value) {
    if (!verdict.seedsToShow)
        return verdictMessage("no_evidence", compared);
    const double toShow = rounded(verdict.toShow, value.isShare);
    const Message hint = value.isShare ? verdictMessage("would_show_points", *verdict.seedsToShow, toShow)
                                       : verdictMessage("would_show", *verdict.seedsToShow, toShow);
    return verdictMessage("no_evidence_yet", compared, hint);
}

Message undecidedMessage(const SeedVerdict &verdict, const std::string &group) {
    switch (*verdict.reason) {
    case Undecided::TooFewSeeds:
        return verdictMessage("too_few_seeds", group, verdict.seeds, verdict.baselineSeeds);
    case Undecided::SharedRuns:
        return verdictMessage("shared_runs", group);
    case Undecided::OtherImages:
        return verdictMessage("other_images", group);
    case Undecided::NoSpread:
        break;
    }
    return verdictMessage("no_spread", group);
}

} // namespace

ComparedValue comparedAccuracy(Protocol protocol) {
    return {protocolMessage(protocol), true};
}

Message sentenceOn(const SeedVerdict &verdict, const std::string &group, const ComparedValue &value) {
    if (verdict.verdict == Verdict::NotDecidable)
        return undecidedMessage(verdict, group);
    const Message compared = comparedMessage(verdict, group, value);
    if (verdict.verdict == Verdict::NoEvidence)
        return noEvidenceMessage(verdict, compared, value);
    return verdict.verdict == Verdict::Higher ? verdictMessage("higher", compared)
                                              : verdictMessage("lower", compared);
}

} // namespace simclr
