// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"

#include "core/data/data_source.h"
#include "core/data/dataset_cache.h"
#include "core/data/selected_dataset.h"
#include "core/data/splits.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

namespace {

using Samples = std::vector<std::uint32_t>;

/// train/{a,b,c} and test/{a,b,c}, four images each, and a place for selections beside them.
struct Fixture {
    QTemporaryDir temporary;
    std::filesystem::path root = folderOf(temporary) / "images";
    std::string source = "folder:" + root.string();

    Fixture() {
        std::uint32_t seed = 1;
        for (const char *place : {"train/a", "train/b", "train/c", "test/a", "test/b", "test/c"})
            writeNoiseFolder(root / place, 4, 12, seed += 10);
    }
    DatasetPtr all() const { return openDataset(source); }
    std::filesystem::path file(const std::string &name) const {
        return folderOf(temporary) / "selections" / (name + ".json");
    }
    DatasetPtr with(const Selection &selection) const {
        saveSelection(selection, file(selection.name));
        return openDataset(toText(DataSource{source, {}, file(selection.name).string()}));
    }
};

std::uint32_t sampleCalled(const Dataset &dataset, const std::string &name) {
    std::uint32_t sample = 0;
    while (dataset.sampleName(sample) != name)
        ++sample;
    return sample;
}

bool hasNote(const Dataset &dataset, const std::string &part) {
    return std::ranges::any_of(dataset.report().notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

} // namespace

class TestSelection : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void survivesItsFile() {
        const Fixture fixture;
        Selection selection = leavingOut(*fixture.all(), Samples{7, 3}, "two images");
        QCOMPARE(selection.entries.size(), std::size_t(2));
        QCOMPARE(selection.entries[0].sample, 3u);
        selection.entries[1].content = 0; // unknown
        saveSelection(selection, fixture.file("two images"));
        QVERIFY(loadSelection(fixture.file("two images")) == selection);
    }

    void leavesOut() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        const DatasetPtr some = fixture.with(leavingOut(*all, Samples{0, 5}, "without two"));
        QCOMPARE(some->size(), all->size() - 2);
        QCOMPARE(some->sampleName(0), all->sampleName(1));
        QCOMPARE(some->label(0), all->label(1));
        QCOMPARE(some->contentOf(4), all->contentOf(6));
        QVERIFY(some->image(4) == all->image(6));
        QCOMPARE(some->report().images, std::size_t(some->size()));
        QCOMPARE(some->report().classCounts, (std::vector<std::size_t>{7, 7, 8}));
        QVERIFY(some->report().hasTestSplit);
        QVERIFY(hasNote(*some, "2 images are left out by the selection \"without two\""));
        QVERIFY(contains(some->report().title, "without two"));
        QCOMPARE(openDataset(some->report().source)->fingerprint(), some->fingerprint());
    }

