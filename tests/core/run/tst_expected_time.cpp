// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expected_time.h"
#include "core/run/run.h"
#include "core/store/connection.h"
#include "tests/core/run/tiny_run.h"
#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

namespace {

RunTime timeOf(const RunConfiguration &configuration, double seconds) {
    return {trainOptionsDescription().toJson(configuration.options), toJson(configuration.pipeline),
            configuration.options.epochs, seconds};
}

} // namespace

class TestExpectedTime : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void medianOfEqualShapesPerEpoch() {
        RunConfiguration wanted = tinyRun();
        QVERIFY(!expectedSeconds(wanted, {}));
        RunConfiguration larger = wanted;
        larger.options.batch = 8;
        RunConfiguration other = wanted;
        other.pipeline = pipelineByName("crop-only");
        std::vector<RunTime> runs{timeOf(larger, 999), timeOf(other, 999)};
        QVERIFY(!expectedSeconds(wanted, epochTimes(runs)));
        for (const double seconds : {30.0, 3000.0, 33.0}) // one was paused
            runs.push_back(timeOf(wanted, seconds));
        wanted.options.seed = 77; // the same work
        wanted.options.learningRate = 0.9;
        wanted.pipeline.name = "renamed";
        QCOMPARE(*expectedSeconds(wanted, epochTimes(runs)), 33.0);
        wanted.options.epochs *= 2;
        QCOMPARE(*expectedSeconds(wanted, epochTimes(runs)), 66.0);
    }

    void recordsOfOtherVersionsAreLeftOut() {
        RunTime newer = timeOf(tinyRun(), 5);
        newer.config["option_of_a_newer_version"] = 1;
        const std::vector<RunTime> runs{newer};
        QVERIFY(epochTimes(runs).empty());
    }

    void readsTheStore() {
        NewDatabases newFile;
        const auto file = newFile();
        const DatasetPtr shapes = openDataset("shapes");
        QVERIFY(executeRun(tinyRun(), shapes, file, {}, {}).end == RunEnd::Completed);
        Connection connection(file, Connection::Access::ReadOnly);
        const std::vector<RunTime> runs = runTimes(connection, shapes->fingerprint(), 10);
        QCOMPARE(runs.size(), std::size_t{1});
        QCOMPARE(runs[0].epochs, std::int64_t{3});
        QVERIFY(expectedSeconds(tinyRun(), epochTimes(runs)).value_or(0) > 0);
        QVERIFY(runTimes(connection, "others", 10).empty());
        QVERIFY(runTimes(connection, shapes->fingerprint(), 0).empty());
    }
};

SIMCLR_TEST(TestExpectedTime)
#include "tst_expected_time.moc"
