// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/rule_limits.h"
#include "core/events/run_rules.h"
#include "tests/support/test_support.h"

#include <cmath>

using namespace simclr;
using namespace simclr::test;

namespace {

/// A watch over synthetic events.
struct Watched {
    explicit Watched(const RuleOptions &options)
        : watch(options, [this](const RuleFired &rule) { fired.push_back(rule); }) {}

    void epoch(std::int64_t number, double loss) {
        StepFinished step;
        step.step = number;
        step.values.set("loss", loss);
        step.values.set("gradient_norm", 1);
        watch.on(step);
        watch.on(EpochFinished{number});
    }
    void diagnosis(double spread, double rank) {
        Diagnosed diagnosed{1, 1, {}};
        diagnosed.values.set("spread", spread);
        diagnosed.values.set("effective_rank_z", rank);
        watch.on(diagnosed);
    }
    void accuracy(Protocol protocol, std::int64_t epoch, double value, Split split = Split::Validation) {
        Evaluated evaluated;
        evaluated.result.key.protocol = protocol;
        evaluated.result.key.split = split;
        evaluated.result.key.place.epoch = epoch;
        evaluated.result.value = value;
        watch.on(evaluated);
    }

    std::vector<RuleFired> fired;
    RuleWatch watch;
};

RuleOptions all(const std::string &action) {
    RuleOptions options;
    options.notFinite = options.plateau = options.collapse = options.accuracy = action;
    return options;
}

} // namespace

