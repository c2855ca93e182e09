// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/error.h"
#include "tests/core/data/loader_fixture.h"

#include <cstring>
#include <set>

using namespace simclr;
using namespace simclr::test;

class TestTwoViewLoader : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase();
    void viewsAreThoseOfThePreview_data();
    void viewsAreThoseOfThePreview();
    void threadsMakeNoDifference_data();
    void threadsMakeNoDifference();
    void streamingMakesNoDifference();
    void epochIsAPermutation();
    void ordersDiffer();
    void lastIncompleteBatchIsDropped_data();
    void lastIncompleteBatchIsDropped();
    void canStartInTheMiddle();
    void canStartAnewAtAnyTime();
    void canBeDestroyedAtAnyTime();
    void batchLargerThanTheDatasetIsRefused();

  private:
    std::vector<std::uint32_t> someSamples(std::uint32_t count) const;
    DatasetPtr m_shapes;
};

void TestTwoViewLoader::initTestCase() {
    m_shapes = openDataset("shapes");
}

std::vector<std::uint32_t> TestTwoViewLoader::someSamples(std::uint32_t count) const {
    std::vector<std::uint32_t> samples;
    for (std::uint32_t i = 0; i < count; ++i)
        samples.push_back(i * 5 + 2);
    return samples;
}

void TestTwoViewLoader::viewsAreThoseOfThePreview_data() {
    addThreadCounts();
}

/// The guarantee of the Design page: the views shown are, byte for byte, the input of the network.
void TestTwoViewLoader::viewsAreThoseOfThePreview() {
    QFETCH(int, threads);
    TwoViewLoader loader(m_shapes, someSamples(70), recipe(), {.batch = 16, .threads = threads, .seed = 77});
    const ViewRenderer preview = recipe();
    constexpr std::size_t bytes = std::size_t{side} * side * 3;
    Image view;
    for (const std::uint32_t epoch : {0u, 1u, 6u}) {
        loader.startEpoch(epoch);
        std::size_t seen = 0;
        while (const ViewBatch *batch = loader.next()) {
            QCOMPARE(batch->pixels.size(), 2 * 16 * bytes);
            for (std::size_t i = 0; i < 16; ++i)
                for (std::uint16_t which = 0; which < 2; ++which) {
                    const std::uint32_t sample = batch->samples[i];
                    preview.render(m_shapes->image(sample), {77, epoch, sample, which}, view);
                    const std::uint8_t *given = batch->pixels.data() + (which * 16 + i) * bytes;
                    QVERIFY(std::memcmp(given, view.data(), bytes) == 0);
                    ++seen;
                }
        }
        QCOMPARE(seen, std::size_t{4 * 32});
    }
}

void TestTwoViewLoader::threadsMakeNoDifference_data() {
    addThreadCounts();
}

void TestTwoViewLoader::threadsMakeNoDifference() {
    QFETCH(int, threads);
    TwoViewLoader alone(m_shapes, someSamples(200), recipe(),
                        {.batch = 8, .threads = 1, .prefetch = 1, .seed = 5});
    TwoViewLoader loader(m_shapes, someSamples(200), recipe(), {.batch = 8, .threads = threads, .seed = 5});
    for (const std::uint32_t epoch : {0u, 1u}) {
        alone.startEpoch(epoch);
        loader.startEpoch(epoch);
        const auto expected = drain(alone);
        QCOMPARE(expected.size(), std::size_t{25});
        QVERIFY(equal(drain(loader), expected));
    }
}

void TestTwoViewLoader::streamingMakesNoDifference() {
    const QTemporaryDir directory;
    writeNoiseFolder(folderOf(directory), 30, 40, 1);
    OpenOptions streaming;
    streaming.memoryBudget = 0;
    const DatasetPtr kept = openDataset(folderOf(directory).native());
    const DatasetPtr streamed = openDataset(folderOf(directory).native(), streaming);
    QVERIFY(kept->report().inMemory && !streamed->report().inMemory);
    TwoViewLoader first(kept, firstSamples(30), recipe(), {.batch = 10, .threads = 2, .seed = 3});
    TwoViewLoader second(streamed, firstSamples(30), recipe(), {.batch = 10, .threads = 2, .seed = 3});
    first.startEpoch(2);
    second.startEpoch(2);
    const auto expected = drain(first);
    QCOMPARE(expected.size(), std::size_t{3});
    QVERIFY(equal(drain(second), expected));
}

