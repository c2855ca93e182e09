// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_cache.h"
#include "tests/support/test_support.h"

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

    void problemsAreThrown() {
        DatasetCache cache;
        QVERIFY_THROWS_EXCEPTION(Error, cache.open("folder:/nowhere", {}, {}));
    }
};

SIMCLR_TEST(TestDatasetCache)
#include "tst_dataset_cache.moc"
