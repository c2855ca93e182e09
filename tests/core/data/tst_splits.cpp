// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/splits.h"

#include "core/data/stored_dataset.h"
#include "tests/support/test_support.h"

#include <algorithm>
#include <map>
#include <set>

using namespace simclr;
using namespace simclr::test;

class TestSplits : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void coverEverythingOnce_data();
    void coverEverythingOnce();
    void keepTheProportionsInEveryClass();
    void keepTheTestSplitOfTheSource();
    void dependOnTheSeedAlone();
    void limitIsBalanced();
    void worksWithoutLabels();
    void leavesOutClassesThatAreTooSmall_data();
    void leavesOutClassesThatAreTooSmall();
    void fractionsMayBeZero();
    void tellsOfImagesInTwoSplits();
    void subsetIsBalancedAndNested();
};

namespace {

/// Samples without images: splitting uses only labels.
class LabelledSamples final : public ListedDataset {
  public:
    LabelledSamples(DatasetReport report, std::vector<SampleInfo> samples)
        : ListedDataset(std::move(report), std::move(samples), "fingerprint") {}
    Image image(std::uint32_t) const override { return Image(1, 1); }
};

DatasetReport reportWith(std::size_t classes) {
    DatasetReport report;
    report.title = "Photos";
    for (std::size_t i = 0; i < classes; ++i)
        report.classNames.push_back("class" + std::to_string(i));
    return report;
}

/// counts[c] samples of class c, in turn; of each class the last `testEach` are for testing.
LabelledSamples samplesOf(const std::vector<int> &counts, int testEach = 0) {
    std::vector<SampleInfo> samples;
    for (int round = 0; round < *std::ranges::max_element(counts); ++round)
        for (std::size_t label = 0; label < counts.size(); ++label)
            if (round < counts[label])
                samples.push_back({"s" + std::to_string(samples.size()), static_cast<int>(label),
                                   round >= counts[label] - testEach});
    return {reportWith(counts.size()), std::move(samples)};
}

std::map<int, std::size_t> perClass(const Dataset &dataset, const std::vector<std::uint32_t> &samples) {
    std::map<int, std::size_t> counts;
    for (const std::uint32_t sample : samples)
        ++counts[dataset.label(sample)];
    return counts;
}

} // namespace

void TestSplits::coverEverythingOnce_data() {
    QTest::addColumn<double>("validation");
    QTest::addColumn<double>("test");
    QTest::addColumn<int>("ownTest");
    QTest::newRow("usual") << 0.1 << 0.2 << 0;
    QTest::newRow("own test split") << 0.1 << 0.2 << 10;
    QTest::newRow("no validation") << 0.0 << 0.3 << 0;
    QTest::newRow("no test") << 0.25 << 0.0 << 0;
    QTest::newRow("training only") << 0.0 << 0.0 << 0;
    QTest::newRow("tiny shares") << 0.001 << 0.001 << 0;
    QTest::newRow("large shares") << 0.5 << 0.8 << 0;
}

void TestSplits::coverEverythingOnce() {
    QFETCH(double, validation);
    QFETCH(double, test);
    QFETCH(int, ownTest);
    const auto dataset = samplesOf({50, 73, 41}, ownTest);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Splits splits =
            makeSplits(dataset, {.validationFraction = validation, .testFraction = test, .seed = seed});
        std::multiset<std::uint32_t> all;
        for (const auto *split : {&splits.train, &splits.validation, &splits.test}) {
            QVERIFY(std::ranges::is_sorted(*split));
            all.insert(split->begin(), split->end());
        }
        QCOMPARE(all.size(), std::size_t{164});
        QCOMPARE(std::set<std::uint32_t>(all.begin(), all.end()).size(), std::size_t{164});
        QCOMPARE(*all.rbegin(), 163u);
        QCOMPARE(splits.validation.empty(), validation == 0);
        QCOMPARE(splits.test.empty(), test == 0 && ownTest == 0);
        QVERIFY(!splits.train.empty());
    }
}

