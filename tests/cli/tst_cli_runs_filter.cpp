// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <algorithm>

#include <SQLiteCpp/Database.h>

using namespace simclr;
using namespace simclr::test;

/// simclr runs with --where, --sort and --column, on three runs.
class TestCliRunsFilter : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void whereSelects();
    void whereKeepsTheUsualTable();
    void nothingMatches();
    void sortOrders();
    void columnsReplaceTheUsualOnes();
    void columnsAsJson();
    void mistakeHasACaret_data();
    void mistakeHasACaret();
    void longLineIsCut();
    void hostileFilterIsText();
    void withoutDatabaseNothingIsListed();

  private:
    CommandResult command(const QStringList &arguments) const {
        return runCommand(QStringList{"runs", "--db", m_file} + arguments);
    }
    std::string idsOf(const QStringList &arguments) const {
        std::string ids;
        for (const Json &run : command(arguments + QStringList{"--json"}).json())
            ids += (ids.empty() ? "" : " ") + std::to_string(run["id"].get<int>());
        return ids;
    }

    QTemporaryDir m_directory;
    QString m_file;
};

void TestCliRunsFilter::initTestCase() {
    m_file = text(folderOf(m_directory) / "runs.sqlite");
    RunStore store(m_file.toStdString());
    for (const char *name : {"crop only", "größe", "\x1b[31mred"})
        store.runs().finish(store.runs().create(sampleRun(name)), RunStatus::Completed, "", "");
    store.results().add(1, measured("linear", "test", 10, 0.5));
    store.results().add(2, measured("linear", "test", 10, 0.625));
    Connection connection(m_file.toStdString());
    connection.database().exec(
        "INSERT OR IGNORE INTO option_keys (path) VALUES ('encoder');"
        "INSERT INTO run_tags VALUES ('paper', 1), ('paper', 3), ('=1+1', 3);"
        "UPDATE runs SET created = 1796027400 + id, finished = 1796027400 + id + 3600 * id, "
        "starred = id = 2");
}

void TestCliRunsFilter::whereSelects() {
    QCOMPARE(idsOf({"--where", "linear > 0.4"}), std::string("2 1"));
    QCOMPARE(idsOf({"--where", "linear > 60% or tag = paper"}), std::string("3 2 1"));
    QCOMPARE(idsOf({"--where", "name ~ GRÖSSE or name ~ GRÖßE"}), std::string("2"));
    QCOMPARE(idsOf({"--where", "crop"}), std::string("1"));
    QVERIFY(command({"--where", "crop", "--json"}).json()[0].contains("results"));
}

void TestCliRunsFilter::whereKeepsTheUsualTable() {
    const CommandResult result = command({"--where", "starred"});
    QCOMPARE(result.status, 0);
    QCOMPARE(std::ranges::count(result.out, '\n'), std::ptrdiff_t{2});
    for (const char *part : {"images/s", "größe", "62.5 %"})
        QVERIFY2(contains(result.out, part), part);
}

void TestCliRunsFilter::nothingMatches() {
    const CommandResult result = command({"--where", "linear > 0.9"});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, std::string("No run matches.\n"));
    QCOMPARE(command({"--where", "linear > 0.9", "--json"}).json().size(), std::size_t{0});
}

void TestCliRunsFilter::sortOrders() {
    QCOMPARE(idsOf({"--sort", "linear:desc"}), std::string("2 1 3"));
    QCOMPARE(idsOf({"--sort", "linear"}), std::string("1 2 3"));
    QCOMPARE(idsOf({"--sort", "starred:desc", "--sort", "id"}), std::string("2 1 3"));
    QCOMPARE(idsOf({"--where", "tag = paper", "--sort", "duration:desc"}), std::string("3 1"));
}

void TestCliRunsFilter::columnsReplaceTheUsualOnes() {
    const CommandResult result =
        command({"--sort", "id", "--column", "name", "--column", "linear.test", "--column", "duration",
                 "--column", "created", "--column", "starred", "--column", "tag"});
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.starts_with("id  name"), result.out.c_str());
    for (const char *part :
         {"50.0 %", "62.5 %", "—", "2 h 0 min", "2026-11-30T08:30:01Z", "yes", "=1+1, paper"})
        QVERIFY2(contains(result.out, part), part);
    QVERIFY(!contains(result.out, "\x1b") && !contains(result.out, "images/s"));
}

