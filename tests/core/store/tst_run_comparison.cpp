// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_comparison.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

/// Result rows over runs, and the test of two of them, in a real database.
class TestRunComparison : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void rowsHoldTheNewestOfEachScope();
    void twoRunsAreTested();
    void othersAreNotTested();
    void otherImagesAreNotTested();
    void resultsKeptApartAreTested();
    void runsThatLearnedFromOtherImagesAreTested();
    void predictionsBeforeTheLabelledImagesAreDamaged();

  private:
    /// Ends after `epoch`; of five images of class 0, those of which `predicted` is 0 are right.
    static Result result(std::int64_t epoch, const std::vector<std::int32_t> &predicted,
                         const ResultScope &scope = {}) {
        const auto right = static_cast<double>(std::ranges::count(predicted, 0));
        Result record = measured("linear", "test", epoch, right / 5);
        record.key.scope = scope;
        record.predictions =
            std::make_shared<const Predictions>(Predictions{{0, 1, 2, 3, 4}, {0, 0, 0, 0, 0}, predicted});
        return record;
    }
    RunId addRun(const std::string &fingerprint = std::string(64, 'a')) {
        NewRun run = sampleRun();
        run.dataset.fingerprint = fingerprint;
        return m_store->runs().create(run);
    }
    std::vector<ResultRow> compared(const std::vector<RunId> &ids) const {
        std::vector<RunRecord> runs;
        for (const RunId id : ids)
            runs.push_back(m_store->runs().one(id));
        return compareResults(*m_store, runs);
    }

    std::optional<QTemporaryDir> m_directory;
    std::optional<RunStore> m_store;
};

void TestRunComparison::init() {
    m_store.reset();
    m_directory.emplace();
    m_store.emplace(folderOf(*m_directory) / "runs.sqlite");
}

void TestRunComparison::rowsHoldTheNewestOfEachScope() {
    const RunId first = addRun();
    const RunId second = addRun();
    ResultScope few;
    few.labels = 0.1;
    m_store->results().add(first, result(0, {1, 1, 1, 1, 1}));
    m_store->results().add(first, result(5, {0, 1, 1, 1, 1}));
    m_store->results().add(first, result(10, {0, 0, 1, 1, 1}));
    m_store->results().add(second, result(10, {0, 0, 0, 1, 1}, few));
    const std::vector<ResultRow> rows = compared({first, second});
    QCOMPARE(rows.size(), std::size_t{3});
    QVERIFY(rows[0].isBaseline != rows[1].isBaseline);
    for (const ResultRow &row : rows) {
        QCOMPARE(row.values.size(), std::size_t{2});
        if (row.example.key.scope == few)
            QVERIFY(!row.values[0] && row.values[1]->value == 0.6);
        else
            QVERIFY(row.values[0]->key.place.epoch == (row.isBaseline ? 0 : 10) && !row.values[1]);
        QVERIFY(!row.test);
    }
}

void TestRunComparison::twoRunsAreTested() {
    const RunId first = addRun();
    const RunId second = addRun();
    m_store->results().add(first, result(10, {0, 0, 1, 1, 1}));
    m_store->results().add(second, result(10, {1, 0, 0, 0, 1}));
    const std::vector<ResultRow> rows = compared({first, second});
    QCOMPARE(rows.size(), std::size_t{1});
    QVERIFY(rows[0].test);
    QCOMPARE(rows[0].test->common, std::size_t{5});
    QCOMPARE(rows[0].test->firstOnly, std::size_t{1});
    QCOMPARE(rows[0].test->secondOnly, std::size_t{2});
}

void TestRunComparison::othersAreNotTested() {
    const RunId first = addRun();
    const RunId second = addRun();
    const RunId third = addRun();
    for (const RunId id : {first, second})
        m_store->results().add(id, result(10, {0, 0, 1, 1, 1}));
    Result bare = result(10, {0, 0, 0, 1, 1});
    bare.predictions = nullptr;
    m_store->results().add(third, bare);
    QVERIFY(compared({first, second})[0].test);
    QVERIFY(!compared({first, third})[0].test);
    QVERIFY(!compared({first, second, third})[0].test);
    QVERIFY(!compared({first})[0].test);
}

