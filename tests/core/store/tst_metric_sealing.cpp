// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random/random.h"
#include "core/store/metric_sealing.h"
#include "core/store/migrations.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t blockPoints = MetricSealing::blockPoints;

/// A value for each step that is a float32, except at every 100th; some are NaN or infinite.
MetricPoint pointAt(std::int64_t step, double shift = 0) {
    const auto number = static_cast<double>(step);
    double value = static_cast<float>(1.0 / number) + shift;
    if (step % 100 == 0)
        value = 1.0 / number + shift;
    if (step % 157 == 0)
        value = std::numeric_limits<double>::quiet_NaN();
    if (step % 911 == 0)
        value = std::numeric_limits<double>::infinity();
    return {step, number / 195, value, 1.7e9 + 0.1 * number};
}

std::vector<MetricPoint> pointsOf(std::int64_t first, std::int64_t last, std::int64_t increment = 1) {
    std::vector<MetricPoint> points;
    for (std::int64_t step = first; step <= last; step += increment)
        points.push_back(pointAt(step));
    return points;
}

std::vector<KeyedMetric> keyed(const std::string &key, const std::vector<MetricPoint> &points) {
    std::vector<KeyedMetric> all;
    for (const MetricPoint &point : points)
        all.push_back({key, point});
    return all;
}

/// What a curve must be: a map has the semantics of "the last one counts".
using Model = std::map<std::int64_t, MetricPoint>;

std::vector<MetricPoint> valuesOf(const Model &model) {
    std::vector<MetricPoint> points;
    for (const auto &[step, point] : model)
        points.push_back(point);
    return points;
}

} // namespace

/// Points in blocks are read, replaced and cut as if each were a row.
class TestMetricSealing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void sealedPointsAreRead();
    void fewPointsStayRows();
    void metricsOfTheSameStepsShareTheirAxis();
    void sparseMetricsAreNotCutIntoPieces();
    void cutWithinABlock();
    void pointsWithinABlockAreReplaced();
    void pointsThatAreStoredChangeNothing();
    void pointsBetweenBlocks();
    void anyOrderOfChanges();
    void laterPointsReadLaterBlocksOnly();
    void outlineSaysWhatThePointsAre();
    void endedRunsAreSealed();
    void deletedRunsLeaveNothing();
    void rowsOfVersionSevenAreSealed();
    void damagedBlocksAreNamed_data();
    void damagedBlocksAreNamed();

  private:
    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }
    int count(const std::string &what) const {
        return SQLite::Database(file().native()).execAndGet("SELECT COUNT(*) FROM " + what).getInt();
    }
    bool isStored(const std::string &key, const std::vector<MetricPoint> &points) const {
        return areSamePoints(m_store->metrics().curve(m_run, key, -1), points) &&
               isSummaryOf(*m_store, m_run, key, points);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;
    RunId m_run = 0;
};

void TestMetricSealing::init() {
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<RunStore>(file());
    m_run = m_store->runs().create(sampleRun());
}

/// The same before and after, whether they are added one by one or at once.
void TestMetricSealing::sealedPointsAreRead() {
    const std::vector<MetricPoint> points = pointsOf(1, 3 * blockPoints + 7);
    for (std::size_t at = 0; at < points.size(); at += 10) {
        const auto end = points.begin() + static_cast<std::ptrdiff_t>(std::min(at + 10, points.size()));
        m_store->metrics().add(m_run,
                               keyed("small", {points.begin() + static_cast<std::ptrdiff_t>(at), end}));
    }
    m_store->metrics().add(m_run, keyed("large", points));
    QCOMPARE(count("metric_blocks"), 6);
    QVERIFY(isStored("small", points) && isStored("large", points));
    m_store->metrics().seal(m_run);
    QCOMPARE(count("metric_blocks"), 8);
    QCOMPARE(count("metrics"), 0);
    QVERIFY(isStored("small", points) && isStored("large", points));
}

