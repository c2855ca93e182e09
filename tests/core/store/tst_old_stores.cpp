// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/result_text.h"
#include "core/store/migrations.h"
#include "core/store/prediction_bytes.h"
#include "core/store/run_comparison.h"
#include "core/store/run_store.h"
#include "tests/core/store/curve_fixture.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <array>
#include <limits>
#include <map>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

constexpr int keyedVersion = 6; ///< results have a key since then; notes are called events

/// A result as an old database stores it.
struct OldResult {
    std::int64_t id = 0;
    RunId run = 0;
    double value = 0;
    std::string identity;               ///< all columns of the UNIQUE key but the run
    std::optional<std::string> options; ///< nothing if no text of them was stored
    std::string datasetTitle;
    std::optional<Predictions> predictions;
};

/// A run as an old database stores it, with one line each.
struct OldRun {
    std::string record;
    std::vector<std::string> notes;
    std::vector<std::string> artifacts;

    bool operator==(const OldRun &) const = default;
};

/// The columns that distinguish the results of a run, with what later versions took for those that are
/// missing; the text of the options; the title of the images.
std::string resultColumns(int version) {
    constexpr const char *place = "r.protocol || '|' || r.split || '|' || r.epoch";
    constexpr const char *scope =
        " || '|' || r.features || '|' || printf('%f', r.labels) || '|' || r.seed || '|' || r.dataset || '|'";
    if (version >= keyedVersion)
        return "r.key, NULL, r.dataset_title || CASE WHEN r.dataset_earlier THEN ', before they changed' "
               "ELSE '' END";
    if (version >= 3)
        return std::string(place) + scope + " || r.options, r.options, r.dataset_title";
    if (version == 2)
        return std::string(place) + scope + ", '', r.dataset_title";
    return std::string(place) + " || '|h|1.000000|0||', '', ''";
}

/// The same of a key of today, whose JSON is `key`.
std::string identityOf(const std::string &key, int version) {
    if (version >= keyedVersion)
        return key;
    const ResultKey read = resultKeyFromJson(Json::parse(key));
    std::string identity = nameOf(read.protocol);
    for (const std::string &part : {nameOf(read.split), std::to_string(read.place.epoch),
                                    nameOf(read.scope.features), std::to_string(read.scope.labels),
                                    std::to_string(read.scope.seed), read.scope.dataset, scopeDetails(read)})
        identity += "|" + part;
    return identity;
}

std::vector<OldResult> oldResults(const fs::path &file, int version) {
    SQLite::Database database(file.native(), SQLite::OPEN_READONLY);
    const std::string predictions =
        version > 1
            ? ", p.samples, p.labels, p.predicted FROM results r LEFT JOIN predictions p ON p.result = r.id"
            : ", NULL, NULL, NULL FROM results r";
    SQLite::Statement query(database, "SELECT r.id, r.run, r.value, " + resultColumns(version) + predictions +
                                          " ORDER BY r.id");
    std::vector<OldResult> results;
    while (query.executeStep()) {
        OldResult &result = results.emplace_back();
        result.id = query.getColumn(0).getInt64();
        result.run = query.getColumn(1).getInt64();
        result.value = query.getColumn(2).getDouble();
        result.identity = query.getColumn(3).getString();
        if (!query.getColumn(4).isNull())
            result.options = query.getColumn(4).getString();
        result.datasetTitle = query.getColumn(5).getString();
        if (!query.getColumn(6).isNull())
            result.predictions = Predictions{fromBytes(query.getColumn(6).getString()),
                                             fromBytes(query.getColumn(7).getString()),
                                             fromBytes(query.getColumn(8).getString())};
    }
    return results;
}

std::vector<std::string> lines(SQLite::Database &database, const std::string &select, RunId run) {
    SQLite::Statement query(database, select);
    query.bind(1, run);
    std::vector<std::string> all;
    while (query.executeStep())
        all.push_back(query.getColumn(0).getString());
    return all;
}

