// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/joined_dataset.h"

#include "core/data/data_source.h"
#include "core/data/dataset_cache.h"
#include "core/data/selection.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <set>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// Images in two classes to learn from, with test images, and labelled ones in three classes.
struct Folders {
    Folders() {
        writeNoiseFolder(images / "train" / "x", 4, 8, 1);
        writeNoiseFolder(images / "train" / "y", 3, 8, 20);
        writeNoiseFolder(images / "test" / "x", 2, 8, 30);
        writeNoiseFolder(labelled / "cat", 3, 16, 40);
        writeNoiseFolder(labelled / "dog", 5, 16, 50);
        writeNoiseFolder(labelled / "eel", 2, 16, 60);
    }

    std::string joined() const { return toText(DataSource{images.native(), labelled.native(), {}}); }

    QTemporaryDir directory;
    fs::path images = folderOf(directory) / "many";
    fs::path labelled = folderOf(directory) / "few";
};

/// Another dataset of the same images, as if something had been changed.
class Wrapped final : public Dataset {
  public:
    explicit Wrapped(DatasetPtr inner) : m_inner(std::move(inner)) {}
    const DatasetReport &report() const override { return m_inner->report(); }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return m_inner->size(); }
    int label(std::uint32_t sample) const override { return m_inner->label(sample); }
    bool isTestSample(std::uint32_t sample) const override { return m_inner->isTestSample(sample); }
    std::string sampleName(std::uint32_t sample) const override { return m_inner->sampleName(sample); }
    std::uint64_t contentOf(std::uint32_t sample) const override { return m_inner->contentOf(sample); }
    Image image(std::uint32_t sample) const override { return m_inner->image(sample); }
    std::vector<DatasetPtr> parts() const override { return {m_inner}; }
    LabelledPart labelledPart() const override { return {"labelled", m_inner->labelledPart().firstSample}; }

  private:
    DatasetPtr m_inner;
    std::string m_fingerprint = "other";
};

bool hasNote(const Dataset &dataset, const std::string &part) {
    return std::ranges::any_of(dataset.report().notes,
                               [&](const Message &note) { return contains(toText(note), part); });
}

} // namespace

class TestJoinedDataset : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void imagesComeFirstAndLoseTheirLabels();
    void reportSaysBoth();
    void notesNameTheirPart();
    void sourceOpensTheSameAgain();
    void fingerprintIsOfBoth();
    void labelledPartIsKnownByItsOwnFingerprint();
    void labelledImagesAreADatasetOfTheirOwn();
    void labelledImagesOfASelectionCanBeOpenedAlone();
    void aSingleClassIsNoLabel();
    void oneFolderMayBeBoth();
    void problemsNameTheirPart();
    void outputStaysOutsideBothParts();
    void openPartsAreNotOpenedAgain();
    void cacheSharesParts();
    void cacheOpensChangedPartsAgain();
    void previewShowsTheImagesToLearnFrom();
};

void TestJoinedDataset::imagesComeFirstAndLoseTheirLabels() {
    const Folders folders;
    const DatasetPtr images = openDataset(folders.images.native());
    const DatasetPtr labelled = openDataset(folders.labelled.native());
    const DatasetPtr joined = openDataset(folders.joined());
    QCOMPARE(joined->size(), images->size() + labelled->size());
    for (std::uint32_t sample = 0; sample < images->size(); ++sample) {
        QCOMPARE(joined->label(sample), int(Dataset::unlabelled));
        QCOMPARE(joined->isTestSample(sample), images->isTestSample(sample));
        QCOMPARE(joined->sampleName(sample), images->sampleName(sample));
        QCOMPARE(joined->contentOf(sample), images->contentOf(sample));
        QVERIFY(joined->image(sample) == images->image(sample));
    }
    for (std::uint32_t sample = 0; sample < labelled->size(); ++sample) {
        const std::uint32_t place = images->size() + sample;
        QCOMPARE(joined->label(place), labelled->label(sample));
        QCOMPARE(joined->sampleName(place), "labelled:" + labelled->sampleName(sample));
        QCOMPARE(joined->contentOf(place), labelled->contentOf(sample));
        QVERIFY(joined->image(place) == labelled->image(sample));
    }
}

void TestJoinedDataset::reportSaysBoth() {
    const DatasetPtr joined = openDataset(Folders().joined());
    const DatasetReport &report = joined->report();
    QCOMPARE(report.title, std::string("many + few"));
    QCOMPARE(report.kind, std::string("joined"));
    QCOMPARE(report.images, std::size_t{19});
    QCOMPARE(report.labelledImages(), std::size_t{10});
    QCOMPARE(report.unlabelledImages(), std::size_t{9});
    QVERIFY((report.classNames == std::vector<std::string>{"cat", "dog", "eel"}));
    QVERIFY((report.classCounts == std::vector<std::size_t>{3, 5, 2}));
    QVERIFY(!report.hasTestSplit); // the test images to learn from are none of the labelled ones
    QVERIFY(report.inMemory);
    QCOMPARE(report.smallest.width, 8);
    QCOMPARE(report.largest.width, 16);
    QCOMPARE(report.usualSide, 8);
}

