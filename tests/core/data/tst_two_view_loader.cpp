// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/two_view_loader.h"

#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "tests/support/test_images.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>

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
    void brokenPicturesAreReplacedAndTold_data();
    void brokenPicturesAreReplacedAndTold();
    void tooManyBrokenPicturesEndTheEpoch();
    void largeBatchesAreShared_data();
    void largeBatchesAreShared();
    void oneBatchIsDrawnByAllThreads();
    void memoryIsBounded_data();
    void memoryIsBounded();
    void waitingIsCounted();

  private:
    std::vector<std::uint32_t> someSamples(std::uint32_t count) const;
    DatasetPtr m_shapes;
};

namespace {

constexpr int side = 32;

ViewRenderer recipe() {
    return {pipelineByName("simclr-cifar10"), side};
}

std::vector<ViewBatch> drain(TwoViewLoader &loader) {
    std::vector<ViewBatch> batches;
    while (const ViewBatch *batch = loader.next())
        batches.push_back(*batch);
    return batches;
}

bool equal(const std::vector<ViewBatch> &a, const std::vector<ViewBatch> &b) {
    return std::ranges::equal(a, b, [](const ViewBatch &x, const ViewBatch &y) {
        return x.index == y.index && x.samples == y.samples && x.pixels == y.pixels;
    });
}

/// Noise pictures of which some cannot be read, as when files vanish during a run.
class PartlyBroken final : public ListedDataset {
  public:
    PartlyBroken(std::uint32_t size, std::set<std::uint32_t> broken)
        : ListedDataset(named(), std::vector<SampleInfo>(size), "fingerprint"), m_broken(std::move(broken)) {}
    std::string sampleName(std::uint32_t sample) const override { return "picture" + std::to_string(sample); }
    Image image(std::uint32_t sample) const override {
        if (m_broken.contains(sample))
            throw IoError("cannot read picture" + std::to_string(sample));
        return noiseImage(side, side, sample);
    }

  private:
    static DatasetReport named() {
        DatasetReport report;
        report.title = "Photos";
        return report;
    }
    std::set<std::uint32_t> m_broken;
};

std::vector<std::uint32_t> firstSamples(std::uint32_t count) {
    std::vector<std::uint32_t> samples(count);
    std::iota(samples.begin(), samples.end(), 0u);
    return samples;
}

/// Counts the pictures that were asked for, each of which was drawn into memory.
class Counting final : public ListedDataset {
  public:
    explicit Counting(std::uint32_t size)
        : ListedDataset(DatasetReport{}, std::vector<SampleInfo>(size), "fingerprint") {}
    std::string sampleName(std::uint32_t sample) const override { return "picture" + std::to_string(sample); }
    Image image(std::uint32_t sample) const override {
        ++m_asked;
        return noiseImage(side, side, sample);
    }
    std::int64_t asked() const { return m_asked; }

  private:
    mutable std::atomic<std::int64_t> m_asked = 0;
};

/// Gives no picture before two threads have asked for one.
class Meeting final : public ListedDataset {
  public:
    explicit Meeting(std::uint32_t size)
        : ListedDataset(DatasetReport{}, std::vector<SampleInfo>(size), "fingerprint") {}
    std::string sampleName(std::uint32_t) const override { return "picture"; }
    Image image(std::uint32_t sample) const override {
        std::unique_lock guard(m_lock);
        m_askers.insert(std::this_thread::get_id());
        m_changed.notify_all();
        m_changed.wait_for(guard, std::chrono::seconds(20), [this] { return m_askers.size() > 1; });
        return noiseImage(side, side, sample);
    }
    std::size_t askers() const { return m_askers.size(); }

  private:
    mutable std::mutex m_lock;
    mutable std::condition_variable m_changed;
    mutable std::set<std::thread::id> m_askers;
};

/// Takes its time for each picture.
class Slow final : public ListedDataset {
  public:
    explicit Slow(std::uint32_t size)
        : ListedDataset(DatasetReport{}, std::vector<SampleInfo>(size), "fingerprint") {}
    std::string sampleName(std::uint32_t) const override { return "picture"; }
    Image image(std::uint32_t sample) const override {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return noiseImage(side, side, sample);
    }
};

void addThreadCounts() {
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 4})
        QTest::addRow("%d", threads) << threads;
}

} // namespace

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

/// The promise of the Design page: what it shows is, byte for byte, what the network gets.
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

/// A resumed run goes on at the batch where it stopped.
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

void TestTwoViewLoader::brokenPicturesAreReplacedAndTold_data() {
    addThreadCounts();
}

void TestTwoViewLoader::brokenPicturesAreReplacedAndTold() {
    QFETCH(int, threads);
    const std::set<std::uint32_t> broken{3, 17, 40};
    const auto dataset = std::make_shared<PartlyBroken>(64, broken);
    TwoViewLoader loader(dataset, firstSamples(64), recipe(), {.batch = 16, .threads = threads, .seed = 2});
    loader.startEpoch(0);
    const auto batches = drain(loader);
    QCOMPARE(batches.size(), std::size_t{4});
    const auto told = loader.takeBroken();
    std::set<std::string> names;
    for (const BrokenFile &file : told) {
        names.insert(file.name);
        QCOMPARE(file.reason, "cannot read " + file.name);
    }
    QVERIFY((names == std::set<std::string>{"picture3", "picture17", "picture40"}));
    QCOMPARE(told.size(), names.size()); // each once, however often it was tried
    QVERIFY(loader.takeBroken().empty());

    const ViewRenderer preview = recipe();
    Image view;
    for (const ViewBatch &batch : batches)
        for (std::size_t i = 0; i < 16; ++i) {
            QVERIFY(!broken.contains(batch.samples[i]));
            preview.render(noiseImage(side, side, batch.samples[i]), {2, 0, batch.samples[i], 0}, view);
            QVERIFY(std::memcmp(batch.pixels.data() + i * view.byteCount(), view.data(), view.byteCount()) ==
                    0);
        }
    TwoViewLoader alone(dataset, firstSamples(64), recipe(), {.batch = 16, .threads = 1, .seed = 2});
    alone.startEpoch(0);
    QVERIFY(equal(drain(alone), batches));
}

