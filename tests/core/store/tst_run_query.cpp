// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_query.h"
#include "tests/core/query/query_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <ctime>
#include <random>

using namespace simclr;
using namespace simclr::test;

namespace {

/// Binds the values to a statement of the test.
template <typename... Values>
void execute(SQLite::Database &database, const char *sql, const Values &...values) {
    SQLite::Statement statement(database, sql);
    int place = 0;
    (statement.bind(++place, values), ...);
    statement.exec();
}

void setOption(SQLite::Database &database, RunId run, const char *path, const auto &value) {
    execute(database, "INSERT OR IGNORE INTO option_keys (path) VALUES (?)", path);
    execute(database, "INSERT OR REPLACE INTO run_options SELECT id, ?, ? FROM option_keys WHERE path = ?",
            run, value, path);
}

void setTag(SQLite::Database &database, RunId run, const char *tag) {
    execute(database, "INSERT INTO run_tags VALUES (?, ?)", tag, run);
}

/// The last value is NULL for NaN.
void setMetric(SQLite::Database &database, RunId run, const char *metric, const char *last, double low,
               double high) {
    execute(database, "INSERT OR IGNORE INTO metric_keys (name) VALUES (?)", metric);
    execute(database,
            "INSERT OR REPLACE INTO metric_summaries SELECT id, ?, 100, 1, 100, 10, 1.7e9, CAST(? AS REAL) + "
            "0, ?, 1, "
            "1, ?, 1, 1 "
            "FROM metric_keys WHERE name = ?",
            run, last, low, high, metric);
    if (std::string(last) == "nan")
        execute(database, "UPDATE metric_summaries SET last_value = NULL WHERE run = ?", run);
}

NewRun namedRun(const char *name, std::int64_t seed, const char *images = "photos") {
    NewRun run = sampleRun(name);
    run.seed = seed;
    run.dataset.title = images;
    return run;
}

/// "3 1" for the ids.
std::string list(const std::vector<RunId> &ids) {
    std::string text;
    for (const RunId id : ids)
        text += (text.empty() ? "" : " ") + std::to_string(id);
    return text;
}

} // namespace

/// Filters on a real database of six runs:
///
///     id  name            seed  encoder   batch   tags          linear        loss: last, low, high
///     1   crop only       1     resnet18  256     paper, final  test 0.5      4, 3, 6
///     2   Crop & Größe    2     resnet50  128     paper         val. 0.9      5, 4, 7
///     3   colour          3     resnet18  "auto"                -             NaN, 2, 9
///     4   100%_done'; --  4     -         512     draft         baseline only -
///     5   trashed crop    5     resnet18  256                   test 0.7      -
///     6   archived        6     resnet50  64      paper         test 0.8      1, 1, 1
class TestRunQuery : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void filters_data();
    void filters();
    void wrongFilters_data();
    void wrongFilters();
    void textOfUsersIsNeverSql_data();
    void textOfUsersIsNeverSql();
    void trashedAndArchived();
    void moments();
    void notReversesWhatIsKnown();
    void deepAndLongFilters();
    void randomFiltersNeverFail();
    void orders_data();
    void orders();
    void valuesOfAPage();
    void valuesKeepTheirKind();
    void frequentValues();
    void namesOfTheDatabase();
    void worksReadOnly();

  private:
    void addResults();
    void addOptions();
    std::string idsOf(const std::string &line) const {
        return list(RunQuery(*m_connection).ids({parseFilter(line), {}}));
    }

    QTemporaryDir m_directory;
    std::filesystem::path m_file;
    std::unique_ptr<Connection> m_connection;
};