std::map<RunId, OldRun> oldRuns(const fs::path &file, int version) {
    SQLite::Database database(file.native(), SQLite::OPEN_READONLY);
    const std::string notes = version >= keyedVersion ? "events" : "notes";
    SQLite::Statement query(database,
                            "SELECT id, name || '|' || status || '|' || failure || '|' || last_step || "
                            "'|' || total_steps || '|' || dataset_fingerprint FROM runs");
    std::map<RunId, OldRun> runs;
    while (query.executeStep()) {
        const RunId id = query.getColumn(0).getInt64();
        runs[id] = {query.getColumn(1).getString(),
                    lines(database, "SELECT message FROM " + notes + " WHERE run = ? ORDER BY id", id),
                    lines(database, "SELECT path FROM artifacts WHERE run = ? ORDER BY path", id)};
    }
    return runs;
}

/// The same of a run of today.
OldRun inOldForm(const RunRecord &run) {
    OldRun old{run.name + "|" + statusName(run.status) + "|" + run.failure + "|" +
                   std::to_string(run.lastStep) + "|" + std::to_string(run.totalSteps) + "|" +
                   run.dataset.fingerprint,
               {},
               {}};
    for (const NoteRecord &note : run.notes)
        old.notes.push_back(note.message);
    for (const ArtifactRecord &artifact : run.artifacts)
        old.artifacts.push_back(
            fs::path(artifact.path.text()).lexically_proximate(run.database.parent_path()));
    std::ranges::sort(old.artifacts);
    return old;
}

using Curves = std::map<std::pair<RunId, std::string>, std::vector<MetricPoint>>;

/// As SQLite alone reads them from the table of points that all old versions have.
Curves oldCurves(const fs::path &file) {
    SQLite::Database database(file.native(), SQLite::OPEN_READONLY);
    SQLite::Statement query(database,
                            "SELECT run, name, step, epoch, value, time FROM metrics JOIN metric_keys ON "
                            "metric_keys.id = metric ORDER BY run, name, step");
    Curves curves;
    while (query.executeStep()) {
        const SQLite::Column value = query.getColumn(4);
        curves[{query.getColumn(0).getInt64(), query.getColumn(1).getString()}].push_back(
            {query.getColumn(2).getInt64(), query.getColumn(3).getDouble(),
             value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble(),
             query.getColumn(5).getDouble()});
    }
    return curves;
}

/// The row ids are kept, so that each result is found again.
std::map<std::int64_t, std::string> newKeys(const fs::path &file) {
    SQLite::Database database(file.native(), SQLite::OPEN_READONLY);
    SQLite::Statement query(database, "SELECT id, key FROM results");
    std::map<std::int64_t, std::string> keys;
    while (query.executeStep())
        keys.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getString());
    return keys;
}

} // namespace

