// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/cli_fixture.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"
#include "tests/support/test_images.h"

#include <sqlite3.h>
#include <sys/stat.h>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Malicious files, and paths that are not files: whatever their content, the command ends by itself with one
/// sentence that names them.
class TestCliHostileInput : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void deepPipelines_data();
    void deepPipelines();
    void damagedDatabases_data();
    void damagedDatabases();
    void damagedRunHidesNoOther();
    void deepHeadersOfWeights_data();
    void deepHeadersOfWeights();
    void manyTensors();
    void pipesAndDevicesAsFiles_data();
    void pipesAndDevicesAsFiles();
    void pipesAmongImages();
    void pipelinesFromAPipe();

  private:
    fs::path path(const std::string &name) const { return folderOf(*m_directory) / name; }
    QString database() const { return text(path("runs.sqlite")); }
    /// Two runs, the second completed.
    void makeDatabase() const;
    void execute(const std::string &statement) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

std::string repeated(const std::string &text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string deepList(int levels = 100'000) {
    return repeated("[", levels) + repeated("]", levels);
}

std::string deepObject(int levels = 100'000) {
    return repeated(R"({"a":)", levels) + "1" + repeated("}", levels);
}

std::string weightsWith(const std::string &header) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        bytes[i] = static_cast<char>(header.size() >> (8 * i));
    return bytes + header;
}

} // namespace

void TestCliHostileInput::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestCliHostileInput::makeDatabase() const {
    RunStore store(path("runs.sqlite"));
    for (const char *name : {"first", "second"}) {
        const RunId run = store.runs().create(sampleRun(name));
        store.metrics().add(run, lossPoints(1, 3));
        store.results().add(run, measured("linear", "test", 10, 0.5, {{"epochs", 100}}));
        store.artifacts().add(
            run, ArtifactRecord{lastCheckpointKind,
                                RunPath(path("runs.sqlite.runs") / "1" / "step.safetensors"), 3, ""});
        store.events().add(run, "a note");
        store.runs().finish(run, RunStatus::Completed, "", std::string(64, 'c'));
    }
}