void TestRunQuery::initTestCase() {
    qputenv("TZ", "UTC");
    tzset();
    m_file = folderOf(m_directory) / "runs.sqlite";
    RunStore store(m_file);
    m_connection = std::make_unique<Connection>(m_file);
    for (const NewRun &run :
         {namedRun("crop only", 1), namedRun("Crop & Größe", 2), namedRun("colour", 3, "cats"),
          namedRun("100%_done'; --", 4), namedRun("trashed crop", 5), namedRun("archived", 6)})
        store.runs().create(run);
    store.runs().finish(1, RunStatus::Completed, "", "");
    store.runs().finish(3, RunStatus::Failed, "the loss is not a number", "");
    m_connection->database().exec("DELETE FROM run_options"); // the test has its own
    addResults();
    addOptions();
    m_connection->database().exec(
        "UPDATE runs SET created = 1796027400 - 86400 * (7 - id), last_epoch = id * 1.5, "
        "images_per_second = 100 * id, device = 'cpu';"
        "UPDATE runs SET finished = created + 3600 * id WHERE id IN (1, 3);"
        "UPDATE runs SET note = 'See Straße' , starred = 1 WHERE id = 2;"
        "UPDATE runs SET trashed = 1796027400 WHERE id = 5;"
        "UPDATE runs SET archived = 1 WHERE id = 6");
}

void TestRunQuery::addResults() {
    Results results(*m_connection);
    results.add(1, measured("linear", "test", 5, 0.4));
    results.add(1, measured("linear", "test", 10, 0.5)); // the newest
    results.add(1, measured("linear", "validation", 10, 0.6));
    results.add(1, measured("linear", "test", 0, 0.1)); // a baseline
    Result few = measured("linear", "test", 20, 0.99);
    few.key.scope.labels = 0.1; // not plain
    results.add(1, few);
    results.add(2, measured("linear", "validation", 10, 0.9));
    results.add(2, measured("knn", "test", 10, 0.3));
    results.add(4, measured("linear", "test", 0, 0.2));
    results.add(4, measured("supervised", "test", 0, 0.95));
    results.add(5, measured("linear", "test", 10, 0.7));
    results.add(6, measured("linear", "test", 10, 0.8));
}

void TestRunQuery::addOptions() {
    SQLite::Database &database = m_connection->database();
    for (const auto &[run, encoder] :
         {std::pair{1, "resnet18"}, std::pair{2, "resnet50"}, std::pair{3, "resnet18"},
          std::pair{5, "resnet18"}, std::pair{6, "resnet50"}})
        setOption(database, run, "encoder", encoder);
    for (const auto &[run, batch] :
         {std::pair{1, 256}, std::pair{2, 128}, std::pair{4, 512}, std::pair{5, 256}, std::pair{6, 64}})
        setOption(database, run, "batch", batch);
    setOption(database, 3, "batch", "auto");
    setOption(database, 1, "pipeline", "SimCLR");
    setOption(database, 2, "pipeline", "jitter");
    setOption(database, 1, "nesterov", 1);
    setOption(database, 2, "nesterov", 0);
    setOption(database, 1, "optimiser.version", "2");
    setOption(database, 2, "optimiser.version", 2);
    setOption(database, 3, "optimiser.version", 0.25);
    for (const auto &[run, tag] : {std::pair{1, "paper"}, std::pair{1, "final"}, std::pair{2, "paper"},
                                   std::pair{4, "draft"}, std::pair{6, "paper"}})
        setTag(database, run, tag);
    setMetric(database, 1, "loss", "4", 3, 6);
    setMetric(database, 2, "loss", "5", 4, 7);
    setMetric(database, 3, "loss", "nan", 2, 9);
    setMetric(database, 6, "loss", "1", 1, 1);
}

