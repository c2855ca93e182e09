// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/process_id.h"
#include "core/util/files.h"
#include "tests/support/test_support.h"
#include "ui/design/pipeline/recovery_bar.h"
#include "ui/document/pipeline_autosave.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/inline_message.h"

#include <QApplication>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> filesIn(const fs::path &folder) {
    std::vector<fs::path> files;
    std::error_code missing;
    for (const auto &entry : fs::directory_iterator(folder, missing))
        if (entry.path().extension() == ".json") // a file that is still being written is not there yet
            files.push_back(entry.path());
    return files;
}

/// A file name as left by a process of an earlier boot.
fs::path nameOfTheDead(int window = 1) {
    return "77.123.00000000-0000-0000-0000-000000000000." + std::to_string(window) + ".json";
}

Pipeline cifarRecipe(const std::string &name) {
    Pipeline pipeline = pipelineByName("simclr-cifar10");
    pipeline.name = name;
    return pipeline;
}

/// The content as the program writes it.
void leaveFile(const fs::path &file, const Pipeline &pipeline, const std::string &original = {},
               const std::string &changed = "2026-01-02T03:04:05Z") {
    writeBytes(file, toText(Json{{"format", "simclr-unsaved-pipeline"},
                                 {"version", 1},
                                 {"changed", changed},
                                 {"file", original},
                                 {"pipeline", toJson(pipeline)}}));
}