void TestCliRunsFilter::columnsAsJson() {
    const Json runs = command({"--sort", "id", "--column", "linear", "--column", "finished", "--column",
                               "starred", "--column", "name", "--json"})
                          .json();
    QCOMPARE(runs.size(), std::size_t{3});
    const Json first = {
        {"linear", 0.5}, {"finished", "2026-11-30T09:30:01Z"}, {"starred", false}, {"name", "crop only"}};
    QCOMPARE(runs[0]["id"].get<int>(), 1);
    QVERIFY(runs[0]["values"] == first);
    QVERIFY(runs[2]["values"]["linear"].is_null());
}

void TestCliRunsFilter::mistakeHasACaret_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("lines");
    QTest::newRow("field") << QStringList{"--where", "linerr > 0.8"}
                           << "unknown field \"linerr\"; did you mean linear"
                           << "  linerr > 0.8\n  ^^^^^^\n";
    QTest::newRow("end") << QStringList{"--where", "name ~ größe and"} << "missing at the end"
                         << "  name ~ größe and\n                  ^\n";
    QTest::newRow("value") << QStringList{"--where", "name ~ ß or linear > 80"} << "written as 80%"
                           << "  name ~ ß or linear > 80\n                       ^^\n";
    QTest::newRow("sort") << QStringList{"--where", "crop", "--sort", "linerr:desc"} << "unknown field"
                          << "  linerr:desc\n  ^^^^^^\n";
    QTest::newRow("column") << QStringList{"--column", "name", "--column", "best(los)"} << "unknown metric"
                            << "  best(los)\n  ^^^^^^^^^\n";
}

void TestCliRunsFilter::mistakeHasACaret() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    QFETCH(QString, lines);
    const CommandResult result = command(arguments);
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.starts_with("simclr: ") && contains(result.err, message.toStdString()),
             result.err.c_str());
    QVERIFY2(result.err.ends_with("\n" + lines.toStdString()), result.err.c_str());
    QCOMPARE(std::ranges::count(result.err, '\n'), std::ptrdiff_t{3});
}

void TestCliRunsFilter::longLineIsCut() {
    const QString left = QStringLiteral("id = 1 or ").repeated(100);
    const CommandResult result =
        command({"--where", left + "wrong = 1" + QStringLiteral(" or id = 1").repeated(100)});
    QCOMPARE(result.status, 2);
    QVERIFY2(contains(result.err, "\n  …") && result.err.size() < 300, result.err.c_str());
    const std::string caret = result.err.substr(result.err.rfind('\n', result.err.size() - 2) + 1);
    QCOMPARE(caret, "  " + std::string(41, ' ') + "^^^^^\n");
    QVERIFY(contains(result.err, " or wrong = 1"));
}

void TestCliRunsFilter::hostileFilterIsText() {
    QCOMPARE(idsOf({"--where", "name = \"'; DROP TABLE runs; --\" or id = 1"}), std::string("1"));
    const CommandResult result = command({"--where", "name = \x1b[31m"});
    QCOMPARE(result.status, 2);
    QVERIFY(!contains(result.err, "\x1b"));
    QCOMPARE(command({"--where", QStringLiteral("(").repeated(9'000)}).status, 2);
    QCOMPARE(idsOf({}), std::string("3 2 1"));
}

void TestCliRunsFilter::withoutDatabaseNothingIsListed() {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_DATA_HOME", text(folderOf(m_directory) / "home"));
    process.setProcessEnvironment(environment);
    process.start(SIMCLR_COMMAND, {"runs", "--where", "linear > 0.8", "--json"});
    const CommandResult result = resultOf(process);
    QCOMPARE(result.status, 0);
    QCOMPARE(result.json().size(), std::size_t{0});
}

SIMCLR_TEST(TestCliRunsFilter, QCoreApplication)
#include "tst_cli_runs_filter.moc"