void TestMetricSealing::fewPointsStayRows() {
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, blockPoints - 1)));
    QCOMPARE(count("metric_blocks"), 0);
    QCOMPARE(count("metrics"), static_cast<int>(blockPoints) - 1);
    m_store->metrics().add(m_run, keyed("loss", pointsOf(blockPoints, blockPoints)));
    QCOMPARE(count("metric_blocks"), 1);
    QCOMPARE(count("metrics"), 0);
}

void TestMetricSealing::metricsOfTheSameStepsShareTheirAxis() {
    const std::vector<MetricPoint> everyStep = pointsOf(1, 2 * blockPoints);
    const std::vector<MetricPoint> everySecond = pointsOf(2, 2 * blockPoints, 2);
    m_store->metrics().add(m_run, keyed("loss", everyStep));
    QCOMPARE(count("metric_axes"), 2);
    init();
    std::vector<KeyedMetric> all = keyed("loss", everyStep);
    for (const std::string key : {"top1", "top5"})
        std::ranges::copy(keyed(key, everyStep), std::back_inserter(all));
    std::ranges::copy(keyed("norm", everySecond), std::back_inserter(all));
    m_store->metrics().add(m_run, all);
    QCOMPARE(count("metric_blocks"), 8);
    QCOMPARE(count("metric_axes"), 4);
    for (const std::string key : {"loss", "top1", "top5"})
        QVERIFY(isStored(key, everyStep));
    QVERIFY(isStored("norm", everySecond));
}

void TestMetricSealing::sparseMetricsAreNotCutIntoPieces() {
    const std::vector<MetricPoint> perEpoch = pointsOf(195, 3 * blockPoints, 195);
    m_store->metrics().add(m_run, keyed("alignment", perEpoch));
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, 3 * blockPoints)));
    QCOMPARE(count("metric_blocks"), 3);
    QCOMPARE(count("metrics"), static_cast<int>(perEpoch.size()));
    m_store->metrics().seal(m_run);
    QCOMPARE(count("metric_blocks"), 4);
    QVERIFY(isStored("alignment", perEpoch));
}

void TestMetricSealing::cutWithinABlock() {
    const std::int64_t all = 3 * blockPoints + 50;
    for (const std::int64_t step : {all, all - 1, 3 * blockPoints, 3 * blockPoints - 1, blockPoints + 1,
                                    blockPoints, std::int64_t{300}, std::int64_t{1}, std::int64_t{0}}) {
        init();
        m_store->metrics().add(m_run, keyed("loss", pointsOf(1, all)));
        m_store->metrics().add(m_run, keyed("alignment", pointsOf(100, all, 100)));
        m_store->metrics().seal(m_run);
        m_store->metrics().removeAfter(m_run, step);
        QVERIFY2(isStored("loss", pointsOf(1, step)), std::to_string(step).c_str());
        QVERIFY(isStored("alignment", pointsOf(100, step, 100)));
        QCOMPARE(count("metric_axes WHERE id NOT IN (SELECT axis FROM metric_blocks)"), 0);
        m_store->metrics().add(m_run, keyed("loss", pointsOf(step + 1, all)));
        QVERIFY(isStored("loss", pointsOf(1, all)));
    }
    QCOMPARE(m_store->metrics().keys(m_run), std::vector<std::string>{"loss"});
}

/// The other metrics of the block's axis keep their times.
void TestMetricSealing::pointsWithinABlockAreReplaced() {
    std::vector<MetricPoint> points = pointsOf(1, 2 * blockPoints + 20);
    m_store->metrics().add(m_run, keyed("loss", points));
    m_store->metrics().add(m_run, keyed("top1", points));
    const std::vector<MetricPoint> before = points;
    for (const std::int64_t step : {std::int64_t{1}, std::int64_t{5}, blockPoints, blockPoints + 1}) {
        MetricPoint &changed = points[static_cast<std::size_t>(step - 1)];
        changed.value = -static_cast<double>(step);
        changed.time += 1;
        m_store->metrics().add(m_run, keyed("loss", {changed}));
        QVERIFY(isStored("loss", points));
    }
    QVERIFY(isStored("top1", before));
    QCOMPARE(count("metrics"), 40);
    QCOMPARE(count("metric_blocks"), 4);
}