/// The process that the test kills: saves a change of the file, reports it, and waits.
int leaveAChange(int &argc, char **argv) {
    const QApplication application(argc, argv);
    const fs::path folder = argv[1];
    const fs::path original = argv[2];
    PipelineDocument document;
    document.load(original);
    const PipelineAutosave autosave(document, folder);
    document.setStepProbability(1, 0.25);
    const bool kept = QTest::qWaitFor([&] { return !filesIn(folder).empty(); }, 20'000);
    std::puts(kept ? "kept" : "lost");
    std::fflush(stdout);
    QTest::qWait(60'000);
    return 1;
}

const bool isProgramRegistered = registerProgram("leave_a_change", leaveAChange);

} // namespace

class TestPipelineAutosave : public QObject {
    Q_OBJECT

    /// A document with the CIFAR-10 recipe, with its own autosave folder.
    struct Fixture {
        QTemporaryDir root;
        fs::path folder = folderOf(root) / "unsaved";
        PipelineDocument document;
        std::unique_ptr<PipelineAutosave> autosave;

        Fixture() {
            document.loadPreset(pipelinePresets().at(1));
            autosave = std::make_unique<PipelineAutosave>(document, folder);
        }
        bool settlesAt(std::size_t files) const {
            return QTest::qWaitFor([&] { return filesIn(folder).size() == files; }, 10'000);
        }
    };

  private Q_SLOTS:
    void keepsAChangeWithinASecond() {
        Fixture fixture;
        QTest::qWait(50);
        QVERIFY(filesIn(fixture.folder).empty());
        QElapsedTimer clock;
        clock.start();
        fixture.document.rename(QStringLiteral("mine"));
        QVERIFY(fixture.settlesAt(1));
        QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(contains(readBytes(filesIn(fixture.folder).front()), "\"mine\""));
    }

    void changesWithoutEndAreKeptOnTheWay() {
        Fixture fixture;
        bool kept = false;
        for (int i = 0; i < 100 && !kept; ++i) { // never idle for a second
            fixture.document.rename(QString::number(i));
            QTest::qWait(40);
            kept = !filesIn(fixture.folder).empty();
        }
        QVERIFY(kept);
    }

    void undoneChangesAreKeptNoLonger() {
        Fixture fixture;
        fixture.document.rename(QStringLiteral("mine"));
        QVERIFY(fixture.settlesAt(1));
        fixture.document.undoStack()->undo();
        QVERIFY(fixture.settlesAt(0));
        QTest::qWait(PipelineAutosave::delayMs + 300);
        QVERIFY(filesIn(fixture.folder).empty());
    }

    void savingEndsIt() {
        Fixture fixture;
        fixture.document.rename(QStringLiteral("mine"));
        QVERIFY(fixture.settlesAt(1));
        fixture.document.save(folderOf(fixture.root) / "mine.json");
        QVERIFY(fixture.settlesAt(0));
    }

    void closingInOrderLeavesNothing() {
        Fixture fixture;
        fixture.document.rename(QStringLiteral("mine"));
        QVERIFY(fixture.settlesAt(1));
        fixture.autosave.reset();
        QVERIFY(filesIn(fixture.folder).empty());
    }

    void windowsDoNotTakeEachOthersFiles() {
        Fixture fixture;
        PipelineDocument otherDocument;
        otherDocument.loadPreset(pipelinePresets().at(0));
        PipelineAutosave other(otherDocument, fixture.folder);
        fixture.document.rename(QStringLiteral("one"));
        otherDocument.rename(QStringLiteral("other"));
        QVERIFY(fixture.settlesAt(2));
        other.lookForLeft();
        QVERIFY(other.left().empty());
        QCOMPARE(filesIn(fixture.folder).size(), std::size_t{2});
    }

    void survivesAKill() {
        Fixture fixture;
        const fs::path original = folderOf(fixture.root) / "a file.json";
        writePipeline(cifarRecipe("killed"), original);
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("leave_a_change"), QString::fromStdString(fixture.folder),
                       QString::fromStdString(original)});
        QVERIFY(process.waitForReadyRead(30'000));
        QCOMPARE(process.readLine().trimmed(), QByteArray("kept"));
        fixture.autosave->lookForLeft();
        QVERIFY(fixture.autosave->left().empty()); // its process is still running
        process.kill();
        QVERIFY(process.waitForFinished());
        fixture.autosave->lookForLeft();
        QCOMPARE(fixture.autosave->left().size(), std::size_t{1});
        fixture.autosave->recover();
        QCOMPARE(fixture.document.pipeline().steps.at(1).probability, 0.25);
        QCOMPARE(fixture.document.file(), original);
        QVERIFY(fixture.document.isModified());
        QVERIFY(fixture.autosave->left().empty());
        QCOMPARE(filesIn(fixture.folder).size(),
                 std::size_t{1}); // still saved, under the name of this window
        fixture.document.setStepProbability(1, readPipeline(original).steps.at(1).probability);
        QVERIFY(!fixture.document.isModified()); // relative to the file
        QVERIFY(fixture.settlesAt(0));
    }

    void recoveryIsOneUndoAway() {
        Fixture fixture;
        const Pipeline before = fixture.document.pipeline();
        leaveFile(fixture.folder / nameOfTheDead(), cifarRecipe("left"));
        fixture.autosave->lookForLeft();
        fixture.autosave->recover();
        QCOMPARE(fixture.document.pipeline().name, std::string("left"));
        QVERIFY(fixture.document.file().empty());
        fixture.document.undoStack()->undo();
        QVERIFY(fixture.document.pipeline() == before);
        QVERIFY(!fixture.document.isModified());
        fixture.document.undoStack()->redo();
        QCOMPARE(fixture.document.pipeline().name, std::string("left"));
        QVERIFY(fixture.settlesAt(1));
    }

    void undoGivesTheFileBack() {
        Fixture fixture;
        const fs::path mine = folderOf(fixture.root) / "mine.json";
        const fs::path original = folderOf(fixture.root) / "original.json";
        writePipeline(cifarRecipe("original"), original);
        fixture.document.save(mine);
        leaveFile(fixture.folder / nameOfTheDead(), cifarRecipe("left"), original.native());
        fixture.autosave->lookForLeft();
        fixture.autosave->recover();
        QCOMPARE(fixture.document.file(), original);
        fixture.document.undoStack()->undo();
        QCOMPARE(fixture.document.file(), mine);
        QVERIFY(!fixture.document.isModified());
    }

    void originalIsGone() {
        Fixture fixture;
        leaveFile(fixture.folder / nameOfTheDead(), cifarRecipe("left"), "/nowhere/gone.json");
        fixture.autosave->lookForLeft();
        fixture.autosave->recover();
        QCOMPARE(fixture.document.pipeline().name, std::string("left"));
        QCOMPARE(fixture.document.file(), fs::path("/nowhere/gone.json"));
        QVERIFY(fixture.document.isModified());
    }

    void unknownOperationsSurvive() {
        Fixture fixture;
        Pipeline pipeline = cifarRecipe("left");
        pipeline.steps.push_back(
            {"from_the_future", true, 1, {}, Json{{"operation", "from_the_future"}, {"x", 1}}});
        leaveFile(fixture.folder / nameOfTheDead(), pipeline);
        fixture.autosave->lookForLeft();
        fixture.autosave->recover();
        QVERIFY(fixture.document.pipeline() == pipeline);
    }

    void pathsNeedNotBeUtf8() {
        Fixture fixture;
        const fs::path odd = folderOf(fixture.root) / "na\xefve %41.json";
        writePipeline(cifarRecipe("odd"), odd);
        fixture.document.load(odd);
        fixture.document.rename(QStringLiteral("changed"));
        QVERIFY(fixture.settlesAt(1));
        const std::string kept = readBytes(filesIn(fixture.folder).front());
        writeBytes(fixture.folder / nameOfTheDead(), kept);
        fixture.autosave->lookForLeft();
        QCOMPARE(fixture.autosave->left().size(), std::size_t{1});
        QCOMPARE(fixture.autosave->left().front().original, odd);
        fs::remove(odd); // which QTemporaryDir cannot
    }

    void damagedFilesArePutAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("{\"format\": \"simclr-uns");
        QTest::newRow("another JSON") << QByteArray("[1, 2]");
        QTest::newRow("no pipeline") << QByteArray("{\"format\": \"simclr-unsaved-pipeline\"}");
        QTest::newRow("nested too deeply") << "{\"format\": \"simclr-unsaved-pipeline\", \"pipeline\": " +
                                                  QByteArray("{\"a\":").repeated(100'000) + "1" +
                                                  QByteArray("}").repeated(100'001);
        QTest::newRow("wrong types") << QByteArray(
            "{\"format\": \"simclr-unsaved-pipeline\", \"changed\": 5, \"file\": {}, \"pipeline\": 1}");
    }
    void damagedFilesArePutAside() {
        QFETCH(QByteArray, content);
        Fixture fixture;
        writeBytes(fixture.folder / nameOfTheDead(1), content.toStdString());
        leaveFile(fixture.folder / nameOfTheDead(2), cifarRecipe("good"));
        QSignalSpy failed(fixture.autosave.get(), &PipelineAutosave::failed);
        fixture.autosave->lookForLeft();
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed.front().at(0).toString().contains(QStringLiteral(".damaged")));
        QCOMPARE(fixture.autosave->left().size(), std::size_t{1});
        fs::path aside = fixture.folder / nameOfTheDead(1);
        aside += ".damaged";
        QCOMPARE(readBytes(aside), content.toStdString());
        fixture.autosave->lookForLeft();
        QCOMPARE(failed.size(), 1); // reported once
    }

    void pipesAreNotWaitedFor() {
        Fixture fixture;
        fs::create_directories(fixture.folder);
        QCOMPARE(::mkfifo((fixture.folder / nameOfTheDead()).c_str(), 0600), 0);
        QSignalSpy failed(fixture.autosave.get(), &PipelineAutosave::failed);
        fixture.autosave->lookForLeft();
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed.front().at(0).toString().contains(QStringLiteral("not a regular file")));
        QVERIFY(fixture.autosave->left().empty());
    }

    void filesOfANewerProgramStay() {
        Fixture fixture;
        const auto leave = [&](int window, int version, int pipelineVersion) {
            writeBytes(fixture.folder / nameOfTheDead(window),
                       toText(Json{{"format", "simclr-unsaved-pipeline"},
                                   {"version", version},
                                   {"pipeline", {{"version", pipelineVersion}, {"steps", Json::array()}}}}));
        };
        leave(1, 999, 1);
        leave(2, 1, 999);
        QSignalSpy failed(fixture.autosave.get(), &PipelineAutosave::failed);
        fixture.autosave->lookForLeft();
        QCOMPARE(failed.size(), 2);
        QVERIFY(failed.front().at(0).toString().contains(QStringLiteral("newer version")));
        QVERIFY(fs::exists(fixture.folder / nameOfTheDead(1)) &&
                fs::exists(fixture.folder / nameOfTheDead(2)));
    }

    void otherFilesAreLeftAlone() {
        Fixture fixture;
        writeBytes(fixture.folder / "notes.json", "mine");
        fixture.autosave->lookForLeft();
        QVERIFY(fixture.autosave->left().empty());
        QCOMPARE(readBytes(fixture.folder / "notes.json"), std::string("mine"));
    }

    void unwritableFolderIsToldOnce() {
        QTemporaryDir root;
        writeBytes(folderOf(root) / "file", "in the way");
        PipelineDocument document;
        document.loadPreset(pipelinePresets().at(1));
        PipelineAutosave autosave(document, folderOf(root) / "file" / "unsaved");
        QSignalSpy failed(&autosave, &PipelineAutosave::failed);
        autosave.lookForLeft();
        document.rename(QStringLiteral("one"));
        QVERIFY(failed.wait(10'000));
        document.rename(QStringLiteral("two"));
        QTest::qWait(PipelineAutosave::delayMs + 300);
        QCOMPARE(failed.size(), 1);
    }

    void onlyOneWindowRecovers() {
        Fixture fixture;
        leaveFile(fixture.folder / nameOfTheDead(), cifarRecipe("left"));
        PipelineDocument otherDocument;
        otherDocument.loadPreset(pipelinePresets().at(0));
        const Pipeline before = otherDocument.pipeline();
        PipelineAutosave other(otherDocument, fixture.folder);
        fixture.autosave->lookForLeft();
        other.lookForLeft();
        fixture.autosave->recover();
        QSignalSpy failed(&other, &PipelineAutosave::failed);
        other.recover();
        QCOMPARE(failed.size(), 1);
        QVERIFY(otherDocument.pipeline() == before);
        QVERIFY(other.left().empty());
    }

    void barOffersNewestFirst() {
        Fixture fixture;
        leaveFile(fixture.folder / nameOfTheDead(1), cifarRecipe("older <b>"), {}, "2026-01-02T03:04:05Z");
        leaveFile(fixture.folder / nameOfTheDead(2), cifarRecipe("newer"), {}, "2026-02-02T03:04:05Z");
        RecoveryBar bar(*fixture.autosave);
        bar.show();
        auto *offer = bar.findChild<InlineMessage *>(QStringLiteral("recoveryOffer"));
        QVERIFY(!offer->isVisible());
        fixture.autosave->lookForLeft();
        QVERIFY(offer->isVisible());
        QVERIFY(offer->text().contains(QStringLiteral("“newer”")));
        offer->findChild<QPushButton *>(QStringLiteral("messageSecondAction"))->click();
        QVERIFY(offer->text().contains(QStringLiteral("“older <b>”")));
        QCOMPARE(offer->findChild<QLabel *>(QStringLiteral("messageText"))->textFormat(), Qt::PlainText);
        QCOMPARE(filesIn(fixture.folder).size(), std::size_t{1});
        offer->findChild<QPushButton *>(QStringLiteral("messageAction"))->click();
        QVERIFY(!offer->isVisible());
        QCOMPARE(fixture.document.pipeline().name, std::string("older <b>"));
    }

    void closedOfferComesAgain() {
        Fixture fixture;
        leaveFile(fixture.folder / nameOfTheDead(), cifarRecipe("left"));
        fixture.autosave->lookForLeft();
        fixture.autosave.reset(); // neither recovered nor discarded
        PipelineAutosave next(fixture.document, fixture.folder);
        next.lookForLeft();
        QCOMPARE(next.left().size(), std::size_t{1});
    }
};

SIMCLR_TEST(TestPipelineAutosave, QApplication)
#include "tst_pipeline_autosave.moc"
