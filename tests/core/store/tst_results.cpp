// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"
#include "core/store/prediction_bytes.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <limits>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

ResultRecord resultWith(const ResultScope &scope, double value) {
    ResultRecord result{"linear", "test", 10, value, {{"l2", 0.1}}};
    result.scope = scope;
    return result;
}

ResultScope tenPercent() {
    ResultScope scope;
    scope.labels = 0.1;
    return scope;
}

/// As versions 1 and 2 did.
void insertOldRun(SQLite::Database &database) {
    database.exec("INSERT INTO runs (name, status, config, pipeline, dataset_source, dataset_title, "
                  "dataset_fingerprint, dataset_train, dataset_validation, dataset_test, "
                  "dataset_classes, dataset_broken, seed, device, precision, program_version, libraries, "
                  "created, total_steps, total_epochs, process_number, process_start, process_boot) "
                  "VALUES ('old', 'completed', '{}', '{}', 's', 't', 'f', 1, 1, 1, 1, 0, 1, 'cpu', "
                  "'fp32', '0', '{}', 1, 10, 1, 0, 0, '')");
}

std::shared_ptr<const Predictions> somePredictions(std::int32_t predicted) {
    return std::make_shared<const Predictions>(
        Predictions{{5, 1 << 20, std::numeric_limits<std::int32_t>::max()}, {0, 1, 2}, {0, 1, predicted}});
}

} // namespace

