// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_listing.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <memory>

using namespace simclr;
using namespace simclr::test;

/// Lists of runs since a revision, on a real database.
class TestRunListing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(m_folder->filePath("runs.sqlite").toStdString());
    }

    void hasAllRunsInShortForm() {
        const RunId first = create("first");
        const RunId second = create("second");
        m_store->results().add(first, measured("linear", "test", 4, 0.5, Json::object()));
        m_store->results().add(first, measured("linear", "test", 8, 0.6, Json::object()));
        m_store->results().add(first, measured("knn", "validation", 2, 0.4, Json::object()));
        const RunListing listing = m_store->runs().list();
        QCOMPARE(ids(listing), (std::vector<RunId>{second, first})); // newest first
        QVERIFY(listing.removed.empty());
        const RunRecord &run = listing.changed.back();
        const RunRecord whole = m_store->runs().one(first);
        QCOMPARE(run.name, whole.name);
        QCOMPARE(run.dataset.title, whole.dataset.title);
        QCOMPARE(run.totalEpochs, whole.totalEpochs);
        QCOMPARE(run.database, whole.database);
        QVERIFY(run.config.at("encoder") == whole.config.at("encoder"));
        QVERIFY(run.pipeline.at("name") == whole.pipeline.at("name"));
        QCOMPARE(run.config.size(), std::size_t{2});
        QCOMPARE(run.results.size(), std::size_t{2});
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->value, 0.6);
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->key.place.epoch, 8);
        QCOMPARE(latestResult(run, Protocol::Knn, Split::Validation)->value, 0.4);
    }

    /// Only those that a list may show: not results of parts of the labels, …
    void hasOnlyPlainResults() {
        const RunId run = create("run");
        Result few = measured("linear", "test", 9, 0.3, Json::object());
        few.key.scope.labels = 0.1;
        m_store->results().add(run, few);
        QVERIFY(m_store->runs().list().changed.front().results.empty());
    }

    void laterListsHaveOnlyChanges() {
        const RunId first = create("first");
        const RunId second = create("second");
        const std::int64_t revision = m_store->runs().list().revision;
        QVERIFY(m_store->runs().list(revision).changed.empty());
        QCOMPARE(m_store->runs().list(revision).revision, revision);
        m_store->runs().rename(first, "renamed");
        const RunListing later = m_store->runs().list(revision);
        QCOMPARE(ids(later), std::vector<RunId>{first});
        QCOMPARE(later.changed.front().name, std::string("renamed"));
        QVERIFY(later.revision > revision);
        QCOMPARE(m_store->runs().list(later.revision).changed.size(), std::size_t{0});
        m_store->runs().finish(second, RunStatus::Completed, "", "");
        m_store->runs().remove(second);
        const RunListing last = m_store->runs().list(later.revision);
        QVERIFY(last.changed.empty());
        QCOMPARE(last.removed, std::vector<RunId>{second});
    }

    /// Each kind of change that a list or the details of a run show.
    void noticesEveryChange_data() {
        QTest::addColumn<int>("change");
        const char *names[] = {"metrics", "result", "artifact", "event", "finished", "images", "tags"};
        for (int i = 0; i < 7; ++i)
            QTest::newRow(names[i]) << i;
    }
    void noticesEveryChange() {
        QFETCH(int, change);
        const RunId other = create("other");
        const RunId run = create("run");
        const std::int64_t revision = m_store->runs().list().revision;
        switch (change) {
        case 0:
            m_store->metrics().add(run, std::vector<KeyedMetric>{{"loss", {1, 0.1, 4.0, 0}}});
            break;
        case 1:
            m_store->results().add(run, measured("linear", "test", 4, 0.5, Json::object()));
            break;
        case 2:
            writeCheckpoint(run);
            break;
        case 3:
            m_store->events().add(run, "an event");
            break;
        case 4:
            m_store->runs().finish(run, RunStatus::Failed, "no reason", "");
            break;
        case 5:
            m_store->runs().replaceDataset(run, DatasetRecord{.source = "other", .title = "Other"});
            break;
        default:
            m_store->annotations().change(std::vector<RunId>{run}, {.addedTags = {"paper"}});
        }
        QCOMPARE(ids(m_store->runs().list(revision)), std::vector<RunId>{run});
        QVERIFY(other != run);
    }

    void revisionsGrowInEveryConnection() {
        const RunId run = create("run");
        RunStore other(m_store->connection().file());
        std::int64_t revision = m_store->runs().list().revision;
        for (int i = 0; i < 5; ++i) {
            (i % 2 == 0 ? other : *m_store).runs().rename(run, "name " + std::to_string(i));
            const RunListing listing = m_store->runs().list(revision);
            QCOMPARE(ids(listing), std::vector<RunId>{run});
            revision = listing.revision;
        }
    }

  private:
    RunId create(const char *name) { return m_store->runs().create(sampleRun(name)); }
    void writeCheckpoint(RunId run) {
        const std::filesystem::path file = m_folder->filePath("last.ckpt").toStdString();
        std::ofstream(file) << "weights";
        m_store->artifacts().add(run, ArtifactRecord{lastCheckpointKind, RunPath(file), 1, "0123"});
    }
    static std::vector<RunId> ids(const RunListing &listing) {
        std::vector<RunId> ids;
        for (const RunRecord &run : listing.changed)
            ids.push_back(run.id);
        return ids;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunStore> m_store;
};

SIMCLR_TEST(TestRunListing)
#include "tst_run_listing.moc"
