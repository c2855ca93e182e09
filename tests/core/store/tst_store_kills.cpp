// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/background_writer.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr int rounds = 10;
constexpr int together = 20;     ///< processes at a time, each with its own database
constexpr double mostLost = 1.0; ///< seconds of metrics, apart from the time that a write takes

double secondsSinceEpoch() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// A step that the training has given to the writer.
struct Told {
    std::int64_t step = 0;
    double time = 0; ///< of its points
};

/// As a training does: a step every millisecond, to the thread that writes.
[[noreturn]] void trainEndlessly(const std::filesystem::path &file, int channel) {
    const RunId id = RunStore(file).runs().create(sampleRun());
    BackgroundWriter writer(file, id);
    for (Told told{1, secondsSinceEpoch()};; ++told.step, told.time = secondsSinceEpoch()) {
        RunChanges changes;
        for (const char *key : {"loss", "top1"})
            changes.metrics.push_back(
                {key, {told.step, static_cast<double>(told.step) / 10, 0.5, told.time}});
        writer.add(std::move(changes));
        if (::write(channel, &told, sizeof told) != sizeof told)
            ::_exit(1);
        ::usleep(1000);
    }
}

class Training {
  public:
    explicit Training(std::filesystem::path file) : m_file(std::move(file)) {
        int channel[2] = {};
        if (::pipe(channel) != 0)
            qFatal("no pipe");
        m_child = ::fork();
        if (m_child == 0)
            trainEndlessly(m_file, channel[1]);
        ::close(channel[1]);
        m_channel = channel[0];
        (void)!::read(m_channel, &m_last, sizeof m_last); // it has begun
    }
    Training(const Training &) = delete;
    Training &operator=(const Training &) = delete;
    ~Training() { ::close(m_channel); }

    void kill() {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
        while (::read(m_channel, &m_last, sizeof m_last) == sizeof m_last) {
        }
    }
    const std::filesystem::path &file() const { return m_file; }
    const Told &first() const { return m_first; }
    const Told &last() const { return m_last; }

  private:
    std::filesystem::path m_file;
    pid_t m_child = 0;
    int m_channel = 0;
    Told m_last;
    Told m_first{1, secondsSinceEpoch()};
};

/// Steps 1, 2, 3, … without a gap or a double.
bool isComplete(const std::vector<MetricPoint> &curve) {
    for (std::size_t i = 0; i < curve.size(); ++i)
        if (curve[i].step != static_cast<std::int64_t>(i) + 1)
            return false;
    return true;
}

} // namespace

/// Many trainings that are killed at any moment between two writes, and within one.
class TestStoreKills : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void loseAtMostASecondOfMetrics() {
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::unique_ptr<Training>> trainings;
            for (int i = 0; i < together; ++i)
                trainings.push_back(std::make_unique<Training>(
                    folderOf(m_folder) / (std::to_string(round * together + i) + ".sqlite")));
            for (int i = 0; i < together; ++i) {
                ::usleep(static_cast<useconds_t>((round * 7919 + i * 104729) % 120'000));
                trainings[static_cast<std::size_t>(i)]->kill();
            }
            for (const auto &training : trainings)
                check(*training);
        }
        qInfo("%d kills; at most %.2f s of metrics lost", rounds * together, m_lost);
    }

  private:
    void check(const Training &training) {
        QCOMPARE(SQLite::Database(training.file()).execAndGet("PRAGMA integrity_check").getString(),
                 std::string("ok"));
        RunStore store(training.file());
        QCOMPARE(store.recovery().markInterrupted(), std::vector<RunId>{1});
        const std::vector<MetricPoint> curve = store.metrics().curve(1, "loss");
        QVERIFY(isComplete(curve));
        QVERIFY(isSummaryOf(store, 1, "loss", curve) || curve.empty());
        QCOMPARE(store.metrics().curve(1, "top1").size(), curve.size());
        const double until = curve.empty() ? training.first().time : curve.back().time;
        m_lost = std::max(m_lost, training.last().time - until);
        constexpr double slowWrite = 3; // seconds, on a busy machine
        QVERIFY2(training.last().time - until < mostLost + slowWrite,
                 std::to_string(training.last().time - until).c_str());
        const std::int64_t steps = static_cast<std::int64_t>(curve.size());
        store.runs().reopen(1, steps); // it can be resumed
        store.metrics().add(1, lossPoints(steps + 1, steps + 5));
        QCOMPARE(store.metrics().curve(1, "loss").size(), curve.size() + 5);
    }

    QTemporaryDir m_folder;
    double m_lost = 0;
};

SIMCLR_TEST(TestStoreKills, QCoreApplication)
#include "tst_store_kills.moc"
