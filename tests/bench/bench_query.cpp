// SPDX-License-Identifier: GPL-3.0-or-later
// Measures filters over many runs: 10,000 runs with 200 options, 50 metrics, two results and up to two tags
// each. Generates the database with SQL, then prints the median time of each filter on a warm connection.
//
// usage: bench_query [RUNS [plan]]
#include "core/store/run_query.h"
#include "core/store/run_store.h"
#include "tests/bench/bench_timing.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <sqlite3.h>
#include <unistd.h>

using namespace simclr;

namespace {

/// Deterministic values that look random: multiples of primes, taken modulo the number of values.
constexpr const char *content = R"sql(
INSERT INTO runs (id, name, status, config, pipeline, dataset_source, dataset_title, dataset_fingerprint, dataset_train,
        dataset_validation, dataset_test, dataset_classes, dataset_broken, seed, device, precision, program_version,
        libraries, created, finished, last_step, last_epoch, total_steps, total_epochs, images_per_second,
        process_number, process_start, process_boot, note, starred)
    SELECT i, 'run ' || i || CASE WHEN i % 3 = 0 THEN ' crop' ELSE ' colour' END, CASE WHEN i % 11 = 0 THEN 'failed' ELSE 'completed' END, '{}', '{}',
        'folder:/photos', 'photos ' || (i % 4), '', 900, 100, 250, 10, 0, i % 5, 'cpu', 'fp32', '1', '{}',
        1.7e9 + i * 60, 1.7e9 + i * 61, 1000, 100, 1000, 100, 500 + i % 100, 1, 1, '', CASE WHEN i % 7 = 0 THEN 'see paper' ELSE '' END,
        i % 13 = 0 FROM numbers;
INSERT INTO option_keys SELECT i, CASE i WHEN 1 THEN 'encoder' WHEN 2 THEN 'batch' WHEN 3 THEN 'pipeline'
        ELSE 'section' || (i % 10) || '.option' || i END FROM numbers WHERE i <= 200;
INSERT INTO run_options SELECT o.id, r.i, CASE o.id WHEN 1 THEN CASE WHEN r.i % 2 THEN 'resnet18' ELSE 'resnet50' END
        WHEN 2 THEN 64 << (r.i % 4) WHEN 3 THEN 'SimCLR ' || (r.i % 6)
        ELSE CASE WHEN o.id % 3 = 0 THEN 'value ' || (r.i * 31 % 17) ELSE (r.i * 7919 * o.id % 1000) / 1000.0 END END
    FROM option_keys o CROSS JOIN numbers r;
INSERT OR IGNORE INTO metric_keys (name) VALUES ('loss'), ('contrastive_top1');
INSERT INTO metric_keys (name) SELECT 'metric' || i FROM numbers WHERE i <= 48;
INSERT INTO metric_summaries SELECT k.id, r.i, 1000, 0, 1000, 100, 1.7e9, 4 + (r.i * 7919 % 1000) / 500.0,
        3 + (r.i * 7919 % 1000) / 500.0, 1, 1, 7, 1, 1 FROM metric_keys k CROSS JOIN numbers r;
INSERT INTO results (run, key, epoch, value, detail, dataset_title, dataset_earlier, protocol, split, plain)
    SELECT r.i, json_object('protocol', p.value, 'split', s.value, 'epoch', 100), 100, (r.i * 104729 % 1000) / 1000.0,
        '{}', '', 0, p.value, s.value, 1
    FROM numbers r CROSS JOIN json_each('["linear", "knn"]') p CROSS JOIN json_each('["validation", "test"]') s;
INSERT INTO run_tags SELECT 'paper', i FROM numbers WHERE i % 5 = 0;
INSERT INTO run_tags SELECT 'final', i FROM numbers WHERE i % 8 = 0;
)sql";

void generate(Connection &connection, int runs) {
    SQLite::Database &database = connection.database();
    connection.inTransaction([&] {
        database.exec("CREATE TEMP TABLE numbers (i INTEGER PRIMARY KEY)");
        SQLite::Statement fill(database,
                               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                               "?) INSERT INTO numbers SELECT i FROM n");
        fill.bind(1, runs);
        fill.exec();
        database.exec(content);
    });
}