/// Databases that the program of earlier commits wrote, with results of every scope that it could measure:
/// see tests/data/stores/README.md. Each test is repeated with each of them.
class TestOldStores : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_new;
    std::map<RunId, OldRun> m_runs;
    std::vector<OldResult> m_results;
    Curves m_curves;

  private Q_SLOTS:
    /// What the old program itself found in its database (for version 5, SQLite): its runs, its results, and
    /// McNemar's tests of `simclr compare 1 2`, with the sums of b and of c.
    void initTestCase_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("runs");
        QTest::addColumn<int>("results");
        QTest::addColumn<int>("tests");
        QTest::addColumn<int>("firstOnly");
        QTest::addColumn<int>("secondOnly");
        QTest::newRow("version 1") << 1 << 9 << 62 << 0 << 0 << 0;
        QTest::newRow("version 2") << 2 << 9 << 133 << 33 << 44 << 31;
        QTest::newRow("version 3") << 3 << 9 << 149 << 37 << 56 << 44;
        QTest::newRow("version 4") << 4 << 9 << 149 << 37 << 56 << 44;
        QTest::newRow("version 5") << 5 << 5 << 71 << 27 << 0 << 0;
        QTest::newRow("version 6") << 6 << 9 << 149 << 37 << 56 << 44;
    }

    void init() {
        QFETCH_GLOBAL(int, version);
        const std::string name = "version" + std::to_string(version) + ".sqlite";
        m_folder = std::make_unique<QTemporaryDir>();
        m_new = folderOf(*m_folder) / name;
        fs::copy_file(fs::path(SIMCLR_TEST_DATA) / "stores" / name, m_new);
        fs::permissions(m_new, fs::perms::owner_write, fs::perm_options::add);
        m_runs = oldRuns(m_new, version);
        m_results = oldResults(m_new, version);
        m_curves = oldCurves(m_new);
        QCOMPARE(SQLite::Database(m_new.native()).execAndGet("PRAGMA user_version").getInt(), version);
        const RunStore store(m_new); // migrates
        const auto keys = newKeys(m_new);
        for (const OldResult &old : m_results)
            QVERIFY2(keys.contains(old.id), ("lost: " + old.identity).c_str());
        QVERIFY(version < storeVersion());
        QVERIFY(fs::exists(m_new.native() + ".v" + std::to_string(version) + ".backup"));
    }

    void everyRunAndResultIsThere() {
        QFETCH_GLOBAL(int, runs);
        QFETCH_GLOBAL(int, results);
        const RunStore store(m_new);
        const std::vector<RunRecord> all = store.runs().all();
        QCOMPARE(static_cast<int>(all.size()), runs);
        std::size_t count = 0;
        for (const RunRecord &run : all)
            count += run.results.size();
        QCOMPARE(static_cast<int>(count), results);
        QCOMPARE(m_results.size(), count);
        QCOMPARE(newKeys(m_new).size(), count);
        QVERIFY(!store.metrics().curve(1, "loss").empty());
    }

    /// None has a new note either, which would say that a result was left out.
    void runsAreKept() {
        const RunStore store(m_new);
        for (const auto &[id, old] : m_runs) {
            const OldRun run = inOldForm(store.runs().one(id));
            QCOMPARE(run.record, old.record);
            QCOMPARE(run.notes, old.notes);
            QCOMPARE(run.artifacts, old.artifacts);
        }
    }

    /// Those that had one identity have one key, which says the same, and no others have it.
    void identityIsKept() {
        QFETCH_GLOBAL(int, version);
        const auto keys = newKeys(m_new);
        for (const OldResult &one : m_results) {
            QCOMPARE(identityOf(keys.at(one.id), version), one.identity);
            for (const OldResult &other : m_results)
                QVERIFY2((one.identity == other.identity) == (keys.at(one.id) == keys.at(other.id)),
                         (one.identity + " and " + other.identity).c_str());
        }
        for (const auto &[id, key] : keys)
            QVERIFY2(!contains(key, "remark"), key.c_str()); // everything was understood
    }

    /// Bit for bit, although they are in blocks now.
    void curvesAreKept() {
        const RunStore store(m_new);
        std::size_t keys = 0;
        for (const auto &[id, old] : m_runs)
            keys += store.metrics().keys(id).size();
        QCOMPARE(keys, m_curves.size());
        for (const auto &[curve, points] : m_curves) {
            QVERIFY2(areSamePoints(store.metrics().curve(curve.first, curve.second, -1), points),
                     curve.second.c_str());
            QVERIFY(isSummaryOf(store, curve.first, curve.second, points));
        }
        QCOMPARE(SQLite::Database(m_new.native()).execAndGet("SELECT COUNT(*) FROM metrics").getInt(), 0);
    }

    /// What a person reads says the same as before.
    void textsAreKept() {
        const RunStore store(m_new);
        const auto keys = newKeys(m_new);
        for (const OldResult &old : m_results) {
            const RunRecord run = store.runs().one(old.run);
            const auto found = std::ranges::find_if(run.results, [&](const Result &result) {
                return toLine(toJson(result.key)) == keys.at(old.id);
            });
            QVERIFY(found != run.results.end());
            if (old.options)
                QCOMPARE(scopeDetails(found->key), *old.options);
            QCOMPARE(found->value, old.value);
            QCOMPARE(datasetText(*found), old.datasetTitle);
            const auto predictions = store.results().predictions(old.run, found->key);
            QCOMPARE(predictions.has_value(), old.predictions.has_value());
            QVERIFY(!predictions || *predictions == *old.predictions);
        }
    }

    /// Each run has the options of its config as rows, in their types.
    void optionsAreRows() {
        const RunStore store(m_new);
        for (const RunRecord &run : store.runs().all()) {
            const OptionValues options = store.options().of(std::array<RunId, 1>{run.id}).at(run.id);
            QVERIFY(options == flatOptions(run));
            QVERIFY(options.at("encoder") == OptionValue("resnet18"));
            QVERIFY(options.at("image_size") == OptionValue(std::int64_t{16}));
            QVERIFY(options.at("width") == OptionValue(0.0625));
            QCOMPARE(options.contains("pipeline_hash"), run.totalEpochs > 0);
        }
        QCOMPARE(store.options().values("encoder").at(0).runs, static_cast<std::int64_t>(m_runs.size()));
    }

    /// The columns of plain results say what their keys say.
    void plainResultsAreMarked() {
        const RunStore store(m_new);
        SQLite::Database database(m_new.native(), SQLite::OPEN_READONLY);
        SQLite::Statement query(database, "SELECT key, protocol, split, plain FROM results");
        int plain = 0;
        while (query.executeStep()) {
            const ResultKey key = resultKeyFromJson(Json::parse(query.getColumn(0).getString()));
            QCOMPARE(query.getColumn(1).getString(), nameOf(key.protocol));
            QCOMPARE(query.getColumn(2).getString(), nameOf(key.split));
            QCOMPARE(query.getColumn(3).getInt() == 1, key.isPlain());
            plain += query.getColumn(3).getInt();
        }
        QVERIFY(plain > 10);
    }

    void runsHaveNoAnnotations() {
        const RunStore store(m_new);
        for (const RunRecord &run : store.runs().all())
            QVERIFY(run.tags.empty() && run.note.empty() && !run.starred && !run.archived && !run.trashed);
        QVERIFY(store.savedViews().all().empty());
    }

    /// The same results of two runs are tested against each other, with the same numbers.
    void pairsAreKept() {
        QFETCH_GLOBAL(int, tests);
        QFETCH_GLOBAL(int, firstOnly);
        QFETCH_GLOBAL(int, secondOnly);
        const RunStore store(m_new);
        std::vector<McNemar> found;
        for (const ResultRow &row : compareResults(store, {store.runs().one(1), store.runs().one(2)}))
            if (row.test)
                found.push_back(*row.test);
        const auto sumOf = [&](std::size_t McNemar::*count) {
            std::size_t sum = 0;
            for (const McNemar &test : found)
                sum += test.*count;
            return static_cast<int>(sum);
        };
        QCOMPARE(static_cast<int>(found.size()), tests);
        QCOMPARE(sumOf(&McNemar::firstOnly), firstOnly);
        QCOMPARE(sumOf(&McNemar::secondOnly), secondOnly);
    }

    /// A result that is measured again takes the place of the old one.
    void measuringAgainReplaces() {
        RunStore store(m_new);
        const RunRecord before = store.runs().one(2);
        for (Result result : before.results) {
            result.predictions = nullptr;
            result.value = 0.25;
            store.results().add(2, std::move(result));
        }
        const RunRecord after = store.runs().one(2);
        QCOMPARE(after.results.size(), before.results.size());
        for (const Result &result : after.results)
            QCOMPARE(result.value, 0.25);
    }
};

SIMCLR_TEST(TestOldStores)
#include "tst_old_stores.moc"
