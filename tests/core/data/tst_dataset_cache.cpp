// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_cache.h"
#include "tests/support/test_images.h"

#include <QTemporaryDir>

using namespace simclr;

class TestDatasetCache : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void opensASourceOnce() {
        DatasetCache cache;
        const DatasetPtr first = cache.open("shapes", {}, {});
        QVERIFY(cache.open("shapes", {}, {}) == first);
        QVERIFY(cache.open("shapes:5", {}, {}) != first);
    }

    void keepsNothingOpen() {
        DatasetCache cache;
        std::weak_ptr<const Dataset> reference = cache.open("shapes", {}, {});
        QVERIFY(reference.expired());
        QVERIFY(cache.find("shapes", {}) == nullptr);
    }

    void findsTheContentFirst() {
        DatasetCache cache;
        const DatasetPtr usual = cache.open("shapes", {}, {});
        const DatasetPtr other = cache.open("shapes:5", {}, {});
        QVERIFY(cache.find("shapes", other->fingerprint()) == other);
        QVERIFY(cache.find("shapes", std::string(64, 'f')) == usual);  // of the source at least
        QVERIFY(cache.find("nowhere", other->fingerprint()) == other); // a folder that was moved
        QVERIFY(cache.find("nowhere", {}) == nullptr);
    }

    void newerDatasetReplacesThatOfItsSource() {
        DatasetCache cache;
        const DatasetPtr older = openDataset("shapes");
        const DatasetPtr newer = openDataset("shapes");
        cache.add(older);
        cache.add(newer);
        QVERIFY(cache.find(newer->report().source, {}) == newer);
    }

    /// The folder has changed on disk since it was opened.
    void opensAgainWhatIsNotTheContent() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        writePng(test::noiseImage(8, 8, 1), path / "a.png");
        const std::string source = "folder:" + folder.path().toStdString();
        DatasetCache cache;
        const DatasetPtr before = cache.open(source, {}, {});
        writePng(test::noiseImage(8, 8, 2), path / "b.png");
        const std::string wanted = openDataset(source)->fingerprint();
        QVERIFY(cache.open(source, {}, {}) == before);
        const DatasetPtr after = cache.open(source, wanted, {});
        QCOMPARE(after->fingerprint(), wanted);
        QVERIFY(cache.open(source, std::string(64, 'f'), {}) == after); // nothing else is there
        QVERIFY(cache.find(source, {}) == after);
    }

    void problemsAreThrown() {
        DatasetCache cache;
        QVERIFY_THROWS_EXCEPTION(Error, cache.open("folder:/nowhere", {}, {}));
    }
};

SIMCLR_TEST(TestDatasetCache)
#include "tst_dataset_cache.moc"
