// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/error.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <limits>

using namespace simclr;
using namespace simclr::test;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

std::vector<KeyedMetric> valuesAt(const std::string &key, std::int64_t firstStep,
                                  const std::vector<double> &values) {
    std::vector<KeyedMetric> points;
    for (const double value : values) {
        points.push_back({key, {firstStep, static_cast<double>(firstStep) / 10, value, 1e9}});
        ++firstStep;
    }
    return points;
}

} // namespace

/// Last, lowest and highest values beside the curves.
class TestMetricSummaries : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;

    MetricSummary only(RunId run) const { return m_store->metrics().summaries(run).at(0); }

  private Q_SLOTS:
    void init() {
        m_store.reset();
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(folderOf(*m_directory) / "runs.sqlite");
    }

    void growsWithThePoints() {
        const RunId run = m_store->runs().create(sampleRun());
        QVERIFY(m_store->metrics().summaries(run).empty());
        m_store->metrics().add(run, valuesAt("loss", 1, {notANumber, 3}));
        m_store->metrics().add(run, valuesAt("loss", 3, {5, 2, 5, 2, notANumber}));
        const MetricSummary loss = only(run);
        QCOMPARE(loss.key, std::string("loss"));
        QCOMPARE(loss.count, std::int64_t{7});
        QCOMPARE(loss.nanCount, std::int64_t{2});
        QCOMPARE(loss.last.step, std::int64_t{7});
        QCOMPARE(loss.last.epoch, 0.7);
        QVERIFY(std::isnan(loss.last.value));
        QCOMPARE(loss.low->value, 2.0);
        QCOMPARE(loss.low->step, std::int64_t{4}); // the first of the equal ones
        QCOMPARE(loss.low->epoch, 0.4);
        QCOMPARE(loss.high->value, 5.0);
        QCOMPARE(loss.high->step, std::int64_t{3});
    }

    void onlyNanHasNoExtremes() {
        const RunId run = m_store->runs().create(sampleRun());
        m_store->metrics().add(run, valuesAt("loss", 1, {notANumber, notANumber}));
        QCOMPARE(only(run).nanCount, std::int64_t{2});
        QVERIFY(!only(run).low && !only(run).high);
        m_store->metrics().add(run, valuesAt("loss", 3, {1}));
        QCOMPARE(only(run).low->value, 1.0);
    }

    /// The replaced value was the highest.
    void isRightAfterAReplacement() {
        const RunId run = m_store->runs().create(sampleRun());
        m_store->metrics().add(run, valuesAt("loss", 1, {1, 9, 3}));
        m_store->metrics().add(run, valuesAt("loss", 2, {2}));
        QCOMPARE(only(run).count, std::int64_t{3});
        QCOMPARE(only(run).high->value, 3.0);
    }

    void theLastOfDoublesInOneCallCounts() {
        const RunId run = m_store->runs().create(sampleRun());
        std::vector<KeyedMetric> points = valuesAt("loss", 1, {1, 9});
        points.push_back(points.back());
        points.back().point.value = 4;
        m_store->metrics().add(run, points);
        QCOMPARE(only(run).count, std::int64_t{2});
        QCOMPARE(only(run).high->value, 4.0);
        QCOMPARE(m_store->metrics().curve(run, "loss").back().value, 4.0);
    }

    void manyRunsAtOnce() {
        std::vector<RunId> runs;
        for (int i = 0; i < 5; ++i) {
            runs.push_back(m_store->runs().create(sampleRun()));
            m_store->metrics().add(runs.back(), valuesAt("loss", 1, {1.0 * i}));
            if (i % 2 == 0)
                m_store->metrics().add(runs.back(), valuesAt("top1", 1, {0.1 * i}));
        }
        const std::vector<RunId> wanted{runs[1], runs[2], runs[4], 99};
        const std::vector<std::string> keys{"top1", "loss", "unknown"};
        const auto found = m_store->metrics().summaries(wanted, keys);
        QCOMPARE(found.size(), std::size_t{3});
        QCOMPARE(found.at(runs[1]).size(), std::size_t{1});
        QCOMPARE(found.at(runs[2]).size(), std::size_t{2});
        QCOMPARE(found.at(runs[4]).at(0).key, std::string("top1"));
        QCOMPARE(found.at(runs[4]).at(0).last.value, 0.4);
        QCOMPARE(found.at(runs[4]).at(1).last.value, 4.0);
        QVERIFY(m_store->metrics().summaries(std::vector<RunId>(), keys).empty());
        QVERIFY(m_store->metrics().summaries(wanted, std::vector<std::string>()).empty());
    }

    /// A text from a file is only ever a value.
    void hostileNames() {
        const RunId run = m_store->runs().create(sampleRun());
        const std::string name = "'; DROP TABLE runs; --";
        m_store->metrics().add(run, valuesAt(name, 1, {1}));
        QCOMPARE(only(run).key, name);
        const std::vector<std::string> keys{name};
        QCOMPARE(m_store->metrics().summaries(std::vector<RunId>{run}, keys).size(), std::size_t{1});
    }

    void impossibleCountsAreReported() {
        const RunId run = m_store->runs().create(sampleRun());
        m_store->metrics().add(run, valuesAt("loss", 1, {1}));
        SQLite::Database((folderOf(*m_directory) / "runs.sqlite").native(), SQLite::OPEN_READWRITE)
            .exec("UPDATE metric_summaries SET count = 9223372036854775807");
        const std::string part = "is damaged: the metrics of run 1 have an impossible number of points";
        QVERIFY(contains(thrownMessage<StorageError>([&] { m_store->metrics().summaries(run); }), part));
        QVERIFY(contains(
            thrownMessage<StorageError>([&] { m_store->metrics().add(run, valuesAt("loss", 2, {1})); }),
            part));
    }
};

SIMCLR_TEST(TestMetricSummaries)
#include "tst_metric_summaries.moc"
