// SPDX-License-Identifier: GPL-3.0-or-later
// What AutoAugment and RandAugment sample, and how often.
#include "core/augment/ops/auto_augment_tables.h"
#include "tests/core/augment/policy_names.h"
#include "tests/support/applied_operations.h"
#include "tests/support/test_images.h"

#include <map>

using namespace simclr;
using namespace simclr::test;

class TestPolicies : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void whatIsToldIsWhatIsDone_data();
    void whatIsToldIsWhatIsDone();
    void subPoliciesAreEquallyLikely();
    void stepsHaveTheirProbabilities();
    void randAugmentDrawsUniformly();
    void signsAreEquallyLikely();
    void randAugmentOfNoOperationsLeavesBytesAlone();
    void magnitudesBeyondTheLastAreTheStrongest();
    void everySubPolicyDrawsAsManyNumbers();
};

namespace {

std::unique_ptr<Operation> autoAugment(const std::string &policy) {
    return madeOperation("auto_augment", {{"policy", policy}});
}

std::unique_ptr<Operation> randAugment(std::int64_t count, std::int64_t magnitude = 9,
                                       std::int64_t bins = 31) {
    return madeOperation("rand_augment",
                         {{"num_ops", count}, {"magnitude", magnitude}, {"num_magnitude_bins", bins}});
}

SampleLog told(const Operation &operation, std::uint32_t sample) {
    SampleLog log;
    applied(operation, noiseImage(3, 3, 1), sample, &log);
    return log;
}

std::string actionTold(const SampledValue &note) {
    return note.what == "operation" ? note.value : note.what;
}

bool isNegative(const SampledValue &note, PolicyAction action) {
    if (action >= PolicyAction::Brightness && action <= PolicyAction::Sharpness)
        return std::stod(note.value) < 1;
    return note.value.starts_with('-');
}

std::size_t subPolicyTold(const SampleLog &log) {
    return std::stoul(log.at(0).value) - 1;
}

constexpr int width = 30;
constexpr int height = 20;

/// Only one of two steps with the same action was applied; the log does not say which.
bool isAmbiguous(const std::string &dataset, const SampleLog &log) {
    const SubPolicy &pair = autoAugmentPolicy(dataset)[subPolicyTold(log)];
    return pair[0].action == pair[1].action && log.size() == 2;
}

/// Of the step that note `i` logs.
double strengthInPolicy(const std::string &dataset, const SampleLog &log, std::size_t i,
                        PolicyAction action) {
    const SubPolicy &pair = autoAugmentPolicy(dataset)[subPolicyTold(log)];
    const PolicyStep &step = i == 2 || pair[0].action != action ? pair[1] : pair[0];
    return magnitudeOf(step.action, step.bin, autoAugmentBins, width, height);
}

} // namespace

void TestPolicies::whatIsToldIsWhatIsDone_data() {
    QTest::addColumn<bool>("isAuto");
    for (const char *dataset : {"imagenet", "cifar10", "svhn"})
        QTest::newRow(dataset) << true;
    QTest::newRow("RandAugment") << false;
}

/// Applying the logged actions in sequence gives the same image.
void TestPolicies::whatIsToldIsWhatIsDone() {
    QFETCH(bool, isAuto);
    const std::string dataset = QTest::currentDataTag();
    const auto operation = isAuto ? autoAugment(dataset) : randAugment(3);
    const Image source = noiseImage(width, height, 8);
    for (std::uint32_t sample = 0; sample < 300; ++sample) {
        SampleLog log;
        const Image result = applied(*operation, source, sample, &log);
        if (isAuto && isAmbiguous(dataset, log))
            continue;
        Image expected = source;
        for (std::size_t i = isAuto ? 1 : 0; i < log.size(); ++i) {
            const PolicyAction action = actionNamed(actionTold(log[i]));
            const double strength = isAuto ? strengthInPolicy(dataset, log, i, action)
                                           : magnitudeOf(action, 9, 31, width, height);
            applyAction(action, isNegative(log[i], action) ? -strength : strength, {}, expected);
        }
        QVERIFY2(result == expected, qPrintable(QString::number(sample)));
    }
}

