// SPDX-License-Identifier: GPL-3.0-or-later
// The loader with broken images, with little memory, and with waiting threads.
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "tests/core/data/loader_fixture.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

using namespace simclr;
using namespace simclr::test;

class TestLoaderLimits : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void brokenPicturesAreReplacedAndTold_data();
    void brokenPicturesAreReplacedAndTold();
    void tooManyBrokenPicturesEndTheEpoch();
    void largeBatchesAreShared_data();
    void largeBatchesAreShared();
    void oneBatchIsDrawnByAllThreads();
    void memoryIsBounded_data();
    void memoryIsBounded();
    void waitingIsCounted();
};

namespace {

/// Noise images of which some cannot be read, as when files are deleted during a run.
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

/// Counts the requested images, each of which was rendered into memory.
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

/// Blocks until two threads have requested an image.
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

/// Slow for each image.
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

} // namespace

void TestLoaderLimits::brokenPicturesAreReplacedAndTold_data() {
    addThreadCounts();
}

void TestLoaderLimits::brokenPicturesAreReplacedAndTold() {
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
    QCOMPARE(told.size(), names.size()); // each once, even if tried several times
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

void TestLoaderLimits::tooManyBrokenPicturesEndTheEpoch() {
    std::set<std::uint32_t> broken;
    for (std::uint32_t sample = 0; sample < 64; ++sample)
        broken.insert(sample);
    TwoViewLoader loader(std::make_shared<PartlyBroken>(64, broken), firstSamples(64), recipe(),
                         {.batch = 16});
    loader.startEpoch(0);
    const std::string message = thrownMessage<IoError>([&] { drain(loader); });
    QVERIFY2(isClearMessage(message, "Photos"), message.c_str());
}

void TestLoaderLimits::largeBatchesAreShared_data() {
    addThreadCounts();
}

/// Several threads render parts of one batch that has broken images: the bytes and the substitutes are the
/// same as with one thread.
void TestLoaderLimits::largeBatchesAreShared() {
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

void TestLoaderLimits::oneBatchIsDrawnByAllThreads() {
    const auto dataset = std::make_shared<Meeting>(150);
    TwoViewLoader loader(dataset, firstSamples(150), recipe(), {.batch = 150, .threads = 2});
    loader.startEpoch(0);
    QVERIFY(loader.next() != nullptr); // the only one of its epoch
    QCOMPARE(dataset->askers(), std::size_t{2});
}

void TestLoaderLimits::memoryIsBounded_data() {
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("budget"); // batches
    QTest::addColumn<int>("waiting");
    QTest::newRow("two batches are needed") << 8 << 0 << 1;
    QTest::newRow("room for one more") << 8 << 1 << 2;
    QTest::newRow("no more than wanted") << 2 << 100 << 3;
}

/// With any number of threads, no more is rendered ahead than the budget allows.
void TestLoaderLimits::memoryIsBounded() {
    QFETCH(int, threads);
    QFETCH(int, budget);
    QFETCH(int, waiting);
    const auto dataset = std::make_shared<Counting>(1200);
    LoaderOptions options{.batch = 40, .threads = threads};
    options.memoryBudget = static_cast<std::uint64_t>(budget) * 2 * 40 * side * side * 3;
    TwoViewLoader loader(dataset, firstSamples(1200), recipe(), options);
    loader.startEpoch(0);
    for (std::int64_t given = 1; loader.next() != nullptr; ++given) {
        QTest::qSleep(1); // time to render too much
        const std::int64_t drawn = dataset->asked();
        QVERIFY2(drawn <= 40 * (given + waiting), qPrintable(QString::number(drawn)));
    }
    QCOMPARE(dataset->asked(), std::int64_t{1200});
}

void TestLoaderLimits::waitingIsCounted() {
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

SIMCLR_TEST(TestLoaderLimits)
#include "tst_loader_limits.moc"