void TestTwoViewLoader::epochIsAPermutation() {
    const auto samples = someSamples(60);
    TwoViewLoader loader(m_shapes, samples, recipe(), {.batch = 12, .threads = 2, .seed = 1});
    for (std::uint32_t epoch = 0; epoch < 3; ++epoch) {
        loader.startEpoch(epoch);
        std::vector<std::uint32_t> seen;
        for (const ViewBatch &batch : drain(loader)) {
            QCOMPARE(batch.index, static_cast<std::int64_t>(seen.size() / 12));
            seen.insert(seen.end(), batch.samples.begin(), batch.samples.end());
        }
        QVERIFY(seen == TwoViewLoader::epochOrder(samples, 1, epoch));
        std::ranges::sort(seen);
        QVERIFY(seen == samples);
    }
}

void TestTwoViewLoader::ordersDiffer() {
    const auto samples = firstSamples(100);
    std::set<std::vector<std::uint32_t>> orders;
    for (std::uint32_t epoch = 0; epoch < 10; ++epoch)
        for (std::uint64_t seed = 0; seed < 5; ++seed)
            orders.insert(TwoViewLoader::epochOrder(samples, seed, epoch));
    QCOMPARE(orders.size(), std::size_t{50});
}

void TestTwoViewLoader::lastIncompleteBatchIsDropped_data() {
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("batches");
    QTest::newRow("exact") << 30 << 3;
    QTest::newRow("one more") << 31 << 3;
    QTest::newRow("one less") << 29 << 2;
    QTest::newRow("a single batch") << 10 << 1;
}

void TestTwoViewLoader::lastIncompleteBatchIsDropped() {
    QFETCH(int, samples);
    QFETCH(int, batches);
    TwoViewLoader loader(m_shapes, someSamples(static_cast<std::uint32_t>(samples)), recipe(), {.batch = 10});
    QCOMPARE(loader.batchesPerEpoch(), batches);
    loader.startEpoch(0);
    const auto all = drain(loader);
    QCOMPARE(static_cast<int>(all.size()), batches);
    for (const ViewBatch &batch : all)
        QCOMPARE(batch.samples.size(), std::size_t{10});
    QVERIFY(loader.next() == nullptr);
}

/// A resumed run continues with the batch after its last one.
void TestTwoViewLoader::canStartInTheMiddle() {
    TwoViewLoader loader(m_shapes, someSamples(80), recipe(), {.batch = 10, .threads = 2, .seed = 4});
    loader.startEpoch(3);
    auto expected = drain(loader);
    expected.erase(expected.begin(), expected.begin() + 5);
    loader.startEpoch(3, 5);
    QVERIFY(equal(drain(loader), expected));
    loader.startEpoch(3, 8);
    QVERIFY(loader.next() == nullptr);
}

void TestTwoViewLoader::canStartAnewAtAnyTime() {
    TwoViewLoader loader(m_shapes, someSamples(120), recipe(),
                         {.batch = 6, .threads = 3, .prefetch = 4, .seed = 4});
    loader.startEpoch(9);
    const auto expected = drain(loader);
    for (std::uint32_t given = 0; given < 12; ++given) {
        loader.startEpoch(given);
        for (std::uint32_t i = 0; i < given; ++i)
            QCOMPARE(loader.next()->index, static_cast<std::int64_t>(i));
        loader.startEpoch(9);
        QVERIFY(equal(drain(loader), expected));
    }
}

void TestTwoViewLoader::canBeDestroyedAtAnyTime() {
    for (std::uint32_t given = 0; given < 8; ++given) {
        TwoViewLoader loader(m_shapes, someSamples(60), recipe(), {.batch = 6, .threads = 3, .seed = given});
        if (given > 0)
            loader.startEpoch(0);
        for (std::uint32_t i = 1; i < given; ++i)
            QVERIFY(loader.next() != nullptr);
    }
}

void TestTwoViewLoader::batchLargerThanTheDatasetIsRefused() {
    for (const std::uint32_t batch : {11u, 0u}) {
        const std::string message = thrownMessage<InvalidInput>(
            [&] { TwoViewLoader(m_shapes, someSamples(10), recipe(), {.batch = batch}); });
        QVERIFY2(isClearMessage(message, "batch of " + std::to_string(batch)), message.c_str());
    }
}

SIMCLR_TEST(TestTwoViewLoader)
#include "tst_two_view_loader.moc"