void TestPolicies::subPoliciesAreEquallyLikely() {
    const auto operation = autoAugment("svhn");
    std::vector<std::size_t> counts(25);
    for (std::uint32_t sample = 0; sample < 10'000; ++sample)
        ++counts.at(subPolicyTold(told(*operation, sample)));
    QVERIFY2(chiSquare(counts) < chiSquareLimit(counts.size()),
             qPrintable(QString::number(chiSquare(counts))));
}

void TestPolicies::stepsHaveTheirProbabilities() {
    const auto operation = autoAugment("cifar10");
    std::map<std::size_t, std::size_t> chosen;
    std::map<std::pair<std::size_t, std::string>, std::size_t> done;
    for (std::uint32_t sample = 0; sample < 20'000; ++sample) {
        const SampleLog log = told(*operation, sample);
        ++chosen[subPolicyTold(log)];
        for (std::size_t i = 1; i < log.size(); ++i)
            ++done[{subPolicyTold(log), actionTold(log[i])}];
    }
    const Policy &policy = autoAugmentPolicy("cifar10");
    for (std::size_t i = 0; i < policy.size(); ++i)
        for (const PolicyStep &step : policy[i])
            if (policy[i][0].action != policy[i][1].action) {
                const std::size_t hits = done[{i, nameOf(step.action)}];
                QVERIFY2(isFrequency(hits, chosen[i], step.tenths / 10.0),
                         qPrintable(QString("%1 of %2: %3").arg(hits).arg(chosen[i]).arg(step.tenths)));
            }
}

void TestPolicies::randAugmentDrawsUniformly() {
    const auto operation = randAugment(2);
    std::map<std::string, std::size_t> first;
    std::map<std::string, std::size_t> second;
    for (std::uint32_t sample = 0; sample < 7000; ++sample) {
        const SampleLog log = told(*operation, sample);
        QCOMPARE(log.size(), std::size_t{2});
        ++first[actionTold(log[0])];
        ++second[actionTold(log[1])];
    }
    for (const auto &counts : {first, second}) {
        std::vector<std::size_t> bins;
        for (const auto &[name, count] : counts)
            bins.push_back(count);
        QCOMPARE(bins.size(), randAugmentActions);
        QVERIFY2(chiSquare(bins) < chiSquareLimit(bins.size()), qPrintable(QString::number(chiSquare(bins))));
    }
    QVERIFY(!first.contains("Invert"));
}

void TestPolicies::signsAreEquallyLikely() {
    const auto operation =
        madeOperation("rand_augment", {{"num_ops", std::int64_t{1}}, {"magnitude", std::int64_t{30}}});
    std::map<PolicyAction, std::array<std::size_t, 2>> counts;
    for (std::uint32_t sample = 0; sample < 7000; ++sample) {
        const SampleLog log = told(*operation, sample);
        const PolicyAction action = actionNamed(actionTold(log[0]));
        ++counts[action][isNegative(log[0], action) ? 1 : 0];
    }
    for (const auto &[action, both] : counts) {
        const std::size_t all = both[0] + both[1];
        QVERIFY2(isFrequency(both[1], all, isSigned(action) ? 0.5 : 0), nameOf(action));
    }
}

void TestPolicies::randAugmentOfNoOperationsLeavesBytesAlone() {
    const Image source = noiseImage(19, 23, 1);
    for (std::uint32_t sample = 0; sample < 20; ++sample)
        QVERIFY(applied(*randAugment(0), source, sample) == source);
}

void TestPolicies::magnitudesBeyondTheLastAreTheStrongest() {
    const Image source = noiseImage(24, 24, 1);
    for (std::uint32_t sample = 0; sample < 60; ++sample)
        QVERIFY(applied(*randAugment(2, 100, 11), source, sample) ==
                applied(*randAugment(2, 10, 11), source, sample));
}

/// The sampled action must not shift later random numbers: one for the choice, and a probability and a sign
/// for each step.
void TestPolicies::everySubPolicyDrawsAsManyNumbers() {
    for (const char *policy : {"imagenet", "cifar10", "svhn"}) {
        const auto operation = autoAugment(policy);
        for (std::uint32_t sample = 0; sample < 500; ++sample) {
            RandomStream draws({.seed = 23, .sample = sample});
            RandomStream expected = draws;
            Image image = noiseImage(4, 4, sample);
            operation->apply(image, draws, 4);
            expected.below(25);
            for (int step = 0; step < 2; ++step) {
                expected.uniform();
                expected.below(2);
            }
            QCOMPARE(draws.bits(), expected.bits());
        }
    }
}

SIMCLR_TEST(TestPolicies)
#include "tst_policies.moc"
