// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/joined_dataset.h"
#include "core/data/splits.h"
#include "core/data/stored_dataset.h"
#include "tests/support/test_support.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr int none = Dataset::unlabelled;

/// Samples without images: splitting uses labels and contents only.
class ListedSamples final : public ListedDataset {
  public:
    ListedSamples(DatasetReport report, std::vector<SampleInfo> samples, const std::string &name)
        : ListedDataset(std::move(report), std::move(samples), name) {}
    Image image(std::uint32_t) const override { return Image(1, 1); }
};

/// The contents count from `firstContent`.
DatasetPtr samplesWith(const std::vector<int> &labels, const std::string &name, std::uint64_t firstContent,
                       const std::vector<std::size_t> &forTesting = {}) {
    DatasetReport report;
    report.title = name;
    report.source = "folder:/" + name;
    const int classes = 1 + *std::ranges::max_element(labels);
    for (int i = 0; i < classes; ++i)
        report.classNames.push_back("class" + std::to_string(i));
    std::vector<SampleInfo> samples;
    for (std::size_t i = 0; i < labels.size(); ++i)
        samples.push_back({name + std::to_string(i), labels[i],
                           std::ranges::find(forTesting, i) != forTesting.end(), firstContent + i});
    return std::make_shared<ListedSamples>(std::move(report), std::move(samples), name);
}

DatasetPtr unlabelledSamples(std::size_t count, const std::string &name = "many",
                             const std::vector<std::size_t> &forTesting = {}) {
    return samplesWith(std::vector<int>(count, none), name, 1'000, forTesting);
}

/// `each` samples of every class, in turn.
DatasetPtr labelledSamples(int classes, int each, const std::vector<std::size_t> &forTesting = {}) {
    std::vector<int> labels;
    for (int i = 0; i < classes * each; ++i)
        labels.push_back(i % classes);
    return samplesWith(labels, "few", 9'000, forTesting);
}

DatasetPtr joined(const DatasetPtr &images, const DatasetPtr &labelled) {
    return std::make_shared<JoinedDataset>(images, labelled);
}

std::vector<std::uint32_t> shifted(std::vector<std::uint32_t> samples, std::uint32_t by) {
    for (std::uint32_t &sample : samples)
        sample += by;
    return samples;
}

std::vector<std::uint32_t> firstSamples(std::uint32_t count) {
    std::vector<std::uint32_t> samples(count);
    std::iota(samples.begin(), samples.end(), 0u);
    return samples;
}

bool isUnlabelledAll(const Dataset &dataset, const std::vector<std::uint32_t> &samples) {
    return std::ranges::all_of(samples, [&](std::uint32_t sample) { return dataset.label(sample) == none; });
}

std::string notesOf(const Splits &splits) {
    std::string text;
    for (const Message &note : splits.notes)
        text += toText(note) + "\n";
    return text;
}

} // namespace

/// Images without labels beside labelled ones.
class TestUnlabelledSplits : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void learnsFromTrainingImagesIfAllAreLabelled();
    void learnsFromImagesWithoutLabels();
    void labelledPartIsSplitAsAlone();
    void learnedImagesDoNotDependOnTheLabelledOnes();
    void labelledTrainingImagesAreAddedIfWanted();
    void limitConcernsLearning();
    void limitTakesBothInProportion();
    void testImagesWithoutLabelAreNotUsed();
    void unlabelledImagesOfTheLabelledPartStayOut();
    void withoutAnyLabelOnlyTheImagesAreLearnedFrom();
    void classWithoutTrainingImagesIsTold();
    void tenLabelledImages();
    void tellsOfEvaluatedImagesThatAreLearnedFrom();
};

void TestUnlabelledSplits::learnsFromTrainingImagesIfAllAreLabelled() {
    const DatasetPtr dataset = labelledSamples(3, 20);
    for (const std::uint32_t limit : {0u, 10u, 1000u})
        for (const bool learnsFromLabelled : {false, true}) {
            const Splits splits = makeSplits(
                *dataset, {.trainLimit = limit, .seed = 1, .learnsFromLabelled = learnsFromLabelled});
            QVERIFY(splits.learn == splits.train && !splits.learnsFromOthers());
        }
}