void TestRunQuery::filters_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("ids"); // newest first, without the trash
    const auto row = [](const char *line, const char *ids) { QTest::newRow(line) << line << ids; };
    row("", "6 4 3 2 1");
    // words
    row("crop", "2 1");
    row("CROP only", "1");
    row("größe", "2");
    row("GRÖSSE", "");
    row("STRAßE", "2"); // in the note
    row("cats", "3");   // images
    row("draft", "4");  // a tag
    row("simclr", "1"); // the pipeline
    row("failed", "3"); // the status
    row("resnet50", "6 2");
    row("%", "4");
    row("_", "4");
    row("crop and not only", "2");
    row("not crop", "6 4 3");
    row("starred", "2");
    row("not starred and crop", "1");
    row("\"starred\"", "");
    // fields of the run
    row("id in (1, 3, 99)", "3 1");
    row("name = \"crop only\"", "1");
    row("name = \"Crop only\"", "");
    row("name ~ \"CROP ONLY\"", "1");
    row("name !~ crop", "6 4 3");
    row("name >= c", "3 1");
    row("status = completed", "1");
    row("status in (failed, Completed)", "3 1");
    row("status != running", "3 1");
    row("note ~ strasse or note ~ Straße", "2");
    row("note is empty", "6 4 3 1");
    row("note is not empty", "2");
    row("note != x", "2"); // missing notes match nothing
    row("failure ~ \"not a number\"", "3");
    row("failure is empty", "6 4 2 1");
    row("seed > 2 and seed <= 4", "4 3");
    row("images = cats", "3");
    row("dataset != cats", "6 4 2 1");
    row("pipeline ~ simclr", "1");
    row("pipeline != SimCLR", "2");
    row("device = cpu and precision = fp32", "6 4 3 2 1");
    row("epoch >= 6", "6 4");
    row("step = 0", "6 4 3 2 1");
    row("images_per_second > 300", "6 4");
    row("starred = true", "2");
    row("starred != yes", "6 4 3 1");
    row("duration > 2h", "3");
    row("duration <= 3600", "1");
    row("duration is empty", "6 4 2");
    row("not duration > 2h", "1");
    // tags
    row("tag = paper", "6 2 1");
    row("tag in (final, draft)", "4 1");
    row("tag != paper", "4 3"); // and the one without tags
    row("tag not in (paper, draft)", "3");
    row("tag ~ PAP", "6 2 1");
    row("tag !~ p", "4 3");
    row("tag is empty", "3");
    row("not tag is empty and not tag = paper", "4");
    // options
    row("encoder = resnet18", "3 1");
    row("encoder != resnet18", "6 2"); // not 4, which has none
    row("encoder is empty", "4");
    row("encoder ~ NET5", "6 2");
    row("batch > 128", "4 1");
    row("batch >= 128 and batch < 512", "2 1");
    row("batch = auto", "3");
    row("batch != auto", "6 4 2 1");
    row("batch > a", "3"); // texts are compared with texts
    row("batch in (auto, 64)", "6 3");
    row("batch not in (auto, 64)", "4 2 1");
    row("batch ~ 12", "4 2");
    row("nesterov = true", "1");
    row("nesterov = false", "2");
    row("version = 2", "2 1");
    row("version = \"2\"", "1");
    row("version = 25%", "3");
    row("optimiser.version < 1", "3");
    row("config.seed = 3 or config.encoder = resnet50", "6 2");
    // metrics
    row("loss = 4", "1");
    row("loss != 4", "6 2"); // NaN matches nothing
    row("loss is empty", "4 3");
    row("best(loss) < 4", "6 3 1");
    row("max(loss) >= 7", "3 2");
    row("last(loss) in (4, 5)", "2 1");
    row("count(loss) = 100", "6 3 2 1");
    // results
    row("linear > 0.55", "6 2");
    row("linear.test > 0.45", "6 1");
    row("linear.test > 80%", "");
    row("linear.test >= 80%", "6");
    row("linear.validation >= 0.6", "2 1");
    row("linear is empty", "4 3");
    row("knn < 0.5", "2");
    row("supervised > 90%", "4");
    row("not linear > 0.55", "1"); // those without a result do not match
    // precedence
    row("seed = 1 or seed = 2 and name ~ x", "1");
    row("(seed = 1 or seed = 2) and name ~ größe", "2");
    row("not (seed = 1 or seed = 2)", "6 4 3");
    row("not (seed > 1 and seed < 6)", "6 1");
    row("linear > 0.4 and encoder = resnet18 and tag in (paper, final) and best(loss) < 5 and name ~ crop",
        "1");
}

