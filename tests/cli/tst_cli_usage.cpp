// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pipeline.h"
#include "tests/cli/cli_fixture.h"

using namespace simclr;
using namespace simclr::test;

/// Help, and wrong usage.
class TestCliUsage : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void helpNamesEveryCommand();
    void everyCommandExplainsItself_data();
    void everyCommandExplainsItself();
    void trainHelpListsEveryOption();
    void wrongUsageIsRefused_data();
    void wrongUsageIsRefused();
};

void TestCliUsage::helpNamesEveryCommand() {
    const CommandResult result = runCommand({"--help"});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.err, std::string());
    for (const char *command : {"demo", "train", "resume", "eval", "runs", "show", "annotate", "restore",
                                "empty-trash", "compare", "preview"})
        QVERIFY2(contains(result.out, std::string("  ") + command), command);
}

void TestCliUsage::everyCommandExplainsItself_data() {
    QTest::addColumn<QString>("command");
    for (const char *command : {"demo", "train", "resume", "eval", "runs", "show", "annotate", "restore",
                                "empty-trash", "compare", "preview"})
        QTest::newRow(command) << command;
}

void TestCliUsage::everyCommandExplainsItself() {
    QFETCH(QString, command);
    const CommandResult result = runCommand({command, "--help"});
    QCOMPARE(result.status, 0);
    QVERIFY(contains(result.out, "Usage:"));
    QCOMPARE(result.err, std::string());
}

void TestCliUsage::trainHelpListsEveryOption() {
    const CommandResult result = runCommand({"train", "--help"});
    for (const char *part : {"encoder=resnet18", "resnet34", "width=0.25", "0.0625 to 4", "epochs=",
                             "temperature=0.5", "knn_neighbours=200", "precision=auto", "seed=1", "NT-Xent"})
        QVERIFY2(contains(result.out, part), part);
    for (const PipelinePreset &preset : pipelinePresets())
        QVERIFY2(contains(result.out, preset.id), preset.id.c_str());
}

void TestCliUsage::wrongUsageIsRefused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    QTest::newRow("nothing") << QStringList{} << "subcommand";
    QTest::newRow("unknown command") << QStringList{"paint"} << "paint";
    QTest::newRow("unknown flag") << QStringList{"runs", "--colour"} << "--colour";
    QTest::newRow("missing number") << QStringList{"show"} << "run";
    QTest::newRow("number that is none") << QStringList{"show", "first"} << "first";
    QTest::newRow("one run to compare") << QStringList{"compare", "1"} << "runs";
    QTest::newRow("no runs to compare") << QStringList{"compare"} << "--groups";
    QTest::newRow("no points to show") << QStringList{"compare", "--groups", "--points", "0"} << "--points";
    QTest::newRow("missing file") << QStringList{"preview"} << "--out";
    QTest::newRow("no images") << QStringList{"preview", "--out", "x.png", "--count", "0"} << "--count";
    QTest::newRow("unknown split") << QStringList{"eval", "1", "--split", "train"} << "train";
    QTest::newRow("setting without value") << QStringList{"train", "--set", "epochs"} << "epochs";
    QTest::newRow("unknown setting") << QStringList{"train", "--set", "colour=red"} << "colour";
    QTest::newRow("setting out of range") << QStringList{"train", "--set", "epochs=0"} << "epochs";
    QTest::newRow("setting that is no number") << QStringList{"train", "--set", "width=wide"} << "width";
    QTest::newRow("setting that is NaN") << QStringList{"train", "--set", "temperature=nan"} << "temperature";
    QTest::newRow("unknown choice") << QStringList{"train", "--set", "encoder=vgg"} << "vgg";
}

void TestCliUsage::wrongUsageIsRefused() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    QVERIFY(isRefusal(runCommand(arguments), part.toStdString()));
}

SIMCLR_TEST(TestCliUsage, QCoreApplication)
#include "tst_cli_usage.moc"