void TestTwoViewLoader::tooManyBrokenPicturesEndTheEpoch() {
    std::set<std::uint32_t> broken;
    for (std::uint32_t sample = 0; sample < 64; ++sample)
        broken.insert(sample);
    TwoViewLoader loader(std::make_shared<PartlyBroken>(64, broken), firstSamples(64), recipe(),
                         {.batch = 16});
    loader.startEpoch(0);
    const std::string message = thrownMessage<IoError>([&] { drain(loader); });
    QVERIFY2(isClearMessage(message, "Photos"), message.c_str());
}

void TestTwoViewLoader::largeBatchesAreShared_data() {
    addThreadCounts();
}

/// Several threads draw one batch, each some of its images, and broken ones among them: the same bytes, and
/// the same substitutes, as one thread makes.
void TestTwoViewLoader::largeBatchesAreShared() {
    QFETCH(int, threads);
    std::set<std::uint32_t> broken;
    for (std::uint32_t sample = 0; sample < 600; sample += 23)
        broken.insert(sample);
    const auto dataset = std::make_shared<PartlyBroken>(600, broken);
    const ViewRenderer preview = recipe();
    TwoViewLoader loader(dataset, firstSamples(600), recipe(), {.batch = 150, .threads = threads, .seed = 6});
    loader.startEpoch(1);
    const std::vector<std::uint32_t> order = TwoViewLoader::epochOrder(firstSamples(600), 6, 1);
    std::size_t at = 0;
    Image view;
    for (const ViewBatch &batch : drain(loader)) {
        std::size_t substitute = at + 150;
        for (std::size_t i = 0; i < 150; ++i) {
            std::uint32_t expected = order[at + i];
            while (broken.contains(expected))
                expected = order[substitute++ % 600];
            QCOMPARE(batch.samples[i], expected);
            for (std::uint16_t which = 0; which < 2; ++which) {
                preview.render(noiseImage(side, side, expected), {6, 1, expected, which}, view);
                QVERIFY(std::memcmp(batch.pixels.data() + (which * 150 + i) * view.byteCount(), view.data(),
                                    view.byteCount()) == 0);
            }
        }
        at += 150;
    }
    QCOMPARE(at, std::size_t{600});
}

void TestTwoViewLoader::oneBatchIsDrawnByAllThreads() {
    const auto dataset = std::make_shared<Meeting>(150);
    TwoViewLoader loader(dataset, firstSamples(150), recipe(), {.batch = 150, .threads = 2});
    loader.startEpoch(0);
    QVERIFY(loader.next() != nullptr); // the only one of its epoch
    QCOMPARE(dataset->askers(), std::size_t{2});
}

void TestTwoViewLoader::memoryIsBounded_data() {
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("budget"); // batches
    QTest::addColumn<int>("waiting");
    QTest::newRow("two batches are needed") << 8 << 0 << 1;
    QTest::newRow("room for one more") << 8 << 1 << 2;
    QTest::newRow("no more than wanted") << 2 << 100 << 3;
}

/// However many threads there are, no more is drawn ahead than the budget has room for.
void TestTwoViewLoader::memoryIsBounded() {
    QFETCH(int, threads);
    QFETCH(int, budget);
    QFETCH(int, waiting);
    const auto dataset = std::make_shared<Counting>(1200);
    LoaderOptions options{.batch = 40, .threads = threads};
    options.memoryBudget = static_cast<std::uint64_t>(budget) * 2 * 40 * side * side * 3;
    TwoViewLoader loader(dataset, firstSamples(1200), recipe(), options);
    loader.startEpoch(0);
    for (std::int64_t given = 1; loader.next() != nullptr; ++given) {
        QTest::qSleep(1); // time to draw too much
        const std::int64_t drawn = dataset->asked();
        QVERIFY2(drawn <= 40 * (given + waiting), qPrintable(QString::number(drawn)));
    }
    QCOMPARE(dataset->asked(), std::int64_t{1200});
}

void TestTwoViewLoader::waitingIsCounted() {
    TwoViewLoader loader(std::make_shared<Slow>(24), firstSamples(24), recipe(), {.batch = 8, .threads = 1});
    QCOMPARE(loader.secondsWaited(), 0.0);
    const auto start = std::chrono::steady_clock::now();
    loader.startEpoch(0);
    QVERIFY(loader.next() != nullptr);
    const double first = loader.secondsWaited();
    QVERIFY(first > 0);
    QCOMPARE(drain(loader).size(), std::size_t{2});
    QVERIFY(loader.secondsWaited() > first);
    const std::chrono::duration<double> whole = std::chrono::steady_clock::now() - start;
    QVERIFY(loader.secondsWaited() <= whole.count());
}

QTEST_APPLESS_MAIN(TestTwoViewLoader)
#include "tst_two_view_loader.moc"