void TestRunQuery::filters() {
    QFETCH(QString, line);
    QFETCH(QString, ids);
    if (line.contains("config.seed"))
        setOption(m_connection->database(), 4, "seed", 4);
    QCOMPARE(idsOf(line.toStdString()), ids.toStdString());
}

void TestRunQuery::wrongFilters_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *line, const char *part, const char *place) {
        QTest::newRow(line) << line << part << place;
    };
    row("seed = 1 and linerr > 0.8", "did you mean linear", "linerr");
    row("linear > 80", "written as 80%", "80");
    row("linear > high", "\"high\" is not a number", "high");
    row("seed ~ 1", "\"seed\" is not a text", "seed ~ 1");
    row("linear ~ 1", "is not a text", "linear ~ 1");
    row("status = kompleted", "did you mean completed?", "kompleted");
    row("status in (failed, \"x\")", "is not one of running", "\"x\"");
    row("status < failed", "has no order", "status < failed");
    row("tag > a", "has no order", "tag > a");
    row("starred > 0", "has no order", "starred > 0");
    row("starred = maybe", "not true or false", "maybe");
    row("duration > long", "not a duration", "long");
    row("created > 7", "not a date", "7");
    row("name ~ a and (seed = 1 or best(los) < 3)", "did you mean loss?", "best(los)");
    row("weight(loss) > 1", "unknown function", "weight(loss)");
}

void TestRunQuery::wrongFilters() {
    QFETCH(QString, line);
    QFETCH(QString, part);
    QFETCH(QString, place);
    const std::string text = line.toStdString();
    const QueryError error = queryErrorOf([&] { idsOf(text); });
    QVERIFY2(isClearMessage(error.what(), part.toStdString()), error.what());
    QCOMPARE(text.substr(error.where().begin, error.where().length), place.toStdString());
}

void TestRunQuery::textOfUsersIsNeverSql_data() {
    QTest::addColumn<QString>("attempt");
    for (const char *attempt :
         {"'; DROP TABLE runs; --", "' OR '1'='1", "\" OR 1=1 --", "%", "_", "%%%", "\\", "x') OR (1", "?",
          "?1", ":a", "@a", "$a", "/*", "char(39)", "crop\" or id > 0 or name = \""})
        QTest::newRow(attempt) << attempt;
}

void TestRunQuery::textOfUsersIsNeverSql() {
    QFETCH(QString, attempt);
    const std::string quoted =
        '"' + QString(attempt).replace("\\", "\\\\").replace("\"", "\\\"").toStdString() + '"';
    for (const std::string field : {"name", "tag", "note", "encoder", "pipeline", "batch"})
        for (const std::string &line :
             {field + " = " + quoted, field + " in (" + quoted + ", " + quoted + ")"})
            QCOMPARE(idsOf(line), std::string());
    const bool isInName = std::string("100%_done'; --").find(attempt.toStdString()) != std::string::npos;
    QCOMPARE(idsOf("name ~ " + quoted), std::string(isInName ? "4" : ""));
    QCOMPARE(idsOf(quoted), std::string(isInName ? "4" : ""));
    QVERIFY(*queryErrorOf([&] { idsOf(quoted + " = 1"); }).what() != '\0'); // an unknown field
    QCOMPARE(idsOf("id > 0").size(), std::string("6 4 3 2 1").size());      // nothing was dropped
}

