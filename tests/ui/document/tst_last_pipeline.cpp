// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/document/last_pipeline.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/pipeline_files.h"
#include "ui/document/recent_pipelines.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <unistd.h>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;
namespace fs = std::filesystem;

/// The open pipeline is open again at the next start, and recent files are easy to find.
class TestLastPipeline : public QObject {
    Q_OBJECT

    /// A start of the program, which begins with a preset.
    struct Start {
        PipelineDocument document;
        LastPipeline last{document};
        QSignalSpy failed{&last, &LastPipeline::failed};

        Start() {
            document.loadPreset(pipelinePresets().at(1));
            last.reopen();
            QCoreApplication::processEvents(); // the opened pipeline is remembered
        }
        void settle() { QCoreApplication::processEvents(); }
        std::string name() const { return document.pipeline().name; }
    };

    static fs::path written(const QTemporaryDir &folder, const std::string &name) {
        Pipeline pipeline = pipelineByName("crop-only");
        pipeline.name = name;
        const fs::path file = folderOf(folder) / (name + ".json");
        writePipeline(pipeline, file);
        return file;
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_last_pipeline"));
    }
    void init() { QSettings().clear(); }

    void firstStartKeepsThePreset() {
        const Start start;
        QCOMPARE(start.name(), std::string("SimCLR (CIFAR-10)"));
        QVERIFY(start.failed.isEmpty());
    }

    /// How the program ended: closed or killed.
    void aFileIsOpenedAgain_data() {
        QTest::addColumn<bool>("closed");
        QTest::newRow("closed") << true;
        QTest::newRow("killed") << false;
    }
    void aFileIsOpenedAgain() {
        QFETCH(bool, closed);
        const QTemporaryDir folder;
        const fs::path file = written(folder, "mine");
        {
            Start start;
            start.document.load(file);
            start.document.setStepProbability(0, 0.5); // and discarded
            start.settle();
            if (closed)
                start.last.keep();
        }
        Start again;
        QCOMPARE(again.document.file(), file);
        QVERIFY(again.document.pipeline() == readPipeline(file));
        QVERIFY(!again.document.isModified());
    }

    void aPresetIsOpenedAgain() {
        {
            Start start;
            start.document.loadPreset(pipelinePresets().at(3));
            start.settle();
        }
        const Start again;
        QVERIFY(again.document.pipeline() == pipelinePresets().at(3).pipeline);
        QVERIFY(!again.document.isModified());
    }

    void whatHasNoFileComesBackUnsaved() {
        Pipeline edited;
        {
            Start start;
            start.document.setStepProbability(0, 0.5);
            start.document.rename(QStringLiteral("never saved"));
            edited = start.document.pipeline();
            start.settle();
            start.last.keep();
        }
        Start again;
        QVERIFY(again.document.pipeline() == edited);
        QVERIFY(again.document.isModified());
        again.document.undoStack()->undo(); // and its preset is one undo step away
        QVERIFY(again.document.pipeline() == pipelinePresets().at(1).pipeline);
    }

    void aPresetOverChangesComesBack() {
        {
            Start start;
            start.document.setStepProbability(0, 0.5);
            start.document.replace(pipelinePresets().at(3).pipeline);
            start.settle();
            start.last.keep();
        }
        QCOMPARE(Start().name(), pipelinePresets().at(3).pipeline.name);
    }

    void changesFollowSavingUnderAnotherName() {
        const QTemporaryDir folder;
        {
            Start start;
            start.document.load(written(folder, "one"));
            start.document.save(folderOf(folder) / "two.json");
            start.settle();
        }
        QCOMPARE(Start().document.file(), folderOf(folder) / "two.json");
    }

    void changesOfTheFileAreHeeded() {
        const QTemporaryDir folder;
        const fs::path file = written(folder, "mine");
        {
            Start start;
            start.document.load(file);
            start.settle();
        }
        Pipeline other = pipelineByName("byol");
        other.name = "changed elsewhere";
        writePipeline(other, file);
        QCOMPARE(Start().name(), std::string("changed elsewhere"));
    }