/// Prints EXPLAIN QUERY PLAN of each statement that is run while this object exists.
class PlanPrinter {
  public:
    explicit PlanPrinter(SQLite::Database &database) : m_handle(database.getHandle()) {
        sqlite3_trace_v2(m_handle, SQLITE_TRACE_STMT, print, this);
    }
    ~PlanPrinter() { sqlite3_trace_v2(m_handle, 0, nullptr, nullptr); }
    PlanPrinter(const PlanPrinter &) = delete;
    PlanPrinter &operator=(const PlanPrinter &) = delete;

  private:
    static int print(unsigned, void *self, void *statement, void *) {
        char *text = sqlite3_expanded_sql(static_cast<sqlite3_stmt *>(statement));
        if (std::strstr(text, "FROM runs r") != nullptr)
            explain(static_cast<PlanPrinter *>(self)->m_handle, text);
        sqlite3_free(text);
        return 0;
    }
    static void explain(sqlite3 *handle, const std::string &sql) {
        sqlite3_stmt *plan = nullptr;
        sqlite3_trace_v2(handle, 0, nullptr, nullptr);
        sqlite3_prepare_v2(handle, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &plan, nullptr);
        std::cout << "\n" << sql << "\n";
        while (sqlite3_step(plan) == SQLITE_ROW)
            std::cout << "    " << sqlite3_column_text(plan, 3) << "\n";
        sqlite3_finalize(plan);
    }

    sqlite3 *m_handle;
};

RunSelection selectionOf(const char *line, const char *sort) {
    RunSelection selection;
    selection.filter = parseFilter(line);
    if (*sort != '\0')
        selection.order.push_back(parseSortKey(sort));
    return selection;
}

void measure(const RunQuery &query, const char *line, const char *sort) {
    constexpr int rounds = 15;
    const RunSelection selection = selectionOf(line, sort);
    std::size_t found = query.ids(selection).size();
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto start = Clock::now();
        found = query.ids(selection).size();
        times.push_back(millisecondsSince(start));
    }
    std::cout << percentile(times, 0.5) << " ms (p95 " << percentile(times, 0.95) << ")  " << found
              << " runs  " << line << (*sort == '\0' ? "" : "  by ") << sort << std::endl;
}

void measureColumn(const RunQuery &query, const char *field, std::size_t rows) {
    std::vector<RunId> page = query.ids({});
    page.resize(std::min(rows, page.size()));
    const FieldName name = parseFieldName(field);
    query.values(name, page);
    const auto start = Clock::now();
    query.values(name, page);
    std::cout << millisecondsSince(start) << " ms  column " << field << " of " << page.size() << " runs"
              << std::endl;
}

constexpr std::pair<const char *, const char *> filters[]{
    {"", ""},
    {"crop", ""},
    {"crop paper", ""},
    {"linear > 0.8 and encoder = resnet18 and best(loss) < 4", ""},
    {"best(loss) < 9 and linear > 0 and encoder ~ resnet", ""}, // all of them, so each condition is read
    {"linear > 0.8 and encoder = resnet18 and tag in (paper, final) and best(loss) < 5 and name ~ crop", ""},
    {"option4 > 0.5 and option5 > 0.5 and option6 = \"value 3\"", ""},
    {"metric1 > 5 or metric2 > 5 or metric3 > 5", ""},
    {"not (linear > 0.1 or linear < 0.9)", ""},
    {"status = completed", "linear:desc"},
    {"", "best(loss)"},
    {"", "option150:desc"},
    {"", "name"},
};

} // namespace

int main(int argc, char **argv) {
    const int runs = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const auto folder =
        std::filesystem::temp_directory_path() / ("bench_query_" + std::to_string(::getpid()));
    {
        const RunStore store(folder / "runs.sqlite"); // migrates it
        Connection connection(folder / "runs.sqlite");
        const auto start = Clock::now();
        generate(connection, runs);
        std::cout << runs << " runs generated in " << millisecondsSince(start) / 1000 << " s, "
                  << std::filesystem::file_size(folder / "runs.sqlite-wal") / 1'000'000 << " MB" << std::endl;
    }
    {
        Connection connection(folder / "runs.sqlite", Connection::Access::ReadOnly);
        const RunQuery query(connection);
        for (const auto &[line, sort] : filters) {
            measure(query, line, sort);
            if (argc > 2) {
                const PlanPrinter printer(connection.database());
                query.ids(selectionOf(line, sort));
            }
        }
        for (const char *field : {"name", "tag", "option150", "best(loss)", "linear"}) {
            measureColumn(query, field, 60);
            measureColumn(query, field, 10'000);
        }
    }
    std::filesystem::remove_all(folder);
    return 0;
}