void TestRunQuery::trashedAndArchived() {
    const RunQuery query(*m_connection);
    const auto ids = [&](const char *line, bool withTrashed, bool withArchived) {
        return list(query.ids({parseFilter(line), {}, withTrashed, withArchived}));
    };
    QCOMPARE(ids("", false, true), std::string("6 4 3 2 1"));
    QCOMPARE(ids("", true, true), std::string("6 5 4 3 2 1"));
    QCOMPARE(ids("", false, false), std::string("4 3 2 1"));
    QCOMPARE(ids("seed > 4 or starred", true, false), std::string("5 2"));
    QCOMPARE(idsOf("trashed"), std::string("5"));
    QCOMPARE(idsOf("trashed = false"), std::string("6 4 3 2 1"));
    QCOMPARE(idsOf("trashed or seed = 1"), std::string("5 1"));
    QCOMPARE(ids("archived", false, false), std::string("6"));
    QCOMPARE(ids("archived or seed = 5", false, false), std::string("6")); // 5 is in the trash
}

/// Run N was started at 8:30 UTC on 2026-11-(23 + N).
void TestRunQuery::moments() {
    QCOMPARE(idsOf("created = 2026-11-26"), std::string("3"));
    QCOMPARE(idsOf("created != 2026-11-26"), std::string("6 4 2 1"));
    QCOMPARE(idsOf("created > 2026-11-26"), std::string("6 4"));
    QCOMPARE(idsOf("created >= 2026-11-26"), std::string("6 4 3"));
    QCOMPARE(idsOf("created < 2026-11-26"), std::string("2 1"));
    QCOMPARE(idsOf("created <= 2026-11-26"), std::string("3 2 1"));
    QCOMPARE(idsOf("created in (2026-11-24, 2026-11-29)"), std::string("6 1"));
    QCOMPARE(idsOf("created > \"2026-11-26 08:29\""), std::string("6 4 3"));
    QCOMPARE(idsOf("created < 2026-11-26T08:30:00Z"), std::string("2 1"));
    QCOMPARE(idsOf("finished > 2000"), std::string("3 1"));
    QCOMPARE(idsOf("not finished > 2000"), std::string()); // the others have not ended
    QCOMPARE(idsOf("finished is empty"), std::string("6 4 2"));
    // relative to the clock of the machine
    m_connection->database().exec("UPDATE runs SET created = unixepoch() - 86400 * 3 WHERE id = 4");
    QCOMPARE(idsOf("id = 4 and created > -4d and created < -2d and age > 2d and age < 4d"), std::string("4"));
    QCOMPARE(idsOf("id = 4 and (created > -2d or age < 2d or created < -4d or age > 4d)"), std::string());
    m_connection->database().exec("UPDATE runs SET created = 1796027400 - 86400 * 3 WHERE id = 4");
}

/// "not" is the opposite for runs with a value, and no run without a value matches either.
void TestRunQuery::notReversesWhatIsKnown() {
    for (const std::string condition :
         {"loss > 4", "linear < 0.6", "encoder = resnet18", "images_per_second > 300", "note ~ a",
          "duration > 2h", "encoder in (resnet18)"}) {
        const std::string field = condition.substr(0, condition.find(' '));
        QCOMPARE(idsOf(condition + " and not " + condition), std::string());
        QCOMPARE(idsOf(condition + " or not " + condition), idsOf(field + " is not empty or id < 0"));
        QCOMPARE(idsOf("not not " + condition), idsOf(condition));
        QCOMPARE(idsOf("not (" + condition + " and id > 0)"), idsOf("not " + condition));
    }
}