void TestCliHostileInput::execute(const std::string &statement) const {
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path("runs.sqlite").c_str(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, statement.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

void TestCliHostileInput::deepPipelines_data() {
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const std::string &json) {
        QTest::newRow(name) << QByteArray::fromStdString(json);
    };
    row("version", R"({"version":)" + deepList() + R"(,"steps":[]})");
    row("name", R"({"name":)" + deepObject() + R"(,"steps":[]})");
    row("of an unknown step", R"({"steps":[{"operation":"x","enabled":false,"y":)" + deepObject() + "}]}");
    row("parameters", R"({"steps":[{"operation":"color_drop","parameters":)" + deepList() + "}]}");
    row("the whole of it", deepList());
    row("groups in groups", R"({"steps":[)" + repeated(R"({"operation":"group","steps":[)", 50'000) +
                                repeated("]}", 50'000) + "]}");
    row("groups, a few too many",
        R"({"steps":[)" + repeated(R"({"operation":"group","steps":[)", 60) + repeated("]}", 60) + "]}");
}

void TestCliHostileInput::deepPipelines() {
    QFETCH(QByteArray, json);
    const QString file = text(path("deep.json"));
    writeBytes(path("deep.json"), json.toStdString());
    for (const QStringList &arguments :
         {QStringList{"pipeline", "check", file}, {"meters", "--pipeline", file}}) {
        const CommandResult result = runCommand(arguments);
        QVERIFY(isRefusal(result, "is nested too deeply"));
        QVERIFY(contains(result.err, "deep.json"));
    }
}

void TestCliHostileInput::damagedDatabases_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("assignment");
    QTest::addColumn<QString>("told");
    const auto row = [](const QStringList &arguments, const std::string &assignment, const char *told) {
        QTest::addRow("%s: %s", qPrintable(arguments.first()), told)
            << arguments << QByteArray::fromStdString(assignment) << QString::fromLatin1(told);
    };
    row({"show", "2"}, "config = '" + deepObject() + "'", "the config of run 2 is nested too deeply");
    row({"compare", "1", "2"}, "pipeline = '" + deepObject() + "'",
        "the pipeline of run 2 is nested too deeply");
    row({"show", "2", "--json"}, "libraries = '[]'", "the libraries of run 2 is not a JSON object");
    row({"resume", "2"}, "dataset_source = 'shapes'", "is completed and cannot be resumed");
}

void TestCliHostileInput::damagedDatabases() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, assignment);
    QFETCH(QString, told);
    makeDatabase();
    execute("UPDATE runs SET " + assignment.toStdString() + " WHERE id = 2");
    const CommandResult result = runCommand(arguments + QStringList{"--db", database()});
    QVERIFY(isRefusal(result, told.toStdString()));
    QVERIFY2(contains(result.err, path("runs.sqlite").native()), result.err.c_str());
}

void TestCliHostileInput::damagedRunHidesNoOther() {
    makeDatabase();
    execute("UPDATE runs SET config = '" + deepObject() + "' WHERE id = 2");
    const CommandResult result = runCommand({"runs", "--db", database(), "--json"});
    QVERIFY2(result.status == 0, result.err.c_str());
    const Json list = result.json();
    QCOMPARE(list.size(), RunStore(path("runs.sqlite")).runs().list(0).changed.size());
    QVERIFY(list.size() >= 2);
}

void TestCliHostileInput::deepHeadersOfWeights_data() {
    QTest::addColumn<QByteArray>("header");
    const auto row = [](const char *name, const std::string &header) {
        QTest::newRow(name) << QByteArray::fromStdString(header);
    };
    row("metadata", R"({"__metadata__":)" + deepObject() + "}");
    row("shape", R"({"w":{"dtype":"F32","shape":)" + deepList() + "}}");
    row("the whole of it", deepObject());
    row("JSON in metadata", toLine(Json{{"__metadata__", {{"simclr", deepList()}, {"checksum", "x"}}}}));
}

void TestCliHostileInput::deepHeadersOfWeights() {
    QFETCH(QByteArray, header);
    writeBytes(path("deep.safetensors"), weightsWith(header.toStdString()));
    for (const QStringList &arguments :
         {QStringList{"import-weights", text(path("deep.safetensors")), "--db", database()},
          {"train", "--set", "initial_weights=" + text(path("deep.safetensors")), "--db", database()}}) {
        const CommandResult result = runCommand(arguments);
        QVERIFY(isRefusal(result, "deep.safetensors"));
        QVERIFY(contains(result.err, "nested too deeply") || contains(result.err, "checksum"));
    }
}

/// With time quadratic in their number, this would take an hour.
void TestCliHostileInput::manyTensors() {
    std::string header = "{";
    for (int i = 0; i < 400'000; ++i)
        header += (i > 0 ? ",\"t" : "\"t") + std::to_string(i) +
                  R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
    writeBytes(path("many.safetensors"), weightsWith(header + "}"));
    const CommandResult result =
        runCommand({"import-weights", text(path("many.safetensors")), "--db", database()});
    QVERIFY(isRefusal(result, "many.safetensors cannot be imported as an encoder"));
}

void TestCliHostileInput::pipesAndDevicesAsFiles_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("told");
    const auto row = [](const QStringList &arguments, const char *told) {
        QTest::newRow(qPrintable(arguments.join(' '))) << arguments << QString::fromLatin1(told);
    };
    const char *notRegular = "it is not a regular file";
    for (const char *file : {"PIPE", "/dev/zero", "/dev/null"}) {
        row({"import-weights", file, "--db", "DB"}, notRegular);
        row({"train", "--db", "DB", "--set", QString("initial_weights=") + file}, notRegular);
        row({"runs", "--db", file}, notRegular);
        row({"train", "--db", file}, notRegular);
        row({"preview", "--data", file, "--out", "DB.png"}, "is not a dataset");
        row({"preview", "--data", QString("cifar10:") + file, "--out", "DB.png"}, notRegular);
        row({"preview", "--out", file}, "it is not an ordinary file");
        row({"pipeline", "export", "byol", "--out", file}, "it is not an ordinary file");
    }
    row({"pipeline", "check", "PIPE"}, "no program writes into this pipe");
    row({"pipeline", "check", "/dev/null"}, "is not valid JSON");
    row({"pipeline", "check", "/dev/zero"}, "is too large");
}

void TestCliHostileInput::pipesAndDevicesAsFiles() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, told);
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    arguments.replaceInStrings("PIPE", text(path("pipe"))).replaceInStrings("DB", database());
    QVERIFY(isRefusal(runCommand(arguments), told.toStdString()));
    QVERIFY(fs::is_fifo(path("pipe")) && fs::is_character_file("/dev/null"));
}

void TestCliHostileInput::pipesAmongImages() {
    writeNoiseFolder(path("images"), 4, 16, 1);
    QCOMPARE(::mkfifo((path("images") / "pipe.png").c_str(), 0600), 0);
    fs::create_symlink("/dev/zero", path("images") / "zero.png");
    const CommandResult result = runCommand({"preview", "--data", text(path("images")), "--count", "9",
                                             "--size", "8", "--out", text(path("x.png"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(contains(result.out, "4 images"), result.out.c_str());
}

void TestCliHostileInput::pipelinesFromAPipe() {
    writeBytes(path("mine.json"), R"({"name": "piped", "steps": [{"operation": "color_drop"}]})");
    const auto shell = [this](const QString &script) {
        QProcess process;
        process.start("/bin/bash",
                      {"-c", script, SIMCLR_COMMAND, text(path("mine.json")), text(path("x.png"))});
        return resultOf(process);
    };
    for (const char *script :
         {"\"$0\" pipeline check <(cat \"$1\")",
          "\"$0\" pipeline check <(head -c 20 \"$1\"; sleep 0.3; tail -c +21 \"$1\")",
          "cat \"$1\" | \"$0\" pipeline check /dev/stdin", "\"$0\" pipeline check /dev/stdin < \"$1\"",
          "\"$0\" preview --count 1 --size 8 --pipeline <(cat \"$1\") --out \"$2\""}) {
        const CommandResult result = shell(script);
        QVERIFY2(result.status == 0, (script + (": " + result.err)).c_str());
    }
    QVERIFY(isRefusal(shell("\"$0\" pipeline check <(true)"), "is not valid JSON"));
}

SIMCLR_TEST(TestCliHostileInput, QCoreApplication)
#include "tst_cli_hostile_input.moc"