/// Results of unlike scopes beside each other, and the predictions behind them.
class TestResults : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }

  private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void scopesStandBesideEachOther() {
        RunStore store(file());
        const RunId id = store.createRun(sampleRun());
        ResultScope z;
        z.features = "z";
        ResultScope seeded = tenPercent();
        seeded.seed = 3;
        ResultScope flowers;
        flowers.dataset = std::string(64, 'f');
        flowers.datasetTitle = "Flowers";
        ResultScope brief;
        brief.options = "epochs 5";
        double value = 0.1;
        for (const ResultScope &scope : {ResultScope{}, z, tenPercent(), seeded, flowers, brief})
            store.addResult(id, resultWith(scope, value += 0.1));
        store.addResult(id, resultWith(tenPercent(), 0.9)); // in place of the earlier one
        const RunRecord run = store.run(id);
        QCOMPARE(run.results.size(), std::size_t{6});
        QCOMPARE(latestResult(run, "linear", "test")->value, 0.2);
        const auto found = std::ranges::find_if(
            run.results, [&](const ResultRecord &result) { return result.scope.isSame(flowers); });
        QCOMPARE(found->scope.datasetTitle, std::string("Flowers"));
        QCOMPARE(store.runs().at(0).results.size(), std::size_t{6});
        const Json json = toJson(run, false)["results"];
        QCOMPARE(json[0]["labels"].get<double>(), 1.0);
        QVERIFY(!json[0].contains("dataset") && !json[0].contains("options"));
        QVERIFY(std::ranges::any_of(json, [](const Json &result) {
            return result.contains("options") && result["options"] == "epochs 5";
        }));
        QVERIFY(std::ranges::any_of(json, [](const Json &result) {
            return result.contains("dataset") && result["dataset"]["title"] == "Flowers";
        }));
    }

    void predictionsComeBack() {
        RunStore store(file());
        const RunId id = store.createRun(sampleRun());
        ResultRecord plain = resultWith({}, 0.5);
        plain.predictions = somePredictions(0);
        ResultRecord few = resultWith(tenPercent(), 0.5);
        few.predictions = somePredictions(2);
        ResultRecord brief = resultWith({}, 0.5);
        brief.scope.options = "epochs 5";
        brief.predictions = somePredictions(1);
        store.addResult(id, plain);
        store.addResult(id, few);
        store.addResult(id, brief);
        QVERIFY(*store.predictions(id, plain) == *plain.predictions);
        QVERIFY(*store.predictions(id, brief) == *brief.predictions);
        QVERIFY(*store.predictions(id, few) == *few.predictions);
        few.predictions = nullptr;
        store.addResult(id, few); // what stood behind the old value is not what stands behind this one
        QVERIFY(!store.predictions(id, few).has_value());
        store.finishRun(id, RunStatus::Completed, "", "");
        store.remove(id);
        QCOMPARE(SQLite::Database(file()).execAndGet("SELECT COUNT(*) FROM predictions").getInt(), 0);
    }

    void bytesHaveTheLowestFirst() {
        QCOMPARE(toBytes({1, 258, -1}), std::string("\1\0\0\0\2\1\0\0\xff\xff\xff\xff", 12));
        const std::vector<std::int32_t> numbers{0, 1, -7, std::numeric_limits<std::int32_t>::min()};
        QVERIFY(fromBytes(toBytes(numbers)) == numbers);
        QVERIFY(isClearMessage(thrownMessage<StorageError>([] { fromBytes("abc"); }), "cut off"));
    }

    void resultsOfTheFirstVersionKeepTheirMeaning() {
        {
            SQLite::Database old(file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            migrate(old, file(), storeMigrations().first(1));
            QCOMPARE(old.execAndGet("PRAGMA user_version").getInt(), 1);
            insertOldRun(old);
            old.exec(
                "INSERT INTO results (run, protocol, split, epoch, value, detail) VALUES "
                "(1, 'linear', 'test', 0, 0.25, '{}'), (1, 'knn', 'test', 1, 0.75, '{\"neighbours\": 200}')");
        }
        RunStore store(file());
        QVERIFY(fs::exists(file().native() + ".v1.backup"));
        RunRecord run = store.run(1);
        QCOMPARE(run.results.size(), std::size_t{2});
        QVERIFY(run.results[0].scope.isPlain() && run.results[1].scope.isPlain());
        QCOMPARE(latestResult(run, "knn", "test")->value, 0.75);
        QCOMPARE(latestResult(run, "knn", "test")->detail["neighbours"].get<int>(), 200);
        QVERIFY(!store.predictions(1, run.results[0]).has_value());
        store.addResult(1, {"knn", "test", 1, 0.5, nullptr});
        QCOMPARE(store.run(1).results.size(), std::size_t{2});
    }

    /// A table that is made anew must not take what refers to it along.
    void predictionsOfTheSecondVersionAreKept() {
        const Predictions expected = *somePredictions(2);
        {
            SQLite::Database old(file(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            migrate(old, file(), storeMigrations().first(2));
            old.exec("PRAGMA foreign_keys = ON");
            insertOldRun(old);
            old.exec("INSERT INTO results (id, run, protocol, split, epoch, value, detail, features, labels, "
                     "seed, dataset, dataset_title) VALUES "
                     "(7, 1, 'linear', 'test', 10, 0.5, '{}', 'h', 0.1, 0, '', '')");
            SQLite::Statement insert(old, "INSERT INTO predictions VALUES (7, ?, ?, ?)");
            int place = 0;
            for (const auto *numbers : {&expected.samples, &expected.labels, &expected.predicted}) {
                const std::string bytes = toBytes(*numbers);
                insert.bind(++place, bytes.data(), static_cast<int>(bytes.size()));
            }
            insert.exec();
        }
        RunStore store(file());
        QVERIFY(fs::exists(file().native() + ".v2.backup"));
        const RunRecord run = store.run(1);
        QCOMPARE(run.results.size(), std::size_t{1});
        QVERIFY(run.results[0].scope.isSame(tenPercent()));
        QVERIFY(*store.predictions(1, run.results[0]) == expected);
        store.addResult(1, run.results[0]); // in its place: predictions go with what they stood behind
        QVERIFY(!store.predictions(1, run.results[0]).has_value());
        QCOMPARE(SQLite::Database(file()).execAndGet("SELECT COUNT(*) FROM predictions").getInt(), 0);
    }

    void titlesTellScopesApart() {
        ResultScope scope = tenPercent();
        QCOMPARE(resultTitle("linear", {}), std::string("linear"));
        QCOMPARE(resultTitle("linear", scope), std::string("linear (10 % labels)"));
        scope.seed = 3;
        QCOMPARE(resultTitle("fine_tune", scope), std::string("fine-tuned (10 % labels, seed 3)"));
        scope.options = "epochs 5";
        QCOMPARE(resultTitle("fine_tune", scope), std::string("fine-tuned (10 % labels, seed 3, epochs 5)"));
        QVERIFY(!scope.isPlain());
        ResultScope z;
        z.features = "z";
        QCOMPARE(resultTitle("knn", z), std::string("kNN on z"));
        ResultScope flowers;
        flowers.dataset = "f00";
        flowers.datasetTitle = "Flowers";
        QCOMPARE(resultTitle("linear", flowers), std::string("linear on Flowers"));
    }
};

QTEST_GUILESS_MAIN(TestResults)
#include "tst_results.moc"