void TestJoinedDataset::notesNameTheirPart() {
    const Folders folders;
    writeBytes(folders.images / "train" / "x" / "broken.png", "no image");
    writeBytes(folders.images / "train" / "x" / "unread.heic", "no image");
    writeBytes(folders.labelled / "dog" / "broken.jpg", "no image");
    writeBytes(folders.labelled / "dog" / "unread.psd", "no image");
    const DatasetPtr joined = openDataset(folders.joined());
    QVERIFY(hasNote(*joined, "Images \"many\": 1 file looks like an image and is not read: 1 with .heic"));
    QVERIFY(
        hasNote(*joined, "Labelled images \"few\": 1 file looks like an image and is not read: 1 with .psd"));
    QCOMPARE(joined->report().brokenCount, std::size_t{2});
    QCOMPARE(joined->report().broken.size(), std::size_t{2});
    QVERIFY(contains(joined->report().broken.back().reason, "dog/broken.jpg"));
}

void TestJoinedDataset::sourceOpensTheSameAgain() {
    const Folders folders;
    const DatasetPtr joined = openDataset(folders.joined());
    const DataSource source = dataSourceFromText(joined->report().source);
    QCOMPARE(source.images, "folder:" + folders.images.native());
    QCOMPARE(source.labelled, "folder:" + folders.labelled.native());
    QCOMPARE(openDataset(joined->report().source)->fingerprint(), joined->fingerprint());
}

void TestJoinedDataset::fingerprintIsOfBoth() {
    const Folders folders;
    const std::string before = openDataset(folders.joined())->fingerprint();
    writeNoiseFolder(folders.labelled / "fox", 1, 16, 70);
    const std::string otherLabels = openDataset(folders.joined())->fingerprint();
    writeNoiseFolder(folders.images / "train" / "z", 1, 8, 71);
    const std::string otherImages = openDataset(folders.joined())->fingerprint();
    QCOMPARE((std::set{before, otherLabels, otherImages,
                       openDataset(toText(DataSource{folders.labelled.native(), folders.images.native(), {}}))
                           ->fingerprint()})
                 .size(),
             std::size_t{4});
}

void TestJoinedDataset::labelledPartIsKnownByItsOwnFingerprint() {
    const Folders folders;
    const DatasetPtr labelled = openDataset(folders.labelled.native());
    const DatasetPtr joined = openDataset(folders.joined());
    QCOMPARE(joined->labelledPart().fingerprint, labelled->fingerprint());
    QCOMPARE(joined->labelledPart().firstSample, std::uint32_t{9});
    QCOMPARE(labelled->labelledPart().fingerprint, labelled->fingerprint());
    QCOMPARE(labelled->labelledPart().firstSample, std::uint32_t{0});
}

void TestJoinedDataset::labelledImagesAreADatasetOfTheirOwn() {
    const Folders folders;
    const DatasetPtr joined = openDataset(folders.joined());
    QVERIFY(labelledImagesOf(joined) == joined->parts()[1]);
    QVERIFY(labelledImagesOf(joined->parts()[0]) == joined->parts()[0]);
    const DatasetPtr wrapped = labelledImagesOf(std::make_shared<Wrapped>(joined)); // not one of its parts
    QCOMPARE(wrapped->fingerprint(), std::string("labelled"));
    QCOMPARE(wrapped->size(), joined->parts()[1]->size());
    for (std::uint32_t sample = 0; sample < wrapped->size(); ++sample) {
        QCOMPARE(wrapped->label(sample), joined->parts()[1]->label(sample));
        QCOMPARE(wrapped->contentOf(sample), joined->parts()[1]->contentOf(sample));
        QVERIFY(wrapped->image(sample) == joined->parts()[1]->image(sample));
    }
}

void TestJoinedDataset::labelledImagesOfASelectionCanBeOpenedAlone() {
    const Folders folders;
    const DatasetPtr joined = openDataset(folders.joined());
    const std::uint32_t first = joined->labelledPart().firstSample;
    const fs::path file = folders.labelled.parent_path() / "some.json";
    saveSelection(leavingOut(*joined, std::vector{0u, first}, "some"), file);
    DataSource source = dataSourceFromText(joined->report().source);
    source.selection = file.native();
    const DatasetPtr labelled = labelledImagesOf(openDataset(toText(source)));
    QCOMPARE(labelled->report().title, std::string("few · some"));
    QCOMPARE(labelled->sampleName(0), joined->parts()[1]->sampleName(1));
    const DatasetPtr alone = openDataset(labelled->report().source);
    QCOMPARE(alone->fingerprint(), labelled->fingerprint());
    QCOMPARE(alone->size(), labelled->size());
    QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] {
                               requireOutsideImages(folders.labelled / "dog" / "000.png", *labelled);
                           }),
                           "read-only"));
}