/// SQLite limits the depth of expressions and of its parser's stack.
void TestRunQuery::deepAndLongFilters() {
    std::string nested = "seed = 1";
    std::string negated = "seed = 1";
    for (int level = 0; level < deepestFilter; ++level)
        nested = level % 2 == 0 ? "seed = 2 or (" + nested + ")" : "id > 0 and (" + nested + ")";
    for (int level = 0; level < deepestFilter / 2; ++level)
        negated = "not (id < 0 or " + negated + ")";
    QCOMPARE(idsOf(nested), std::string("2 1"));
    QCOMPARE(idsOf(negated), std::string("1"));
    std::string words = "crop";
    std::string any = "id = 0";
    std::string values = "id in (0";
    for (std::size_t word = 1; word < mostWords; ++word)
        words += " o";
    while (any.size() < 9'980)
        any += " or id = 1";
    while (values.size() < 9'990)
        values += ",2";
    QCOMPARE(idsOf(words), std::string("2 1"));
    QCOMPARE(idsOf(any), std::string("1"));
    QCOMPARE(idsOf(values + ")"), std::string("2"));
    QCOMPARE(idsOf("not (" + any + ")"), std::string("6 4 3 2"));
}

/// Whatever is accepted can be compiled and run.
void TestRunQuery::randomFiltersNeverFail() {
    constexpr std::array fields{"name",       "tag",     "status",  "linear",  "knn.test",
                                "best(loss)", "batch",   "encoder", "created", "age",
                                "starred",    "trashed", "seed",    "note",    "version"};
    constexpr std::array operators{"=", "!=", "<", "<=", ">", ">=", "~", "!~"};
    constexpr std::array values{"0.5", "\"a'b\"",   "crop",  "true", "today",
                                "2h",  "completed", "paper", "50%",  "\"\""};
    std::mt19937 random(4);
    const auto pick = [&](const auto &from) { return std::string(from[random() % from.size()]); };
    const std::function<std::string(int)> filter = [&](int depth) -> std::string {
        switch (depth > 4 ? random() % 4 : random() % 8) {
        case 0:
            return pick(fields) + " is " + (random() % 2 ? "not " : "") + "empty";
        case 1:
            return pick(fields) + (random() % 2 ? " not" : "") + " in (" + pick(values) + ", " +
                   pick(values) + ")";
        case 2:
            return pick(values);
        case 3:
            return pick(fields) + " " + pick(operators) + " " + pick(values);
        case 4:
            return "not (" + filter(depth + 1) + ")";
        default:
            return "(" + filter(depth + 1) + (random() % 2 ? " and " : " or ") + filter(depth + 1) + ")";
        }
    };
    int accepted = 0;
    for (int i = 0; i < 1'000; ++i) {
        const std::string line = filter(0);
        const QueryError error = queryErrorOf([&] { idsOf(line); }); // a StorageError fails the test
        QVERIFY2(error.where().end() <= line.size(), line.c_str());
        accepted += *error.what() == '\0' ? 1 : 0;
    }
    QVERIFY(accepted > 100 && accepted < 900);
}

void TestRunQuery::orders_data() {
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QString>("ids");
    const auto row = [](const QStringList &keys, const char *ids) {
        QTest::newRow(qPrintable(keys.join(' '))) << keys << ids;
    };
    row({}, "6 4 3 2 1");
    row({"id"}, "1 2 3 4 6");
    row({"created:asc"}, "1 2 3 4 6");
    row({"linear:desc"}, "2 6 1 4 3"); // those without come last, the newest first
    row({"linear"}, "1 6 2 4 3");
    row({"best(loss)"}, "6 3 1 2 4");
    row({"name"}, "4 6 3 2 1"); // in any case: "colour" < "Crop &" < "crop only"
    row({"encoder", "seed"}, "1 3 2 6 4");
    row({"encoder:desc", "seed:desc"}, "6 2 3 1 4");
    row({"encoder"}, "3 1 6 2 4"); // equal ones with the newest first
    row({"batch"}, "6 2 1 4 3");   // numbers before texts
    row({"tag"}, "4 1 6 2 3");     // "draft", "final, paper", "paper"
    row({"duration:desc"}, "3 1 6 4 2");
    row({"starred:desc", "id"}, "2 1 3 4 6");
    row({"age"}, "6 4 3 2 1");
}

void TestRunQuery::orders() {
    QFETCH(QStringList, keys);
    QFETCH(QString, ids);
    RunSelection selection;
    for (const QString &key : keys)
        selection.order.push_back(parseSortKey(key.toStdString()));
    QCOMPARE(list(RunQuery(*m_connection).ids(selection)), ids.toStdString());
}

void TestRunQuery::valuesOfAPage() {
    const RunQuery query(*m_connection);
    const std::vector<RunId> page{6, 1, 99, 3};
    const auto values = query.values(parseFieldName("best(loss)"), page);
    QCOMPARE(values.size(), page.size());
    QCOMPARE(std::get<double>(values[0]), 1.0);
    QCOMPARE(std::get<double>(values[1]), 3.0);
    QVERIFY(std::holds_alternative<std::monostate>(values[2])); // there is no such run
    QCOMPARE(std::get<double>(values[3]), 2.0);
    QVERIFY(query.values(parseFieldName("name"), {}).empty());
    const QueryError error = queryErrorOf([&] { query.values(parseFieldName("nonsense"), page); });
    QVERIFY(isClearMessage(error.what(), "unknown field"));
}

void TestRunQuery::valuesKeepTheirKind() {
    const RunQuery query(*m_connection);
    const auto value = [&](const char *field, RunId run) {
        return query.values(parseFieldName(field), std::vector{run}).front();
    };
    QCOMPARE(std::get<std::string>(value("name", 2)), std::string("Crop & Größe"));
    QCOMPARE(std::get<std::string>(value("tag", 1)), std::string("final, paper"));
    QCOMPARE(std::get<std::int64_t>(value("batch", 1)), std::int64_t{256});
    QCOMPARE(std::get<std::string>(value("batch", 3)), std::string("auto"));
    QCOMPARE(std::get<double>(value("version", 3)), 0.25);
    QCOMPARE(std::get<std::int64_t>(value("starred", 2)), std::int64_t{1});
    QCOMPARE(std::get<std::int64_t>(value("trashed", 5)), std::int64_t{1});
    QCOMPARE(std::get<double>(value("linear", 1)), 0.5);
    QCOMPARE(std::get<double>(value("linear", 2)), 0.9); // on validation
    QCOMPARE(std::get<double>(value("duration", 3)), 10'800.0);
    for (const char *field :
         {"tag", "note", "linear", "last(loss)", "version", "finished", "pipeline", "encoder"})
        QVERIFY2(std::holds_alternative<std::monostate>(value(field, field == std::string("tag") ? 3 : 4)),
                 field);
}

void TestRunQuery::frequentValues() {
    const RunQuery query(*m_connection);
    const auto values = [&](const char *field, int limit = 50) {
        return query.frequentValues(parseFieldName(field), limit);
    };
    QCOMPARE(values("tag"), (std::vector<std::string>{"paper", "draft", "final"}));
    QCOMPARE(values("encoder"), (std::vector<std::string>{"resnet18", "resnet50"}));
    QCOMPARE(values("batch", 2), (std::vector<std::string>{"256", "64"}));
    QCOMPARE(values("status"), query.names().statuses);
    QCOMPARE(values("images"), (std::vector<std::string>{"photos", "cats"}));
}

void TestRunQuery::namesOfTheDatabase() {
    const KnownNames names = RunQuery(*m_connection).names();
    QVERIFY(std::ranges::count(names.options, "optimiser.version") == 1);
    QVERIFY(std::ranges::count(names.metrics, "loss") == 1);
    QCOMPARE(names.statuses.size(), std::size_t{5});
    QVERIFY(RunQuery(*m_connection).kind(parseFieldName("linear")) == ValueKind::Share);
}

void TestRunQuery::worksReadOnly() {
    Connection connection(m_file, Connection::Access::ReadOnly);
    const RunQuery query(connection);
    for (int i = 0; i < 2; ++i) // the function of SQL is added once more
        QCOMPARE(list(query.ids({parseFilter("name ~ GRÖßE"), {}})), std::string("2"));
}

SIMCLR_TEST(TestRunQuery)
#include "tst_run_query.moc"