void TestSplits::keepTheProportionsInEveryClass() {
    const auto dataset = samplesOf({100, 200, 50});
    const Splits splits = makeSplits(dataset, {.validationFraction = 0.1, .testFraction = 0.2, .seed = 3});
    QVERIFY((perClass(dataset, splits.test) == std::map<int, std::size_t>{{0, 20}, {1, 40}, {2, 10}}));
    QVERIFY((perClass(dataset, splits.validation) == std::map<int, std::size_t>{{0, 8}, {1, 16}, {2, 4}}));
    QVERIFY((perClass(dataset, splits.train) == std::map<int, std::size_t>{{0, 72}, {1, 144}, {2, 36}}));
}

void TestSplits::keepTheTestSplitOfTheSource() {
    const auto dataset = samplesOf({30, 40}, 7);
    const Splits splits = makeSplits(dataset, {.validationFraction = 0.1, .testFraction = 0.5, .seed = 3});
    QCOMPARE(splits.test.size(), std::size_t{14});
    for (const std::uint32_t sample : splits.test)
        QVERIFY(dataset.isTestSample(sample));
    for (const auto *split : {&splits.train, &splits.validation})
        for (const std::uint32_t sample : *split)
            QVERIFY(!dataset.isTestSample(sample));
}

void TestSplits::dependOnTheSeedAlone() {
    const auto dataset = samplesOf({60, 60});
    const Splits first = makeSplits(dataset, {.seed = 1});
    const Splits again = makeSplits(dataset, {.seed = 1});
    const Splits other = makeSplits(dataset, {.seed = 2});
    QVERIFY(first.train == again.train && first.validation == again.validation && first.test == again.test);
    QVERIFY(first.test != other.test && first.validation != other.validation);
}

