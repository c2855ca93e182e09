// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/results/mcnemar.h"
#include "core/results/result_text.h"
#include "core/store/prediction_bytes.h"
#include "core/store/run_store.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <map>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

/// What told two results of a run apart before version 6, read from the old file itself.
struct OldResult {
    std::int64_t id = 0;
    RunId run = 0;
    double value = 0;
    std::string identity; ///< all columns of the UNIQUE key but the run
    std::string options;
    std::string datasetTitle;
    std::optional<Predictions> predictions;
};

std::vector<OldResult> oldResults(const fs::path &file) {
    SQLite::Database database(file.native(), SQLite::OPEN_READONLY);
    SQLite::Statement query(
        database, "SELECT r.id, r.run, r.value, r.protocol || '|' || r.split || '|' || r.epoch || '|' || "
                  "r.features || '|' || r.labels || '|' || r.seed || '|' || r.dataset || '|' || r.options, "
                  "r.options, r.dataset_title, p.samples, p.labels, p.predicted FROM results r LEFT JOIN "
                  "predictions p ON p.result = r.id ORDER BY r.id");
    std::vector<OldResult> results;
    while (query.executeStep()) {
        OldResult &result = results.emplace_back();
        result.id = query.getColumn(0).getInt64();
        result.run = query.getColumn(1).getInt64();
        result.value = query.getColumn(2).getDouble();
        result.identity = query.getColumn(3).getString();
        result.options = query.getColumn(4).getString();
        result.datasetTitle = query.getColumn(5).getString();
        if (!query.getColumn(6).isNull())
            result.predictions = Predictions{fromBytes(query.getColumn(6).getString()),
                                             fromBytes(query.getColumn(7).getString()),
                                             fromBytes(query.getColumn(8).getString())};
    }
    return results;
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

/// Databases that the program of earlier commits wrote, with results of every scope that it could measure.
class TestOldStores : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_old;
    fs::path m_new;
    std::vector<OldResult> m_results;

  private Q_SLOTS:
    void initTestCase() {
        m_old = fs::path(SIMCLR_TEST_DATA) / "stores" / "version5.sqlite";
        m_new = folderOf(m_folder) / "runs.sqlite";
        fs::copy_file(m_old, m_new);
        m_results = oldResults(m_new);
        QVERIFY(m_results.size() > 60);
        const RunStore store(m_new); // migrates
        QVERIFY(fs::exists(m_new.native() + ".v5.backup"));
    }

    void everyRunAndResultIsThere() {
        const RunStore store(m_new);
        std::size_t count = 0;
        for (const RunRecord &run : store.runs().all())
            count += run.results.size();
        QCOMPARE(count, m_results.size());
        QCOMPARE(newKeys(m_new).size(), m_results.size());
        QVERIFY(std::ranges::none_of(store.runs().one(1).notes, [](const NoteRecord &note) {
            return contains(note.message, "could not be read and was left out");
        }));
        QVERIFY(!store.metrics().curve(1, "loss").empty());
    }

    /// Those that had one identity have one key, and no others.
    void identityIsKept() {
        const auto keys = newKeys(m_new);
        for (const OldResult &one : m_results)
            for (const OldResult &other : m_results)
                QVERIFY2((one.identity == other.identity) == (keys.at(one.id) == keys.at(other.id)),
                         (one.identity + " and " + other.identity).c_str());
        for (const auto &[id, key] : keys)
            QVERIFY2(!contains(key, "remark"), key.c_str()); // everything was understood
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
            QCOMPARE(scopeDetails(found->key), old.options);
            QCOMPARE(found->value, old.value);
            if (!old.datasetTitle.empty())
                QCOMPARE(datasetText(*found), old.datasetTitle);
            const auto predictions = store.results().predictions(old.run, found->key);
            QCOMPARE(predictions.has_value(), old.predictions.has_value());
            QVERIFY(!predictions || *predictions == *old.predictions);
        }
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