void TestUnlabelledSplits::learnsFromImagesWithoutLabels() {
    std::vector<int> labels;
    for (int i = 0; i < 60; ++i)
        labels.push_back(i % 3 == 0 ? i / 3 % 2 : none);
    const DatasetPtr dataset = samplesWith(labels, "mixed", 1);
    const Splits splits = makeSplits(*dataset, {.seed = 1});
    QCOMPARE(splits.learn.size(), std::size_t{40});
    QVERIFY(isUnlabelledAll(*dataset, splits.learn) && std::ranges::is_sorted(splits.learn));
    QCOMPARE(splits.train.size() + splits.validation.size() + splits.test.size(), std::size_t{20});
    for (const auto *split : {&splits.train, &splits.validation, &splits.test}) {
        QVERIFY(!split->empty());
        for (const std::uint32_t sample : *split)
            QVERIFY(dataset->label(sample) != none);
    }
}

void TestUnlabelledSplits::labelledPartIsSplitAsAlone() {
    const DatasetPtr labelled = labelledSamples(4, 15);
    const DatasetPtr both = joined(unlabelledSamples(50), labelled);
    const Splits alone = makeSplits(*labelled, {.seed = 3});
    const Splits beside = makeSplits(*both, {.seed = 3});
    QVERIFY(beside.learn == firstSamples(50));
    QVERIFY(beside.train == shifted(alone.train, 50));
    QVERIFY(beside.validation == shifted(alone.validation, 50));
    QVERIFY(beside.test == shifted(alone.test, 50));
    QVERIFY(beside.learnsFromOthers());
    QVERIFY2(beside.notes.empty(), notesOf(beside).c_str());
}

/// Also those that a limit chooses: a run then learns the same encoder.
void TestUnlabelledSplits::learnedImagesDoNotDependOnTheLabelledOnes() {
    const DatasetPtr images = unlabelledSamples(50);
    for (const std::uint32_t limit : {0u, 20u, 49u, 50u, 500u}) {
        const SplitOptions options{.trainLimit = limit, .seed = 7};
        const auto expected = makeSplits(*images, options).learn;
        QCOMPARE(expected.size(), std::size_t(limit == 0 ? 50 : std::min(limit, 50u)));
        for (const DatasetPtr &labelled : {labelledSamples(2, 5), labelledSamples(10, 30, {0, 5, 17})})
            QVERIFY(makeSplits(*joined(images, labelled), options).learn == expected);
    }
}

void TestUnlabelledSplits::labelledTrainingImagesAreAddedIfWanted() {
    const DatasetPtr both = joined(unlabelledSamples(50), labelledSamples(4, 15));
    const Splits only = makeSplits(*both, {.seed = 3});
    const Splits added = makeSplits(*both, {.seed = 3, .learnsFromLabelled = true});
    QVERIFY(added.train == only.train && added.validation == only.validation && added.test == only.test);
    std::vector<std::uint32_t> expected = only.learn;
    expected.insert(expected.end(), only.train.begin(), only.train.end());
    QVERIFY(added.learn == expected);
}

void TestUnlabelledSplits::limitConcernsLearning() {
    const DatasetPtr both = joined(unlabelledSamples(50), labelledSamples(4, 15));
    const Splits all = makeSplits(*both, {.seed = 3});
    const Splits limited = makeSplits(*both, {.trainLimit = 8, .seed = 3});
    QCOMPARE(limited.learn.size(), std::size_t{8});
    QVERIFY(std::ranges::includes(all.learn, limited.learn));
    QVERIFY(limited.train == all.train);
}

void TestUnlabelledSplits::limitTakesBothInProportion() {
    const DatasetPtr both = joined(unlabelledSamples(150), labelledSamples(5, 10));
    const SplitOptions options{
        .validationFraction = 0, .testFraction = 0, .trainLimit = 40, .seed = 3, .learnsFromLabelled = true};
    const Splits splits = makeSplits(*both, options);
    std::map<int, int> counts;
    for (const std::uint32_t sample : splits.learn)
        ++counts[both->label(sample)];
    QVERIFY((counts == std::map<int, int>{{none, 30}, {0, 2}, {1, 2}, {2, 2}, {3, 2}, {4, 2}}));
    SplitOptions few = options;
    few.trainLimit = 1; // rounds to no labelled image
    QCOMPARE(makeSplits(*both, few).learn.size(), std::size_t{1});
}

