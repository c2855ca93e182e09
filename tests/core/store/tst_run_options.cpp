// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/pipeline_hash.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>
#include <limits>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

NewRun withConfig(const Json &config) {
    NewRun run = sampleRun();
    run.config = config;
    return run;
}

std::string valueText(const std::string &text) {
    return "\"" + text + "\"";
}

/// 256 and 256.0 are one value.
template <typename Number>
std::string valueText(Number number) {
    return toLine(wholeOrNot(static_cast<double>(number)));
}

/// `256 2, "auto" 1`.
std::string countsOf(const RunStore &store, const std::string &path) {
    std::string text;
    for (const OptionCount &count : store.options().values(path))
        text += (text.empty() ? "" : ", ") +
                std::visit([](const auto &value) { return valueText(value); }, count.value) + " " +
                std::to_string(count.runs);
    return text;
}

std::string planOf(SQLite::Database &database, const std::string &select) {
    SQLite::Statement plan(database, "EXPLAIN QUERY PLAN " + select);
    std::string text;
    while (plan.executeStep())
        text += plan.getColumn(3).getString() + "\n";
    return text;
}

Json pipelineOf(const std::string &text) {
    return parseJson(text, "test");
}

} // namespace

/// The options of runs as rows, and the columns of plain results.
class TestRunOptions : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;

    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }

  private Q_SLOTS:
    void init() {
        m_store.reset();
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(file());
    }

    void everyValueKeepsItsType() {
        const OptionValues values = flatOptions(withConfig({{"encoder", "resnet18"},
                                                            {"batch", 256},
                                                            {"width", 0.25},
                                                            {"warmup", 1.0},
                                                            {"nesterov", true},
                                                            {"semi_hard", false},
                                                            {"nothing", nullptr},
                                                            {"list", {1, "b"}},
                                                            {"deep", {{"er", {{"est", 3}}}}},
                                                            {"none", Json::object()}}));
        const OptionValues expected{
            {"encoder", "resnet18"},
            {"batch", std::int64_t{256}},
            {"width", 0.25},
            {"warmup", 1.0},
            {"nesterov", std::int64_t{1}},
            {"semi_hard", std::int64_t{0}},
            {"list", R"([1,"b"])"},
            {"deep.er.est", std::int64_t{3}},
            {"pipeline", "SimCLR"},
            {"pipeline_hash", pipelineHash(sampleRun().pipeline)},
        };
        QVERIFY(values == expected);
        QVERIFY(flatOptions(withConfig({{"huge", std::numeric_limits<std::uint64_t>::max()}})).at("huge") ==
                OptionValue(1.8446744073709552e19));
    }

    void importedRunHasNoPipeline() {
        NewRun imported = sampleRun();
        imported.totalEpochs = 0;
        QVERIFY(!flatOptions(imported).contains("pipeline"));
        QVERIFY(!flatOptions(imported).contains("pipeline_hash"));
    }

    void hashIsOfWhatThePipelineDoes() {
        const std::string crop = pipelineHash(pipelineOf(
            R"({"name":"a","steps":[{"operation":"crop","enabled":true,"parameters":{"area":[0.5,1]}}]})"));
        for (
            const char *same :
            {R"({"format":"simclr-pipeline","version":2,"name":"b","steps":[{"parameters":{"area":[0.5,1.0]},"operation":"crop"}]})",
             R"({"steps":[{"operation":"flip","enabled":false},{"operation":"crop","parameters":{"area":[0.5,1]}}]})"})
            QCOMPARE(pipelineHash(pipelineOf(same)), crop);
        for (const char *other :
             {R"({"steps":[{"operation":"crop","parameters":{"area":[0.5,0.9]}}]})", R"({"steps":[]})",
              R"({"steps":[{"operation":"crop","parameters":{"area":[0.5,1]}}],"second_view_steps":[]})",
              R"({"steps":[{"operation":"crop","parameters":{"area":[1,0.5]}}]})"})
            QVERIFY2(pipelineHash(pipelineOf(other)) != crop, other);
        QCOMPARE(crop.size(), std::size_t{64});
    }

    void createdRunHasItsOptions() {
        const RunId run = m_store->runs().create(sampleRun());
        const auto options = m_store->options().of(std::array<RunId, 2>{run, 99});
        QVERIFY(options.at(run) == flatOptions(sampleRun()));
        QVERIFY(options.at(99).empty());
        m_store->runs().finish(run, RunStatus::Cancelled, "", "");
        m_store->runs().replaceDataset(run, sampleRun().dataset);
        m_store->runs().reopen(run, 0);
        QVERIFY(m_store->options().of(std::array<RunId, 1>{run}).at(run) == flatOptions(sampleRun()));
        m_store->options().set(run, withConfig({{"batch", 1}}));
        QCOMPARE(m_store->options().of(std::array<RunId, 1>{run}).at(run).size(), std::size_t{3});
    }

    void valuesAndPathsAreCounted() {
        for (const Json &batch : {Json(512), Json(256), Json(256.0), Json("auto"), Json(nullptr)})
            m_store->runs().create(withConfig({{"batch", batch}, {"epochs", 10}}));
        QCOMPARE(countsOf(*m_store, "batch"), std::string("256 2, 512 1, \"auto\" 1"));
        QCOMPARE(countsOf(*m_store, "unknown"), std::string());
        std::map<std::string, std::int64_t> paths;
        for (const OptionPath &path : m_store->options().paths())
            paths[path.path] = path.runs;
        const std::map<std::string, std::int64_t> expected{
            {"batch", 4}, {"epochs", 5}, {"pipeline", 5}, {"pipeline_hash", 5}};
        QVERIFY(paths == expected);
        const auto column = m_store->options().column("batch");
        QCOMPARE(column.size(), std::size_t{4});
        QVERIFY(column.at(4) == OptionValue("auto"));
    }

    void trashIsNotCounted() {
        for (const int batch : {256, 512})
            m_store->runs().finish(m_store->runs().create(withConfig({{"batch", batch}})),
                                   RunStatus::Completed, "", "");
        m_store->annotations().moveToTrash(std::array<RunId, 1>{1});
        QCOMPARE(countsOf(*m_store, "batch"), std::string("512 1"));
        QCOMPARE(m_store->options().paths().at(0).runs, std::int64_t{1});
        m_store->runs().remove(2);
        QVERIFY(m_store->options().paths().empty());
    }

    void resultsKnowWhetherTheyArePlain() {
        const RunId run = m_store->runs().create(sampleRun());
        Result fewLabels = measured("linear", "test", 12, 0.3);
        fewLabels.key.scope.labels = 0.1;
        Result withinEpoch = measured("linear", "test", 11, 0.4);
        withinEpoch.key.place.step = 115;
        for (const Result &result : {measured("linear", "test", 0, 0.1), measured("linear", "test", 10, 0.5),
                                     measured("knn", "test", 10, 0.6), fewLabels, withinEpoch})
            m_store->results().add(run, result);
        const auto newest = [&] {
            SQLite::Database database(file().native(), SQLite::OPEN_READONLY);
            return database
                .execAndGet(
                    "SELECT IFNULL((SELECT value FROM results WHERE plain = 1 AND protocol = 'linear' "
                    "AND split = 'test' AND run = 1 ORDER BY epoch DESC LIMIT 1), 'none')")
                .getString();
        };
        QCOMPARE(newest(), std::string("0.5"));
        QCOMPARE(latestResult(m_store->runs().one(run), Protocol::Linear, Split::Test)->value, 0.5);
        m_store->runs().replaceDataset(run, sampleRun().dataset); // results are of the earlier images
        QCOMPARE(newest(), std::string("none"));
    }

    void queriesUseTheIndexes() {
        SQLite::Database database(file().native(), SQLite::OPEN_READONLY);
        const std::string newest =
            planOf(database, "SELECT run, value, MAX(epoch) FROM results WHERE plain = 1 AND protocol = "
                             "'linear' AND split = 'test' GROUP BY run");
        QVERIFY2(contains(newest, "USING COVERING INDEX results_plain"), newest.c_str());
        QVERIFY2(!contains(newest, "TEMP"), newest.c_str());
        const std::string filter =
            planOf(database, "SELECT run FROM run_options WHERE option = 1 AND value = 2");
        QVERIFY2(contains(filter, "USING PRIMARY KEY (option=?)"), filter.c_str());
        const std::string ofRun = planOf(database, "SELECT value FROM run_options WHERE run = 1");
        QVERIFY2(contains(ofRun, "run_options_by_run"), ofRun.c_str());
    }
};

SIMCLR_TEST(TestRunOptions)
#include "tst_run_options.moc"