void TestMetricSealing::pointsThatAreStoredChangeNothing() {
    const std::vector<MetricPoint> points = pointsOf(1, blockPoints + 300);
    m_store->metrics().add(m_run, keyed("loss", points));
    SQLite::Database database(file().native());
    const auto axis = [&] { return database.execAndGet("SELECT axis FROM metric_blocks").getInt(); };
    const int before = axis();
    m_store->metrics().add(m_run, keyed("loss", points));
    QCOMPARE(axis(), before);
    QCOMPARE(count("metrics"), 300);
    QVERIFY(isStored("loss", points));
}

/// Blocks never overlap, in whatever order points come.
void TestMetricSealing::pointsBetweenBlocks() {
    m_store->metrics().add(m_run, keyed("loss", pointsOf(10'001, 10'000 + blockPoints)));
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, 100)));
    m_store->metrics().add(m_run, keyed("loss", pointsOf(20'001, 20'100)));
    m_store->metrics().seal(m_run);
    QCOMPARE(count("metric_blocks"), 3);
    std::vector<MetricPoint> points = pointsOf(1, 100);
    for (const auto &[first, last] :
         {std::pair<std::int64_t, std::int64_t>{10'001, 10'000 + blockPoints}, {20'001, 20'100}})
        std::ranges::copy(pointsOf(first, last), std::back_inserter(points));
    QVERIFY(isStored("loss", points));
    m_store->metrics().add(m_run, keyed("loss", {pointAt(5000), pointAt(50, 1), pointAt(15'000)}));
    points[49] = pointAt(50, 1);
    points.insert(points.begin() + 100, pointAt(5000));
    points.insert(points.end() - 100, pointAt(15'000));
    QVERIFY(isStored("loss", points));
}

/// Thousands of random changes of a curve and of a model of it.
void TestMetricSealing::anyOrderOfChanges() {
    RandomStream stream({5, Purpose::Initialisation, 0, 0, 0});
    Model model;
    std::int64_t mostBlocks = 0;
    for (int change = 0; change < 400; ++change) {
        const std::uint32_t kind = stream.below(20);
        const std::int64_t end = model.empty() ? 0 : model.rbegin()->first;
        if (kind == 0) {
            m_store->metrics().seal(m_run);
        } else if (kind == 1) {
            const std::int64_t step = stream.below(static_cast<std::uint32_t>(end + 1));
            m_store->metrics().removeAfter(m_run, step);
            model.erase(model.upper_bound(step), model.end());
        } else {
            const bool isLater = kind < 16;
            const std::int64_t first =
                1 + (isLater ? end : stream.below(static_cast<std::uint32_t>(end + 1)));
            const std::vector<MetricPoint> points =
                isLater ? pointsOf(first, first + stream.below(900), 1 + stream.below(2))
                        : std::vector{pointAt(first, change), pointAt(first + stream.below(2000), change)};
            m_store->metrics().add(m_run, keyed("loss", points));
            for (const MetricPoint &point : points)
                model.insert_or_assign(point.step, point);
        }
        QVERIFY2(isStored("loss", valuesOf(model)), std::to_string(change).c_str());
        mostBlocks = std::max<std::int64_t>(mostBlocks, count("metric_blocks"));
    }
    QVERIFY2(mostBlocks > 3, std::to_string(mostBlocks).c_str());
    QCOMPARE(
        count(
            "metric_blocks a JOIN metric_blocks b USING (run, metric) WHERE a.first_step < b.first_step AND "
            "a.last_step >= b.first_step"),
        0);
}

/// Blocks that end before are not decoded: damage to them is not noticed.
void TestMetricSealing::laterPointsReadLaterBlocksOnly() {
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, 3 * blockPoints + 10)));
    SQLite::Database(file().native(), SQLite::OPEN_READWRITE)
        .exec("UPDATE metric_blocks SET data = x'' WHERE first_step = 1");
    const auto curve = m_store->metrics().curve(m_run, "loss", blockPoints);
    QVERIFY(areSamePoints(curve, pointsOf(blockPoints + 1, 3 * blockPoints + 10)));
    const std::string message =
        thrownMessage<StorageError>([&] { m_store->metrics().curve(m_run, "loss", blockPoints - 1); });
    QVERIFY2(contains(message, "run 1 from step 1 is invalid"), message.c_str());
    QVERIFY(m_store->metrics().curve(m_run, "loss", std::numeric_limits<std::int64_t>::max()).empty());
}

void TestMetricSealing::outlineSaysWhatThePointsAre() {
    const std::int64_t all = 3 * blockPoints + 50;
    const std::vector<MetricPoint> points = pointsOf(1, all);
    m_store->metrics().add(m_run, keyed("loss", points));
    const CurveOutline outline = m_store->metrics().outline(m_run, "loss", 1, all);
    QCOMPARE(outline.size(), std::size_t{4});
    std::size_t at = 0;
    for (const OutlinePart &part : outline) {
        const auto begin = points.begin() + static_cast<std::ptrdiff_t>(at);
        const std::vector<MetricPoint> own(begin, begin + static_cast<std::ptrdiff_t>(part.count));
        QVERIFY(isSamePoint(part.first, own.front()));
        QVERIFY(isSummaryOf(part, own));
        at += own.size();
    }
    QCOMPARE(at, points.size());
    QCOMPARE(m_store->metrics().outline(m_run, "loss", blockPoints + 5, blockPoints + 6).size(),
             std::size_t{1});
    QCOMPARE(m_store->metrics().outline(m_run, "loss", blockPoints, blockPoints + 1).size(), std::size_t{2});
    QVERIFY(m_store->metrics().outline(m_run, "loss", all + 1, all + 9).empty());
    QVERIFY(m_store->metrics().outline(m_run, "loss", 9, 8).empty());
    QVERIFY(m_store->metrics().outline(m_run, "none", 1, all).empty());
}

void TestMetricSealing::endedRunsAreSealed() {
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, 50)));
    m_store->metrics().add(m_run, keyed("alignment", pointsOf(50, 50)));
    m_store->runs().finish(m_run, RunStatus::Cancelled, "", "");
    QCOMPARE(count("metrics"), 0);
    QVERIFY(isStored("loss", pointsOf(1, 50)) && isStored("alignment", pointsOf(50, 50)));
    m_store->runs().reopen(m_run, 40);
    QCOMPARE(m_store->runs().one(m_run).lastEpoch, pointAt(40).epoch);
    m_store->metrics().add(m_run, keyed("loss", pointsOf(41, 60)));
    QVERIFY(isStored("loss", pointsOf(1, 60)) && isStored("alignment", {}));
}