class TestRunRules : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void nothingIsWatchedAtFirst() {
        QVERIFY(!isAnyRuleOn({}));
        Watched watched({});
        watched.epoch(1, std::nan(""));
        watched.diagnosis(0, 0);
        watched.accuracy(Protocol::Linear, 1000, 0);
        QVERIFY(watched.fired.empty());
    }

    void optionsSurviveTheirJson() {
        RuleOptions options = all("stop");
        options.plateauEpochs = 3;
        const Json json = ruleOptionsDescription().toJson(options);
        QVERIFY(ruleOptionsDescription().fromJson(json, "test") == options);
        QVERIFY(isAnyRuleOn(options));
        QVERIFY_THROWS_EXCEPTION(InvalidInput,
                                 ruleOptionsDescription().fromJson({{"collapse", "explode"}}, "test"));
    }

    void valuesThatAreNotFinite() {
        for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
            Watched watched(all("stop"));
            watched.epoch(1, 3);
            QVERIFY(watched.fired.empty());
            watched.epoch(2, value);
            watched.epoch(3, value); // told once
            QCOMPARE(watched.fired.size(), std::size_t{1});
            QCOMPARE(watched.fired[0].rule, std::string("not_finite"));
            QVERIFY(watched.fired[0].stops);
            QVERIFY(contains(toText(watched.fired[0].seen), "step 2"));
        }
    }

    void plateauOfTheLoss() {
        RuleOptions options;
        options.plateau = "notify";
        options.plateauEpochs = 3;
        options.plateauImprovement = 0.1;
        Watched watched(options);
        watched.epoch(1, 5);
        watched.epoch(2, 4);
        watched.epoch(3, 3.95); // less than what counts
        watched.epoch(4, 3.92);
        QVERIFY(watched.fired.empty());
        watched.epoch(5, 3.91);
        QCOMPARE(watched.fired.size(), std::size_t{1});
        QVERIFY(!watched.fired[0].stops);
        QCOMPARE(toText(watched.fired[0].seen),
                 std::string("the loss has not improved by more than 0.1 for 3 "
                             "epochs: best 4 at epoch 2"));
    }

    void improvementsKeepARunGoing() {
        RuleOptions options;
        options.plateau = "stop";
        options.plateauEpochs = 2;
        options.plateauImprovement = 0.1;
        Watched watched(options);
        for (int epoch = 1; epoch < 20; ++epoch)
            watched.epoch(epoch, 5 - 0.15 * epoch);
        QVERIFY(watched.fired.empty());
    }

    void plateauOfAnAccuracyCountsEpochs() {
        RuleOptions options;
        options.plateau = "stop";
        options.plateauMetric = "knn";
        options.plateauEpochs = 10;
        Watched watched(options);
        watched.epoch(1, 1); // the loss is not watched
        watched.accuracy(Protocol::Knn, 5, 0.4);
        watched.accuracy(Protocol::Knn, 10, 0.5);
        watched.accuracy(Protocol::Linear, 15, 0.2);
        watched.accuracy(Protocol::Knn, 15, 0.45);
        QVERIFY(watched.fired.empty());
        watched.accuracy(Protocol::Knn, 20, 0.5);
        QCOMPARE(watched.fired.size(), std::size_t{1});
    }

    void collapse_data() {
        QTest::addColumn<double>("spread");
        QTest::addColumn<double>("rank");
        QTest::addColumn<bool>("fires");
        QTest::newRow("healthy") << 0.9 << 40.0 << false;
        QTest::newRow("no spread") << 0.05 << 40.0 << true;
        QTest::newRow("one dimension") << 0.9 << 1.2 << true;
        QTest::newRow("NaN") << std::nan("") << 40.0 << true;
    }
    void collapse() {
        QFETCH(const double, spread);
        QFETCH(const double, rank);
        QFETCH(const bool, fires);
        RuleOptions options;
        options.collapse = "stop";
        Watched watched(options);
        watched.diagnosis(spread, rank);
        QCOMPARE(!watched.fired.empty(), fires);
    }

    /// A rule that waits for what never comes is told before the run; all others are not.
    void rulesWithoutEffectAreTold_data() {
        QTest::addColumn<std::int64_t>("plateauEpochs");
        QTest::addColumn<std::string>("metric");
        QTest::addColumn<std::int64_t>("accuracyEpoch");
        QTest::addColumn<bool>("isLabelled");
        QTest::addColumn<bool>("isMeasured");
        QTest::addColumn<std::string>("part");
        QTest::newRow("fine") << std::int64_t{9} << std::string("loss") << std::int64_t{10} << true << true
                              << std::string();
        QTest::newRow("accuracy after the end") << std::int64_t{9} << std::string("loss") << std::int64_t{11}
                                                << true << true << std::string("begins at epoch 11");
        QTest::newRow("plateau longer than the run")
            << std::int64_t{10} << std::string("loss") << std::int64_t{10} << true << true
            << std::string("waits for 10 epochs");
        QTest::newRow("plateau since the first evaluation")
            << std::int64_t{9} << std::string("knn") << std::int64_t{10} << true << true << std::string();
        QTest::newRow("plateau since the untrained encoder")
            << std::int64_t{10} << std::string("knn") << std::int64_t{10} << true << true
            << std::string("first evaluation at epoch 1");
        QTest::newRow("no labels") << std::int64_t{9} << std::string("loss") << std::int64_t{10} << false
                                   << true << std::string("no labels");
        QTest::newRow("nothing is measured")
            << std::int64_t{9} << std::string("online_top1") << std::int64_t{10} << true << false
            << std::string("online_probe is off");
    }
    void rulesWithoutEffectAreTold() {
        QFETCH(const std::int64_t, plateauEpochs);
        QFETCH(const std::string, metric);
        QFETCH(const std::int64_t, accuracyEpoch);
        QFETCH(const bool, isLabelled);
        QFETCH(const bool, isMeasured);
        QFETCH(const std::string, part);
        RuleOptions options = all("notify");
        options.plateauEpochs = plateauEpochs;
        options.plateauMetric = metric;
        options.accuracyEpoch = accuracyEpoch;
        std::string told;
        for (const Message &sentence : rulesWithoutEffect(options, {10, isLabelled, isMeasured, isMeasured}))
            told += toText(sentence) + "\n";
        QVERIFY2(part.empty() ? told.empty() : contains(told, part), told.c_str());
        QCOMPARE(contains(told, "diagnostics is off"), !isMeasured);
        QVERIFY(rulesWithoutEffect({}, {}).empty()); // none is on
    }

    /// Epochs at which accuracies are known: every so many, and the last one.
    void rulesOfAccuraciesDependOnEvaluations_data() {
        QTest::addColumn<std::int64_t>("evaluateEvery");
        QTest::addColumn<std::int64_t>("plateauEpochs");
        QTest::addColumn<bool>("hasImages");
        QTest::addColumn<std::string>("part");
        const auto row = [](const char *name, std::int64_t every, std::int64_t epochs, bool hasImages,
                            const char *part) {
            QTest::newRow(name) << every << epochs << hasImages << std::string(part);
        };
        row("in time", 5, 95, true, "");
        row("too long", 5, 96, true, "first evaluation at epoch 5, and the run ends after 100");
        row("only at the end", 0, 1, true, "first evaluation at epoch 100");
        row("rarer than the run is long", 1000, 1, true, "first evaluation at epoch 100");
        row("no images", 5, 1, false, "no validation images");
    }
    void rulesOfAccuraciesDependOnEvaluations() {
        QFETCH(const std::int64_t, evaluateEvery);
        QFETCH(const std::int64_t, plateauEpochs);
        QFETCH(const bool, hasImages);
        QFETCH(const std::string, part);
        RuleOptions options = all("notify");
        options.plateauEpochs = plateauEpochs;
        options.plateauMetric = "linear";
        const std::vector<Message> told = rulesWithoutEffect(options, {.epochs = 100,
                                                                       .isLabelled = true,
                                                                       .hasEvaluationImages = hasImages,
                                                                       .evaluateEvery = evaluateEvery});
        QCOMPARE(told.size(), part.empty() ? 0U : hasImages ? 1U : 2U); // the other is of low accuracy
        QVERIFY(part.empty() || contains(toText(told.front()), part));
    }

    void lowAccuracy() {
        RuleOptions options;
        options.accuracy = "stop";
        options.accuracyMinimum = 0.3;
        options.accuracyEpoch = 10;
        Watched watched(options);
        watched.accuracy(Protocol::Linear, 5, 0.1); // too early
        watched.accuracy(Protocol::Knn, 10, 0.1);   // another protocol
        watched.accuracy(Protocol::Linear, 10, 0.1, Split::Test);
        watched.accuracy(Protocol::Linear, 10, 0.3);
        QVERIFY(watched.fired.empty());
        watched.accuracy(Protocol::Linear, 15, 0.29);
        QCOMPARE(watched.fired.size(), std::size_t{1});
        QCOMPARE(toText(ruleSentence(watched.fired[0])),
                 std::string("Rule \"Low accuracy\": the accuracy by linear evaluation is 29 % at epoch 15, "
                             "below 30 %. The run stops."));
    }
};

SIMCLR_TEST(TestRunRules)
#include "tst_run_rules.moc"