void TestJoinedDataset::aSingleClassIsNoLabel() {
    const Folders folders;
    fs::remove_all(folders.labelled / "dog");
    fs::remove_all(folders.labelled / "eel");
    const DatasetPtr joined = openDataset(folders.joined());
    QVERIFY(!joined->isLabelled());
    QVERIFY(hasNote(*joined, "\"few\" have no labels or only one class"));
    for (std::uint32_t sample = 0; sample < joined->size(); ++sample)
        QCOMPARE(joined->label(sample), int(Dataset::unlabelled));
}

void TestJoinedDataset::oneFolderMayBeBoth() {
    const Folders folders;
    const std::string folder = folders.labelled.native();
    const DatasetPtr joined = openDataset(toText(DataSource{folder, folder, {}}));
    QCOMPARE(joined->size(), std::uint32_t{20});
    QVERIFY(joined->parts()[0] == joined->parts()[1]);
    const DatasetPtr otherName = openDataset(toText(DataSource{folder, "folder:" + folder, {}}));
    QVERIFY(otherName->parts()[0] == otherName->parts()[1]);
}

void TestJoinedDataset::problemsNameTheirPart() {
    const Folders folders;
    const std::string noImages = thrownMessage<InvalidInput>([&] {
        openDataset(toText(DataSource{"/no/a", folders.labelled.native(), {}}));
    });
    QVERIFY2(isClearMessage(noImages, "/no/a"), noImages.c_str());
    const std::string noLabelled = thrownMessage<InvalidInput>([&] {
        openDataset(toText(DataSource{folders.images.native(), "/no/b", {}}));
    });
    QVERIFY2(isClearMessage(noLabelled, "/no/b"), noLabelled.c_str());
}

void TestJoinedDataset::outputStaysOutsideBothParts() {
    const Folders folders;
    const DatasetPtr joined = openDataset(folders.joined());
    for (const fs::path &inside :
         {folders.images / "train" / "x" / "000.png", folders.labelled / "cat" / "000.png"}) {
        const std::string message =
            thrownMessage<InvalidInput>([&] { requireOutsideImages(inside, *joined); });
        QVERIFY2(isClearMessage(message, "image folder"), message.c_str());
    }
    const fs::path outside = folderOf(folders.directory) / "table.csv";
    writeBytes(outside, "x");
    requireOutsideImages(outside, *joined);
}

void TestJoinedDataset::openPartsAreNotOpenedAgain() {
    const Folders folders;
    const DatasetPtr images = openDataset(folders.images.native());
    OpenOptions options;
    options.openParts = {images};
    const DatasetPtr joined =
        openDataset(toText(DataSource{images->report().source, folders.labelled.native(), {}}), options);
    QVERIFY(joined->parts()[0] == images);
    QVERIFY(openDataset(images->report().source, options) != images); // asked for alone, it is read again
}

void TestJoinedDataset::cacheSharesParts() {
    const Folders folders;
    DatasetCache cache;
    const DatasetPtr joined = cache.open(folders.joined(), {}, {});
    QVERIFY(cache.open(folders.joined(), {}, {}) == joined);
    QVERIFY(cache.open("elsewhere", joined->fingerprint(), {}) == joined);
    const DatasetPtr images = joined->parts()[0];
    QVERIFY(cache.open(images->report().source, {}, {}) == images);
    const DatasetPtr other = cache.open(toText(DataSource{images->report().source, "shapes", {}}), {}, {});
    QVERIFY(other->parts()[0] == images);
}

void TestJoinedDataset::cacheOpensChangedPartsAgain() {
    const Folders folders;
    DatasetCache cache;
    const DatasetPtr before = cache.open(folders.joined(), {}, {});
    writeNoiseFolder(folders.images / "train" / "z", 1, 8, 71);
    const std::string wanted = openDataset(folders.joined())->fingerprint();
    const DatasetPtr after = cache.open(before->report().source, wanted, {});
    QCOMPARE(after->fingerprint(), wanted);
    QCOMPARE(after->size(), before->size() + 1);
}

void TestJoinedDataset::previewShowsTheImagesToLearnFrom() {
    const Folders folders;
    std::vector<std::uint32_t> sizes;
    OpenOptions options;
    options.openingPreview = [&](const DatasetPtr &preview) { sizes.push_back(preview->size()); };
    openDataset(folders.joined(), options);
    QVERIFY((sizes == std::vector<std::uint32_t>{9}));
}

SIMCLR_TEST(TestJoinedDataset)
#include "tst_joined_dataset.moc"