void TestSplits::limitIsBalanced() {
    const auto dataset = samplesOf({100, 100, 12});
    const Splits all = makeSplits(dataset, {.seed = 1});
    const Splits limited = makeSplits(dataset, {.trainLimit = 50, .seed = 1});
    QCOMPARE(limited.train.size(), std::size_t{50});
    QVERIFY(limited.validation == all.validation && limited.test == all.test);
    QVERIFY(std::ranges::includes(all.train, limited.train));
    const auto counts = perClass(dataset, limited.train);
    const std::size_t small = perClass(dataset, all.train).at(2);
    QCOMPARE(counts.at(2), small); // all there are
    QVERIFY(counts.at(0) >= counts.at(1) && counts.at(0) - counts.at(1) <= 1);
    QVERIFY(makeSplits(dataset, {.trainLimit = 100'000, .seed = 1}).train == all.train);
}

void TestSplits::worksWithoutLabels() {
    std::vector<SampleInfo> samples(40);
    const LabelledSamples dataset(reportWith(0), samples);
    const Splits splits = makeSplits(dataset, {.validationFraction = 0.25, .testFraction = 0.2, .seed = 1});
    QCOMPARE(splits.train.size(), std::size_t{40}); // nothing could be evaluated, so that nothing is held out
    QVERIFY(splits.validation.empty() && splits.test.empty());
    samples[3].isTest = true;
    const LabelledSamples withTest(reportWith(0), samples);
    QCOMPARE(makeSplits(withTest, {}).test, std::vector<std::uint32_t>{3});
    QCOMPARE(makeSplits(withTest, {}).train.size(), std::size_t{39});
}

void TestSplits::leavesOutClassesThatAreTooSmall_data() {
    QTest::addColumn<QList<int>>("counts");
    QTest::addColumn<int>("ownTest");
    QTest::addColumn<int>("inTest");
    QTest::addColumn<int>("inValidation");
    QTest::newRow("one image") << QList<int>{30, 1} << 0 << 0 << 0;
    QTest::newRow("two images for three splits") << QList<int>{30, 2} << 0 << 1 << 0;
    QTest::newRow("three images") << QList<int>{30, 3} << 0 << 1 << 1;
    QTest::newRow("one besides the test images") << QList<int>{30, 6} << 5 << 5 << 0;
    QTest::newRow("two besides the test images") << QList<int>{30, 7} << 5 << 5 << 1;
}

/// One rare class does not prevent using the others: it is used for training, and a note says where it is
/// missing.
void TestSplits::leavesOutClassesThatAreTooSmall() {
    QFETCH(QList<int>, counts);
    QFETCH(int, ownTest);
    QFETCH(int, inTest);
    QFETCH(int, inValidation);
    const auto dataset = samplesOf({counts.begin(), counts.end()}, ownTest);
    const Splits splits = makeSplits(dataset, {.seed = 1});
    const auto rare = [&](const std::vector<std::uint32_t> &samples) {
        return static_cast<int>(perClass(dataset, samples)[1]);
    };
    QCOMPARE(rare(splits.test), inTest);
    QCOMPARE(rare(splits.validation), inValidation);
    QCOMPARE(rare(splits.train), counts[1] - inTest - inValidation);
    QCOMPARE(splits.notes.size(), std::size_t((inValidation == 0 ? 1 : 0) + (inTest == 0 ? 1 : 0)));
    for (const Message &note : splits.notes)
        QVERIFY2(isClearMessage(toText(note), "class1"), toText(note).c_str());
}

void TestSplits::fractionsMayBeZero() {
    const auto dataset = samplesOf({3, 1});
    const Splits splits = makeSplits(dataset, {.validationFraction = 0, .testFraction = 0, .seed = 1});
    QCOMPARE(splits.train.size(), std::size_t{4});
    QVERIFY(splits.notes.empty());
}

/// A copy of a training image among the evaluation images makes the accuracy too high.
void TestSplits::tellsOfImagesInTwoSplits() {
    std::vector<SampleInfo> samples;
    for (int i = 0; i < 40; ++i)
        samples.push_back({"s" + std::to_string(i), i % 2, false, static_cast<std::uint64_t>(1 + i)});
    QVERIFY(makeSplits(LabelledSamples(reportWith(2), samples), {.seed = 1}).notes.empty());
    for (int i = 0; i < 40; ++i)
        samples[static_cast<std::size_t>(i)].contentId =
            static_cast<std::uint64_t>(1 + i % 2); // all cat images are equal
    const Splits splits = makeSplits(LabelledSamples(reportWith(2), samples), {.seed = 1});
    QCOMPARE(splits.notes.size(), std::size_t{2});
    const std::string first = toText(splits.notes[0]);
    const std::string second = toText(splits.notes[1]);
    QVERIFY2(contains(first, "4 validation images are also training images: s"), first.c_str());
    QVERIFY2(contains(second, "8 test images are also training images: s"), second.c_str());
}

void TestSplits::subsetIsBalancedAndNested() {
    const auto dataset = samplesOf({40, 40, 40, 40});
    std::vector<std::uint32_t> odd;
    for (std::uint32_t sample = 1; sample < dataset.size(); sample += 3)
        odd.push_back(sample);
    const auto twenty = balancedSubset(dataset, odd, 20, 5);
    QCOMPARE(twenty.size(), std::size_t{20});
    QVERIFY(std::ranges::includes(odd, twenty) && std::ranges::is_sorted(twenty));
    for (const auto &[label, count] : perClass(dataset, twenty))
        QCOMPARE(count, std::size_t{5});
    QVERIFY(balancedSubset(dataset, odd, 20, 5) == twenty);
    QVERIFY(balancedSubset(dataset, odd, 20, 6) != twenty);
    QVERIFY(balancedSubset(dataset, odd, 0, 5) == odd); // no limit
    QVERIFY(balancedSubset(dataset, odd, 1000, 5) == odd);
}

SIMCLR_TEST(TestSplits)
#include "tst_splits.moc"