void TestRunComparison::otherImagesAreNotTested() {
    const RunId first = addRun();
    const RunId second = addRun(std::string(64, 'b'));
    ResultScope transfer;
    transfer.dataset = std::string(64, 'c');
    for (const RunId id : {first, second}) {
        m_store->results().add(id, result(10, {0, 0, 1, 1, 1}));
        m_store->results().add(id, result(10, {0, 0, 1, 1, 1}, transfer));
    }
    for (const ResultRow &row : compared({first, second}))
        QCOMPARE(row.test.has_value(), row.example.key.scope == transfer);
}

/// Results on labelled images after 100 others, kept apart when the run got others, are about the same images
/// as those of a run on the labelled images alone that has them as other images.
void TestRunComparison::resultsKeptApartAreTested() {
    NewRun joined = sampleRun();
    joined.dataset.labelledFingerprint = std::string(64, 'l');
    joined.dataset.firstLabelled = 100;
    joined.dataset.title = "many + few";
    const RunId first = m_store->runs().create(joined);
    Result record = result(10, {0, 0, 1, 1, 1});
    Predictions predictions = *record.predictions;
    for (std::int32_t &sample : predictions.samples)
        sample += 100;
    record.predictions = std::make_shared<const Predictions>(std::move(predictions));
    m_store->results().add(first, record);
    m_store->runs().replaceDataset(first, sampleRun().dataset);
    const RunId second = addRun();
    ResultScope transfer;
    transfer.dataset = std::string(64, 'l');
    m_store->results().add(second, result(10, {1, 0, 0, 0, 1}, transfer));
    const std::vector<ResultRow> rows = compared({first, second});
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].values[0]->datasetTitle, std::string("few"));
    QVERIFY(rows[0].test);
    QCOMPARE(rows[0].test->common, std::size_t{5});
}

/// The labelled images are the same, though they follow 100 and 7 others, or none.
void TestRunComparison::runsThatLearnedFromOtherImagesAreTested() {
    const auto runAfter = [&](std::uint32_t others, char fingerprint) {
        NewRun run = sampleRun();
        run.dataset.fingerprint = std::string(64, others == 0 ? 'l' : fingerprint);
        run.dataset.labelledFingerprint = std::string(64, 'l');
        run.dataset.firstLabelled = others;
        const RunId id = m_store->runs().create(run);
        Result record = result(10, others == 7 ? std::vector{0, 0, 0, 1, 1} : std::vector{1, 0, 1, 1, 1});
        Predictions predictions = *record.predictions;
        for (std::int32_t &sample : predictions.samples)
            sample += static_cast<std::int32_t>(others);
        record.predictions = std::make_shared<const Predictions>(std::move(predictions));
        m_store->results().add(id, record);
        return id;
    };
    const RunId hundred = runAfter(100, 'a');
    const RunId seven = runAfter(7, 'b');
    const RunId alone = runAfter(0, 'c');
    for (const RunId other : {hundred, alone}) {
        const std::vector<ResultRow> rows = compared({seven, other});
        QCOMPARE(rows.size(), std::size_t{1});
        QVERIFY(rows[0].test);
        QCOMPARE(rows[0].test->common, std::size_t{5});
        QCOMPARE(rows[0].test->firstOnly, std::size_t{2});
        QCOMPARE(rows[0].test->secondOnly, std::size_t{0});
    }
    const RunId elsewhere = addRun(std::string(64, 'x'));
    m_store->results().add(elsewhere, result(10, {0, 0, 1, 1, 1}));
    QVERIFY(!compared({seven, elsewhere})[0].test);
}

void TestRunComparison::predictionsBeforeTheLabelledImagesAreDamaged() {
    NewRun run = sampleRun();
    run.dataset.firstLabelled = 3;
    const RunId id = m_store->runs().create(run);
    m_store->results().add(id, result(10, {0, 0, 1, 1, 1}));
    const RunRecord stored = m_store->runs().one(id);
    const std::string message = thrownMessage<InvalidInput>(
        [&] { pairablePredictions(*m_store, stored, stored.results.front().key); });
    QVERIFY2(isClearMessage(message, "damaged"), message.c_str());
}

SIMCLR_TEST(TestRunComparison)
#include "tst_run_comparison.moc"