    void keepsOnlyTheListed() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        Samples ofTwoClasses;
        for (std::uint32_t sample = 0; sample < all->size(); ++sample)
            if (all->label(sample) != 1 && !all->isTestSample(sample))
                ofTwoClasses.push_back(sample);
        const DatasetPtr some = fixture.with(keeping(*all, ofTwoClasses, "a and c"));
        QCOMPARE(some->report().classNames, (std::vector<std::string>{"a", "c"}));
        QCOMPARE(some->label(some->size() - 1), 1); // numbered again
        QVERIFY(!some->report().hasTestSplit);
        const DatasetPtr single = fixture.with(keeping(*all, Samples{0, 1}, "one class"));
        QVERIFY(!single->isLabelled()); // as a folder of one class
        QCOMPARE(single->label(0), Dataset::unlabelled);
    }

    void theFingerprintIsOfTheContent() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        Samples rest;
        for (std::uint32_t sample = 1; sample < all->size(); ++sample)
            rest.push_back(sample);
        const std::string left = fixture.with(leavingOut(*all, Samples{0}, "left out"))->fingerprint();
        QCOMPARE(fixture.with(keeping(*all, rest, "kept"))->fingerprint(), left); // the same images
        QVERIFY(left != all->fingerprint());
        QVERIFY(fixture.with(leavingOut(*all, Samples{1}, "another"))->fingerprint() != left);
        QCOMPARE(fixture.with(leavingOut(*all, Samples{}, "none"))->fingerprint(), all->fingerprint());
    }

    /// A selection is always of all images, so that it can be used without the one that was open.
    void selectionsOfASelectionAreOfAllImages() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        const DatasetPtr first = fixture.with(leavingOut(*all, Samples{0, 2}, "first"));
        const Selection more = leavingOut(*first, Samples{0}, "more"); // sample 1 of all
        QCOMPARE(more.mode, Selection::Mode::LeaveOut);
        QCOMPARE(more.fingerprint, all->fingerprint());
        QCOMPARE(fixture.with(more)->size(), all->size() - 3);
        QCOMPARE(fixture.with(more)->sampleName(0), all->sampleName(3));
        const DatasetPtr kept = fixture.with(keeping(*all, Samples{1, 4, 9}, "kept"));
        const Selection fewer = leavingOut(*kept, Samples{1}, "fewer");
        QCOMPARE(fewer.mode, Selection::Mode::Keep);
        QCOMPARE(fixture.with(fewer)->sampleName(1), all->sampleName(9));
        QCOMPARE(fixture.with(keeping(*first, Samples{0}, "one"))->sampleName(0), all->sampleName(1));
    }

    void changedImagesAreFoundByNameAndContent() {
        const Fixture fixture;
        const Selection selection = leavingOut(*fixture.all(), Samples{0, 1, 2}, "three");
        QCOMPARE(selection.entries[0].name, std::string("test/a/000.png"));
        writePng(noiseImage(12, 12, 999), fixture.root / "train/c/new.png");
        const DatasetPtr grown = fixture.with(selection);
        QCOMPARE(grown->size(), 22u);
        QVERIFY(hasNote(*grown, "The images have changed since the selection"));
        std::filesystem::remove(fixture.root / "test/a/000.png");           // not available
        writePng(noiseImage(12, 12, 998), fixture.root / "test/a/001.png"); // changed
        const DatasetPtr shrunk = fixture.with(selection);
        QCOMPARE(shrunk->size(), 23u); // 24 images, of which one is left out
        QVERIFY(hasNote(*shrunk, "2 images of the selection \"three\" are not available or have changed"));
    }

    void refusesOtherImages() {
        const Fixture fixture;
        const Fixture other;
        for (const char *place : {"train/a", "train/b", "train/c", "test/a", "test/b", "test/c"})
            writeNoiseFolder(other.root / place, 4, 12, 5000 + std::uint32_t(place[6]) * 7);
        const Selection selection = leavingOut(*fixture.all(), Samples{0, 1}, "two");
        const std::string message = thrownMessage<InvalidInput>([&] { other.with(selection); });
        QVERIFY2(isClearMessage(message, "was made of other images"), message.c_str());
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { fixture.with(keeping(*fixture.all(), Samples{}, "nothing")); }),
            "leaves no image"));
    }

    void refusesDamagedFiles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        const QByteArray start = R"({"format":"simclr-selection","version":1,"name":"n","images":)"
                                 R"({"title":"t","fingerprint":"f"},"mode":)";
        QTest::newRow("no JSON") << QByteArray("hello") << QByteArray("x.json");
        QTest::newRow("another file") << QByteArray("{\"version\":1}") << QByteArray("is not a selection");
        QTest::newRow("array") << QByteArray("[]") << QByteArray("is not a selection");
        QTest::newRow("newer") << QByteArray(R"({"format":"simclr-selection","version":2})")
                               << QByteArray("newer version");
        QTest::newRow("no list") << start + "\"keep\"}" << QByteArray("is damaged");
        const auto list = [&](const char *samples, const char *names, const char *contents) {
            return start + "\"keep\",\"list\":{\"samples\":" + samples + ",\"names\":" + names +
                   ",\"contents\":" + contents + "}}";
        };
        QTest::newRow("mode") << QByteArray(list("[]", "[]", "[]")).replace("keep", "some")
                              << QByteArray("unknown mode");
        QTest::newRow("lengths") << list("[1,2]", "[\"a\"]", "[\"\"]") << QByteArray("differ in length");
        QTest::newRow("negative") << list("[-1]", "[\"a\"]", "[\"\"]") << QByteArray("not the number");
        QTest::newRow("fraction") << list("[1.5]", "[\"a\"]", "[\"\"]") << QByteArray("not the number");
        QTest::newRow("large") << list("[5000000000]", "[\"a\"]", "[\"\"]") << QByteArray("not the number");
        QTest::newRow("text") << list("[\"1\"]", "[\"a\"]", "[\"\"]") << QByteArray("is damaged");
        QTest::newRow("content") << list("[1]", "[\"a\"]", "[\"xyz\"]") << QByteArray("not the content");
    }
    void refusesDamagedFiles() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "x.json";
        writeBytes(file, text.toStdString());
        const std::string message = thrownMessage<InvalidInput>([&] { loadSelection(file); });
        QVERIFY2(isClearMessage(message, part.toStdString()), message.c_str());
    }

    void refusesNumbersOfOtherNames() {
        const Fixture fixture;
        Selection selection = leavingOut(*fixture.all(), Samples{0}, "one");
        selection.entries[0].name = "train/b/000.png";
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { fixture.with(selection); }), "is damaged"));
        QVERIFY(isClearMessage(thrownMessage<IoError>([&] {
                                   openDataset(toText(DataSource{fixture.source, {}, "/no/such.json"}));
                               }),
                               "/no/such.json"));
    }

    /// Leaving images of one part out does not touch equal ones of the other; results are about the labelled.
    void worksOnJoinedImages() {
        const Fixture fixture;
        const Fixture labelled; // the same images
        const std::string source = toText(DataSource{fixture.source, labelled.source, {}});
        const DatasetPtr joined = openDataset(source);
        const Selection selection = leavingOut(*joined, Samples{1}, "one");
        saveSelection(selection, fixture.file("one"));
        const DatasetPtr some =
            openDataset(toText(DataSource{fixture.source, labelled.source, fixture.file("one").string()}));
        QCOMPARE(some->size(), 47u);
        QCOMPARE(some->labelledPart().firstSample, 23u);
        QCOMPARE(some->labelledPart().fingerprint, joined->labelledPart().fingerprint);
        QCOMPARE(some->label(0), Dataset::unlabelled);
        QCOMPARE(some->report().classCounts, joined->report().classCounts);
    }

    /// Test images without labels, which are only beside the labelled ones, are no test split of those.
    void testImagesOfTheOtherPartAreNoTestSplit() {
        const Fixture fixture;
        const Fixture labelled;
        std::filesystem::remove_all(labelled.root / "test");
        const DataSource source{fixture.source, labelled.source, {}};
        const DatasetPtr joined = openDataset(toText(source));
        QVERIFY(!joined->report().hasTestSplit);
        saveSelection(leavingOut(*joined, Samples{1}, "one"), fixture.file("one"));
        const DatasetPtr some =
            openDataset(toText(DataSource{source.images, source.labelled, fixture.file("one").string()}));
        QVERIFY(!some->report().hasTestSplit);
        const Splits all = makeSplits(*joined, {});
        const Splits splits = makeSplits(*some, {});
        QVERIFY(!splits.test.empty() && !splits.validation.empty());
        for (const auto split : {&Splits::train, &Splits::validation, &Splits::test}) {
            Samples moved = all.*split;
            for (std::uint32_t &sample : moved)
                --sample; // the one that is left out is before them
            QCOMPARE(splits.*split, moved);
        }
    }

    /// A note on images in training and test is about those that are left.
    void sharedImagesAreCountedAgain() {
        const Fixture fixture;
        writePng(noiseImage(12, 12, 700), fixture.root / "train/a/x.png");
        writePng(noiseImage(12, 12, 700), fixture.root / "test/a/x.png");
        writePng(noiseImage(12, 12, 701), fixture.root / "train/b/y.png");
        writePng(noiseImage(12, 12, 701), fixture.root / "test/b/y.png");
        const DatasetPtr all = fixture.all();
        QVERIFY(hasNote(*all, "2 test images are also training images"));
        const std::uint32_t x = sampleCalled(*all, "train/a/x.png");
        const std::uint32_t y = sampleCalled(*all, "train/b/y.png");
        const DatasetPtr one = fixture.with(leavingOut(*all, Samples{x}, "one"));
        QVERIFY(hasNote(*one, "1 test image is also a training image: test/b/y.png"));
        QVERIFY(!hasNote(*one, "2 test images"));
        QVERIFY(!hasNote(*fixture.with(leavingOut(*all, Samples{x, y}, "both")), "training image"));
        const Fixture others;
        const DatasetPtr joined = openDataset(toText(DataSource{others.source, fixture.source, {}}));
        QVERIFY(hasNote(*joined, "2 test images are also training images"));
        const std::uint32_t first = joined->labelledPart().firstSample;
        saveSelection(leavingOut(*joined, Samples{first + x, first + y}, "joined"), fixture.file("joined"));
        const DatasetPtr left =
            openDataset(toText(DataSource{others.source, fixture.source, fixture.file("joined").string()}));
        QVERIFY(!hasNote(*left, "also training image"));
    }

    /// Labelled images are put beside, taken away, and exchanged; the images have no known content.
    void partsInCommonAreFoundByNumber() {
        const Fixture fixture;
        Selection selection = leavingOut(*fixture.all(), Samples{0, 5}, "two");
        const Fixture labelled;
        writePng(noiseImage(12, 12, 900), labelled.root / "train/c/new.png");
        const auto joinedWith = [&](const Selection &used) {
            saveSelection(used, fixture.file(used.name));
            return openDataset(
                toText(DataSource{fixture.source, labelled.source, fixture.file(used.name).string()}));
        };
        for (Selection::Entry &entry : selection.entries)
            entry.content = 0;
        const DatasetPtr some = joinedWith(selection);
        QCOMPARE(some->size(), 24u + 25u - 2u);
        QCOMPARE(some->labelledPart().firstSample, 22u);
        QVERIFY(!hasNote(*some, "have changed"));

        const DatasetPtr joined = openDataset(toText(DataSource{fixture.source, labelled.source, {}}));
        Selection ofBoth = leavingOut(*joined, Samples{3, 24, 30}, "of both");
        QCOMPARE(ofBoth.parts.size(), std::size_t(2));
        for (Selection::Entry &entry : ofBoth.entries)
            entry.content = 0;
        saveSelection(ofBoth, fixture.file("of both"));
        QVERIFY(loadSelection(fixture.file("of both")) == ofBoth);
        const DatasetPtr alone = fixture.with(ofBoth);
        QCOMPARE(alone->size(), 23u);
        QVERIFY(hasNote(*alone, "2 images of the selection \"of both\" are not available"));
        const DatasetPtr second =
            openDataset(toText(DataSource{labelled.source, {}, fixture.file("of both").string()}));
        QCOMPARE(second->size(), 23u);
        QCOMPARE(second->fingerprint(), joinedWith(ofBoth)->labelledPart().fingerprint);
        Selection onlyOfLabelled = leavingOut(*joined, Samples{24}, "labelled");
        QCOMPARE(fixture.with(onlyOfLabelled)->size(), 24u); // nothing of it is left out
    }

    void refusesListsThatCannotBeReadAgain() {
        const Fixture fixture;
        Selection selection = leavingOut(*fixture.all(), Samples{}, "many");
        selection.entries.resize(2'700'000);
        QVERIFY(isClearMessage(
            thrownMessage<InvalidInput>([&] { saveSelection(selection, fixture.file("many")); }),
            "2700000 images; at most"));
        QVERIFY(!std::filesystem::exists(fixture.file("many")));
    }

    /// A file that was written again is read again, also if its images are open.
    void takesTheNewList() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        DatasetCache cache;
        cache.add(all);
        const std::string source = toText(DataSource{fixture.source, {}, fixture.file("list").string()});
        saveSelection(leavingOut(*all, Samples{1}, "list"), fixture.file("list"));
        const DatasetPtr first = cache.open(source, {}, {});
        QVERIFY(cache.open(source, {}, {}) == first); // nothing has changed
        saveSelection(leavingOut(*all, Samples{1, 2}, "list"), fixture.file("list"));
        const DatasetPtr second = cache.open(source, {}, {});
        QCOMPARE(second->size(), first->size() - 1);
        QVERIFY(second->parts().front() == all);
    }

    /// Another selection of open images does not read them again.
    void takesOpenImages() {
        const Fixture fixture;
        const DatasetPtr all = fixture.all();
        saveSelection(leavingOut(*all, Samples{1}, "one"), fixture.file("one"));
        DatasetCache cache;
        cache.add(all);
        const DatasetPtr some =
            cache.open(toText(DataSource{fixture.source, {}, fixture.file("one").string()}), {}, {});
        QVERIFY(some->parts().front() == all);
    }
};

SIMCLR_TEST(TestSelection)
#include "tst_selection.moc"