void TestUnlabelledSplits::testImagesWithoutLabelAreNotUsed() {
    const DatasetPtr both = joined(unlabelledSamples(20, "many", {3, 4}), labelledSamples(2, 20, {7}));
    const Splits splits = makeSplits(*both, {.seed = 1});
    QCOMPARE(splits.learn.size(), std::size_t{18});
    QCOMPARE(splits.test, std::vector<std::uint32_t>{27});
    QVERIFY2(contains(notesOf(splits), "2 images without labels are reserved for testing by their source"),
             notesOf(splits).c_str());
}

void TestUnlabelledSplits::unlabelledImagesOfTheLabelledPartStayOut() {
    std::vector<int> labels(30, none);
    for (std::size_t i = 0; i < 20; ++i)
        labels[i] = int(i % 2);
    const DatasetPtr labelled = samplesWith(labels, "few", 9'000);
    QCOMPARE(makeSplits(*labelled, {.seed = 1}).learn.size(),
             std::size_t{10}); // alone, they are what there is
    const DatasetPtr both = joined(unlabelledSamples(50), labelled);
    QVERIFY(makeSplits(*both, {.seed = 1}).learn == firstSamples(50));
    const Splits all = makeSplits(*both, {.seed = 1, .learnsFromLabelled = true});
    QCOMPARE(all.learn.size(), 60 + all.train.size());
}

void TestUnlabelledSplits::withoutAnyLabelOnlyTheImagesAreLearnedFrom() {
    const DatasetPtr both = joined(unlabelledSamples(50), labelledSamples(1, 20)); // of one class
    const Splits splits = makeSplits(*both, {.seed = 1});
    QVERIFY(splits.learn == firstSamples(50));
    QVERIFY(splits.validation.empty() && splits.test.empty());
}

void TestUnlabelledSplits::classWithoutTrainingImagesIsTold() {
    // Both images of class 2 are for testing.
    const DatasetPtr labelled = samplesWith({0, 1, 0, 1, 0, 1, 2, 2}, "few", 9'000, {6, 7});
    const Splits splits = makeSplits(*joined(unlabelledSamples(50), labelled), {.seed = 1});
    QCOMPARE(splits.test.size(), std::size_t{2});
    QVERIFY2(contains(notesOf(splits), "There are no training images of the class \"class2\""),
             notesOf(splits).c_str());
}

void TestUnlabelledSplits::tenLabelledImages() {
    const DatasetPtr oneEach = joined(unlabelledSamples(50), labelledSamples(10, 1));
    const Splits splits = makeSplits(*oneEach, {.seed = 1});
    QCOMPARE(splits.train.size(), std::size_t{10});
    QVERIFY(splits.validation.empty() && splits.test.empty());
    QVERIFY2(contains(notesOf(splits), "Too few images for the validation split") &&
                 contains(notesOf(splits), "Too few images for the test split"),
             notesOf(splits).c_str());
    const Splits fiveEach = makeSplits(*joined(unlabelledSamples(50), labelledSamples(2, 5)), {.seed = 1});
    QCOMPARE(fiveEach.test.size(), std::size_t{2});
    QCOMPARE(fiveEach.validation.size(), std::size_t{2});
    QCOMPARE(fiveEach.train.size(), std::size_t{6});
}

/// An accuracy on images that the encoder has seen is too high: what matters most for two sources.
void TestUnlabelledSplits::tellsOfEvaluatedImagesThatAreLearnedFrom() {
    std::vector<int> labels;
    for (int i = 0; i < 20; ++i)
        labels.push_back(i % 2);
    const DatasetPtr images = unlabelledSamples(50); // contents 1000 to 1049
    const DatasetPtr copies = samplesWith(labels, "few", 1'010, {18, 19});
    const Splits splits = makeSplits(*joined(images, copies), {.validationFraction = 0.2, .seed = 1});
    const std::string notes = notesOf(splits);
    QVERIFY2(contains(notes,
                      "2 test images are also among the images learned from: labelled:few18 is many28, "
                      "labelled:few19 is many29\n"),
             notes.c_str());
    QVERIFY2(contains(notes, "4 validation images are also among the images learned from: "), notes.c_str());
    QVERIFY(!contains(notes, "training images"));
    const DatasetPtr others = samplesWith(labels, "few", 5'000, {18, 19});
    QVERIFY(makeSplits(*joined(images, others), {.seed = 1}).notes.empty());
}

SIMCLR_TEST(TestUnlabelledSplits)
#include "tst_unlabelled_splits.moc"
