// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result_text.h"
#include "core/store/legacy_results.h"
#include "core/store/migrations.h"
#include "core/store/prediction_bytes.h"
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cmath>
#include <limits>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

Result resultWith(const ResultScope &scope, double value) {
    Result result = measured("linear", "test", 10, value, {{"l2", 0.1}});
    result.key.scope = scope;
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

/// Results of different scopes next to each other, and their predictions.
class TestResults : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }

  private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void scopesStandBesideEachOther() {
        RunStore store(file());
        const RunId id = store.runs().create(sampleRun());
        ResultScope z;
        z.features = FeatureKind::Z;
        ResultScope seeded = tenPercent();
        seeded.seed = 3;
        ResultScope flowers;
        flowers.dataset = std::string(64, 'f');
        ResultScope brief;
        brief.overrides = {{"epochs", 5}};
        double value = 0.1;
        for (const ResultScope &scope : {ResultScope{}, z, tenPercent(), seeded, flowers, brief})
            store.results().add(id, resultWith(scope, value += 0.1));
        store.results().add(id, resultWith(tenPercent(), 0.9)); // replaces the earlier one
        Result titled = resultWith(flowers, 0.6);
        titled.datasetTitle = "Flowers";
        store.results().add(id, titled);
        const RunRecord run = store.runs().one(id);
        QCOMPARE(run.results.size(), std::size_t{6});
        QCOMPARE(latestResult(run, Protocol::Linear, Split::Test)->value, 0.2);
        const auto found = std::ranges::find_if(
            run.results, [&](const Result &result) { return result.key.scope == flowers; });
        QCOMPARE(found->datasetTitle, std::string("Flowers"));
        QCOMPARE(store.runs().all().at(0).results.size(), std::size_t{6});
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
        const RunId id = store.runs().create(sampleRun());
        Result plain = resultWith({}, 0.5);
        plain.predictions = somePredictions(0);
        Result few = resultWith(tenPercent(), 0.5);
        few.predictions = somePredictions(2);
        Result brief = resultWith({}, 0.5);
        brief.key.scope.overrides = {{"epochs", 5}};
        brief.predictions = somePredictions(1);
        store.results().add(id, plain);
        store.results().add(id, few);
        store.results().add(id, brief);
        QVERIFY(*store.results().predictions(id, plain.key) == *plain.predictions);
        QVERIFY(*store.results().predictions(id, brief.key) == *brief.predictions);
        QVERIFY(*store.results().predictions(id, few.key) == *few.predictions);
        few.predictions = nullptr;
        store.results().add(id, few); // the predictions of the old value are not those of this one
        QVERIFY(!store.results().predictions(id, few.key).has_value());
        store.runs().finish(id, RunStatus::Completed, "", "");
        store.runs().remove(id);
        QCOMPARE(SQLite::Database(file()).execAndGet("SELECT COUNT(*) FROM predictions").getInt(), 0);
    }

    void bytesHaveTheLowestFirst() {
        QCOMPARE(toBytes({1, 258, -1}), std::string("\1\0\0\0\2\1\0\0\xff\xff\xff\xff", 12));
        const std::vector<std::int32_t> numbers{0, 1, -7, std::numeric_limits<std::int32_t>::min()};
        QVERIFY(fromBytes(toBytes(numbers)) == numbers);
        QVERIFY(isClearMessage(thrownMessage<StorageError>([] { fromBytes("abc"); }), "truncated"));
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
        RunRecord run = store.runs().one(1);
        QCOMPARE(run.results.size(), std::size_t{2});
        QVERIFY(run.results[0].key.isPlain() && run.results[1].key.isPlain());
        QCOMPARE(latestResult(run, Protocol::Knn, Split::Test)->value, 0.75);
        QCOMPARE(latestResult(run, Protocol::Knn, Split::Test)->detail["neighbours"].get<int>(), 200);
        QVERIFY(!store.results().predictions(1, run.results[0].key).has_value());
        store.results().add(1, measured("knn", "test", 1, 0.5, nullptr));
        QCOMPARE(store.runs().one(1).results.size(), std::size_t{2});
    }

    /// Rebuilding a table must not delete the rows that refer to it.
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
        const RunRecord run = store.runs().one(1);
        QCOMPARE(run.results.size(), std::size_t{1});
        QVERIFY(run.results[0].key.scope == tenPercent());
        QVERIFY(*store.results().predictions(1, run.results[0].key) == expected);
        store.results().add(1, run.results[0]); // replaces it: predictions are deleted with their result
        QVERIFY(!store.results().predictions(1, run.results[0].key).has_value());
        QCOMPARE(SQLite::Database(file()).execAndGet("SELECT COUNT(*) FROM predictions").getInt(), 0);
    }

    void titlesTellScopesApart() {
        Result result = measured("linear", "test", 10, 0.5);
        QCOMPARE(resultTitle(result), std::string("linear"));
        result.key.scope = tenPercent();
        QCOMPARE(resultTitle(result), std::string("linear (10 % labels)"));
        result.key.protocol = Protocol::FineTune;
        result.key.scope.seed = 3;
        QCOMPARE(resultTitle(result), std::string("fine-tuned (10 % labels, seed 3)"));
        result.key.scope.overrides = {{"batch", 64}, {"epochs", 5}};
        QCOMPARE(resultTitle(result), std::string("fine-tuned (10 % labels, seed 3, epochs 5, batch 64)"));
        QVERIFY(!result.key.isPlain());
        result = measured("knn", "test", 10, 0.5);
        result.key.scope.features = FeatureKind::Z;
        QCOMPARE(resultTitle(result), std::string("kNN on z"));
        result = measured("linear", "test", 10, 0.5);
        result.key.place.step = 7;
        QCOMPARE(resultTitle(result), std::string("linear (within the epoch, at step 7)"));
        QVERIFY(!result.key.isPlain());
        result = measured("linear", "test", 10, 0.5);
        result.key.scope.dataset = "f00";
        result.datasetTitle = "Flowers";
        QCOMPARE(resultTitle(result), std::string("linear on Flowers"));
        result.isOfEarlierImages = true;
        QCOMPARE(resultTitle(result), std::string("linear on Flowers, before they changed"));
    }

    void sameResultsShowTheSame() {
        const Result one = measured("linear", "test", 10, 0.5, {{"judged_images", 100}});
        Result other = one;
        other.detail["seconds"] = 3; // which no table shows
        QVERIFY(isSameResult(one, other));
        other.detail["skipped_images"] = 2;
        QVERIFY(!isSameResult(one, other));
        other = one;
        other.key.scope.seed = 1;
        QVERIFY(!isSameResult(one, other));
        const Result unknown = measured("linear", "test", 10, std::nan(""));
        QVERIFY(isSameResult(unknown, unknown));
    }

    /// It identifies a result in databases: it must never change.
    void keysHaveOneText() {
        ResultKey key;
        key.split = Split::Test;
        key.place.epoch = 10;
        QCOMPARE(toLine(toJson(key)), std::string(R"({"protocol":"linear","split":"test","epoch":10})"));
        QVERIFY(resultKeyFromJson(toJson(key)) == key);
        key.protocol = Protocol::LinearSgd;
        key.place.step = 77;
        key.scope = {FeatureKind::Z, 0.1, 3, "f00", TrainedOn::All, {{"epochs", 5}, {"batch", 64}}, "?"};
        QCOMPARE(toLine(toJson(key)),
                 std::string(R"({"protocol":"linear_sgd","split":"test","epoch":10,"step":77,"features":"z",)"
                             R"("labels":0.1,"seed":3,"dataset":"f00","trained_on":"all",)"
                             R"("overrides":{"batch":64,"epochs":5},"remark":"?"})"));
        QVERIFY(resultKeyFromJson(toJson(key)) == key);
    }

    void keysOfAnotherKindAreRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("no object") << QByteArray("[]") << QByteArray("");
        QTest::newRow("no epoch") << QByteArray(R"({"protocol":"linear","split":"test"})")
                                  << QByteArray("epoch");
        QTest::newRow("protocol") << QByteArray(R"({"protocol":"oracle","split":"test","epoch":1})")
                                  << QByteArray("oracle");
        QTest::newRow("a member of a later version")
            << QByteArray(R"({"protocol":"linear","split":"test","epoch":1,"crop":"five"})")
            << QByteArray("crop");
    }
    void keysOfAnotherKindAreRefused() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const std::string message =
            thrownMessage<InvalidInput>([&] { resultKeyFromJson(parseJson(text.toStdString(), "a key")); });
        QVERIFY2(isClearMessage(message, part.toStdString()), message.c_str());
    }

    /// All that versions 3 to 5 have written as text.
    void optionsOfEarlierVersionsAreUnderstood_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *options, const char *key) {
            QTest::newRow(*options == 0 ? "none" : options)
                << QString::fromUtf8(options) << QString::fromUtf8(key);
        };
        row("", "");
        row("epochs 5", R"("overrides":{"epochs":5})");
        row("epochs 5, batch 64", R"("overrides":{"batch":64,"epochs":5})");
        row("learning rate 0.2, weight decay 0, momentum 0.8, colour distortion 0.5",
            R"("overrides":{"color_strength":0.5,"learning_rate":0.2,"momentum":0.8,"weight_decay":0})");
        row("weight decay 1e-05", R"("overrides":{"weight_decay":1e-05})");
        row("all training images", R"("trained_on":"all")");
        row("within the epoch, at step 7", R"("step":7)");
        row("all training images, within the epoch, at step 7", R"("step":7,"trained_on":"all")");
        row("epochs 5, batch 64, within the epoch, at step 1234",
            R"("step":1234,"overrides":{"batch":64,"epochs":5})");
        row("epochs many", R"("remark":"epochs many")");
        row("by moonlight, epochs 5", R"("overrides":{"epochs":5},"remark":"by moonlight")");
        row("within the epoch, at step seven", R"("remark":"within the epoch, at step seven")");
    }
    void optionsOfEarlierVersionsAreUnderstood() {
        QFETCH(QString, options);
        QFETCH(QString, key);
        const Result result = fromLegacy({.protocol = "linear_sgd",
                                          .split = "validation",
                                          .epoch = 3,
                                          .features = "h",
                                          .options = options.toStdString()});
        const std::string start = R"({"protocol":"linear_sgd","split":"validation","epoch":3)";
        QCOMPARE(toLine(toJson(result.key)), start + (key.isEmpty() ? "" : ",") + key.toStdString() + "}");
    }

    void imagesFromBeforeAChangeAreUnderstood() {
        LegacyResult legacy{.protocol = "knn", .split = "test", .features = "h"};
        legacy.dataset = "f00";
        legacy.datasetTitle = "Flowers, before they changed";
        const Result result = fromLegacy(legacy);
        QCOMPARE(result.datasetTitle, std::string("Flowers"));
        QVERIFY(result.isOfEarlierImages);
        QCOMPARE(datasetText(result), legacy.datasetTitle);
    }
};

SIMCLR_TEST(TestResults, QCoreApplication)
#include "tst_results.moc"