    void aMissingFileIsToldAndItsPipelineShown_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("gone") << QByteArray();
        QTest::newRow("damaged") << QByteArray("{\"steps\": 7");
        QTest::newRow("something else") << QByteArray("[1, 2]");
        QTest::newRow("newer") << QByteArray(R"({"version": 999, "name": "x", "steps": []})");
    }
    void aMissingFileIsToldAndItsPipelineShown() {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        const fs::path file = written(folder, "mine");
        const Pipeline before = readPipeline(file);
        {
            Start start;
            start.document.load(file);
            start.settle();
        }
        if (content.isEmpty())
            fs::remove(file);
        else
            writeBytes(file, content.toStdString());
        Start again;
        QCOMPARE(again.failed.count(), 1);
        const QString reason = again.failed.front().front().toString();
        QVERIFY2(reason.contains(QStringLiteral("mine.json")), qPrintable(reason));
        QVERIFY2(!reason.contains(QStringLiteral("json.exception")), qPrintable(reason));
        QVERIFY(again.document.pipeline() == before);
        QVERIFY(again.document.file().empty());
    }

    /// For example on a drive that is not mounted yet when the program starts.
    void aFileThatComesBackIsOpenedAgain() {
        const QTemporaryDir folder;
        const fs::path file = written(folder, "mine");
        const fs::path elsewhere = folderOf(folder) / "elsewhere.json";
        {
            Start start;
            start.document.load(file);
            start.settle();
        }
        fs::rename(file, elsewhere);
        QCOMPARE(Start().failed.count(), 1);
        QCOMPARE(Start().failed.count(), 1);
        fs::rename(elsewhere, file);
        const Start back;
        QVERIFY(back.failed.isEmpty());
        QCOMPARE(back.document.file(), file);
    }

    void aMissingFileIsForgottenOnceAnotherIsOpened() {
        const QTemporaryDir folder;
        const fs::path file = written(folder, "mine");
        {
            Start start;
            start.document.load(file);
            start.settle();
        }
        fs::rename(file, folderOf(folder) / "elsewhere.json");
        {
            Start start;
            start.document.loadPreset(pipelinePresets().at(3));
            start.settle();
        }
        const Start again;
        QVERIFY(again.failed.isEmpty());
        QVERIFY(again.document.pipeline() == pipelinePresets().at(3).pipeline);
    }

    /// The autosave is delayed by a second; until then the settings contain what was recovered.
    void whatCameBackUnsavedSurvivesACrashRightAfterTheStart() {
        Pipeline edited;
        {
            Start start;
            start.document.setStepProbability(0, 0.5);
            edited = start.document.pipeline();
            start.settle();
            start.last.keep();
        }
        { const Start crashed; }
        QVERIFY(Start().document.pipeline() == edited);
    }

    void damagedSettingsNeverKeepTheProgramFromStarting_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << "{";
        QTest::newRow("another kind") << "[]";
        QTest::newRow("lacks all") << "{}";
        QTest::newRow("wrong types") << R"({"file": 7, "saved": 8})";
        QTest::newRow("wrong pipeline") << R"({"file": "", "saved": {"steps": 3}})";
        QTest::newRow("wrong changes")
            << R"({"file": "", "saved": {"name": "a", "steps": []}, "unsaved": []})";
        QTest::newRow("a file of bytes") << R"({"file": "%00%ff", "saved": {"name": "a", "steps": []}})";
    }
    void damagedSettingsNeverKeepTheProgramFromStarting() {
        QFETCH(QString, text);
        QSettings().setValue(QStringLiteral("pipeline/last"), text);
        const Start start;
        QCOMPARE(start.failed.count(), 1);
        const QString reason = start.failed.front().front().toString();
        QVERIFY2(!reason.contains(QStringLiteral("json.exception")), qPrintable(reason));
        QVERIFY(!start.document.pipeline().name.empty());
        const bool namesAFile = text.contains(QLatin1String("%ff"));
        QCOMPARE(Start().failed.count(),
                 namesAFile ? 1 : 0); // reported once; a file may be available again later
    }

    void namesOfAnyBytesAreKept() {
        const QTemporaryDir folder;
        const fs::path file = folderOf(folder) / "caf\xe9 %41 & ü.json";
        writePipeline(pipelineByName("byol"), file);
        {
            Start start;
            start.document.load(file);
            start.settle();
        }
        QCOMPARE(Start().document.file(), file);
    }

    void recentOnesAreListedNewestFirst() {
        const QTemporaryDir folder;
        PipelineDocument document;
        PipelineFiles files(document, nullptr);
        for (int i = 0; i < 12; ++i)
            files.openFile(written(folder, std::to_string(i)));
        files.openFile(folderOf(folder) / "3.json"); // again
        files.openFile(folderOf(folder) / "missing.json");
        const std::vector<fs::path> recent = recentPipelines();
        QCOMPARE(recent.size(), std::size_t{10});
        QCOMPARE(recent[0], folderOf(folder) / "3.json");
        QCOMPARE(recent[1], folderOf(folder) / "11.json");
        QCOMPARE(std::ranges::count(recent, folderOf(folder) / "3.json"), 1);
    }

    void theMenuOpensThem() {
        const QTemporaryDir folder;
        RecentPipelinesMenu menu;
        Q_EMIT menu.aboutToShow();
        QVERIFY(!menu.actions().front()->isEnabled()); // there are none
        rememberRecentPipeline(folderOf(folder) / "b & c.json");
        rememberRecentPipeline(folderOf(folder) / "a.json");
        Q_EMIT menu.aboutToShow();
        QVERIFY(menu.actions()[0]->text().startsWith(QStringLiteral("a.json")));
        QVERIFY(menu.actions()[1]->text().startsWith(QStringLiteral("b && c.json")));
        std::vector<fs::path> chosen;
        connect(&menu, &RecentPipelinesMenu::chosen, &menu,
                [&](const fs::path &file) { chosen.push_back(file); });
        menu.actions()[1]->trigger();
        QCOMPARE(chosen, std::vector{folderOf(folder) / "b & c.json"});
        menu.findChild<QAction *>(QStringLiteral("clearRecent"))->trigger();
        QVERIFY(recentPipelines().empty());
    }
};

SIMCLR_TEST(TestLastPipeline, QApplication)
#include "tst_last_pipeline.moc"