void TestMetricSealing::deletedRunsLeaveNothing() {
    const RunId other = m_store->runs().create(sampleRun());
    for (const RunId run : {m_run, other}) {
        m_store->metrics().add(run, keyed("loss", pointsOf(1, blockPoints + 10)));
        m_store->runs().finish(run, RunStatus::Completed, "", "");
    }
    m_store->runs().remove(m_run);
    QCOMPARE(count("metric_blocks"), 2);
    QCOMPARE(count("metric_axes"), 2);
    QCOMPARE(count("metric_summaries"), 1);
    QVERIFY(areSamePoints(m_store->metrics().curve(other, "loss"), pointsOf(1, blockPoints + 10)));
}

void TestMetricSealing::rowsOfVersionSevenAreSealed() {
    const std::vector<MetricPoint> points = pointsOf(1, 3 * blockPoints);
    const std::vector<MetricPoint> perEpoch = pointsOf(195, 3 * blockPoints, 195);
    const fs::path old = folderOf(*m_directory) / "old.sqlite";
    {
        SQLite::Database database(old.native(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(database, old, storeMigrations().first(7));
        database.exec(
            "INSERT INTO runs (name, status, config, pipeline, dataset_source, dataset_title, "
            "dataset_fingerprint, dataset_train, dataset_validation, dataset_test, dataset_classes, "
            "dataset_broken, seed, device, precision, program_version, libraries, created, total_steps, "
            "total_epochs, process_number, process_start, process_boot) VALUES ('old', 'completed', '{}', "
            "'{}', 'shapes', 'Shapes', 'aa', 1, 1, 1, 2, 0, 1, 'cpu', 'fp32', '0.1', '{}', 1, 10, 2, 1, 1, "
            "''); "
            "INSERT INTO metric_keys VALUES (1, 'loss'), (2, 'top1'), (3, 'alignment')");
        SQLite::Statement insert(database, "INSERT INTO metrics VALUES (1, ?, ?, ?, ?, ?)");
        const auto add = [&](int metric, const std::vector<MetricPoint> &all) {
            for (const MetricPoint &point : all) {
                insert.bind(1, metric);
                insert.bind(2, point.step);
                insert.bind(3, point.epoch);
                insert.bind(4, point.value);
                insert.bind(5, point.time);
                insert.exec();
                insert.reset();
            }
        };
        add(1, points);
        add(2, points);
        add(3, perEpoch);
    }
    m_store = std::make_unique<RunStore>(old);
    for (const std::string key : {"loss", "top1"})
        QVERIFY(isStored(key, points));
    QVERIFY(isStored("alignment", perEpoch));
    SQLite::Database database(old.native());
    QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM metrics").getInt(), 0);
    QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM metric_blocks").getInt(), 7);
    QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM metric_axes").getInt(), 4);
}

void TestMetricSealing::damagedBlocksAreNamed_data() {
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *change, const char *told) {
        QTest::newRow(change) << QByteArray(change) << QByteArray(told);
    };
    const char *block = "a block of metrics of run 1 from step 1 is invalid";
    const char *number = "the metrics of run 1 have an impossible number of points";
    row("UPDATE metric_blocks SET data = substr(data, 1, 100)", block);
    row("UPDATE metric_blocks SET data = data || x'00'", block);
    row("UPDATE metric_blocks SET data = x''", block);
    row("UPDATE metric_blocks SET data = 'text'", block);
    row("UPDATE metric_blocks SET data = zeroblob(1000000)", block);
    row("UPDATE metric_blocks SET data = x'02000000000000000000000000000000000000'", block);
    row("UPDATE metric_blocks SET axis = 77", block);
    row("UPDATE metric_blocks SET count = count - 1", block);
    row("UPDATE metric_blocks SET count = 0", number);
    row("UPDATE metric_blocks SET count = -1", number);
    row("UPDATE metric_blocks SET count = 9223372036854775807", number);
    row("UPDATE metric_blocks SET nan_count = count + 1", number);
    row("UPDATE metric_blocks SET last_step = last_step + 5", block);
    row("UPDATE metric_axes SET data = substr(data, 1, 100)", block);
    row("UPDATE metric_axes SET data = zeroblob(51)", block); // all steps are 0
    row("UPDATE metric_axes SET data = ''", block);
    row("UPDATE metric_axes SET run = 99", block);
    row("DELETE FROM metric_axes", block);
}

void TestMetricSealing::damagedBlocksAreNamed() {
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, told);
    m_store->metrics().add(m_run, keyed("loss", pointsOf(1, blockPoints)));
    SQLite::Database(file().native(), SQLite::OPEN_READWRITE).exec(change.toStdString());
    const std::string whole =
        "the run database " + displayName(file()) + " is damaged: " + told.toStdString();
    const auto isTold = [&](const std::string &message) {
        if (isClearMessage(message, whole))
            return true;
        qWarning("%s", message.c_str());
        return false;
    };
    QVERIFY(isTold(thrownMessage<StorageError>([&] { m_store->metrics().curve(m_run, "loss"); })));
    QVERIFY(isTold(thrownMessage<StorageError>([&] { m_store->metrics().removeAfter(m_run, 10); })));
    QVERIFY(isTold(thrownMessage<StorageError>(
        [&] { m_store->metrics().add(m_run, keyed("loss", {pointAt(10, 1)})); })));
    QCOMPARE(m_store->metrics().summaries(m_run).size(), std::size_t{1}); // nothing was changed
    QCOMPARE(count("metrics"), 0);
}

SIMCLR_TEST(TestMetricSealing)
#include "tst_metric_sealing.moc"
