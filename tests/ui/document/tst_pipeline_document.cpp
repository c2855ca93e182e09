// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/error.h"
#include "tests/support/test_support.h"
#include "ui/document/pipeline_document.h"

#include <QSignalSpy>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestPipelineDocument : public QObject {
    Q_OBJECT

    static const PipelinePreset &preset() { return pipelinePresets().at(1); }

    static std::vector<std::string> operations(const PipelineDocument &document) {
        std::vector<std::string> names;
        for (const PipelineStep &step : document.pipeline().steps)
            names.push_back(step.operation);
        return names;
    }

  private Q_SLOTS:
    void everyEditIsOneUndoStep() {
        PipelineDocument document;
        document.loadPreset(preset());
        std::vector<Pipeline> states{document.pipeline()};
        const auto edit = [&](auto &&action) {
            action();
            states.push_back(document.pipeline());
        };
        edit([&] { document.insertStep(1, "gaussian_blur"); });
        edit([&] { document.duplicateSteps({0}); });
        edit([&] { document.removeSteps({3}); });
        edit([&] { document.moveSteps({0}, 3); });
        edit([&] { document.combineSteps({1, 2}, "one_of"); });
        edit([&] { document.insertSteps(StepPath(1).child(0), {makeStep("solarize")}); });
        edit([&] { document.dissolveStep(1); });
        edit([&] { document.splitBranches(); });
        edit([&] { document.removeSteps({StepPath(0, 1)}); });
        edit([&] { document.copyBranch(1); });
        edit([&] { document.dropSecondBranch(); });
        edit([&] { document.insertStep(0, "random_resized_crop"); });
        edit([&] { document.setStepsEnabled({1}, false); });
        edit([&] { document.setStepProbability(0, 0.3); });
        edit([&] { document.setParameter(0, "area", Range{0.2, 0.7}); });
        edit([&] { document.resetSteps({0}); });
        edit([&] { document.rename("Mine"); });
        edit([&] { document.replace(pipelinePresets().at(2).pipeline); });
        QCOMPARE(document.undoStack()->count(), int(states.size()) - 1);
        for (std::size_t i = states.size(); i-- > 1;) {
            QVERIFY(states[i] != states[i - 1]);
            document.undoStack()->undo();
            QVERIFY(document.pipeline() == states[i - 1]);
        }
        for (std::size_t i = 1; i < states.size(); ++i) {
            document.undoStack()->redo();
            QVERIFY(document.pipeline() == states[i]);
        }
    }

    void movesWhereAsked() {
        PipelineDocument document;
        document.loadPreset(preset());
        const auto before = operations(document);
        QVERIFY(document.moveSteps({0}, 3) == StepPath(2));
        QCOMPARE(operations(document),
                 (std::vector<std::string>{before[1], before[2], before[0], before[3]}));
        document.moveSteps({2}, 0);
        QCOMPARE(operations(document), before);
        const int steps = document.undoStack()->count();
        document.moveSteps({3}, 4); // no net move
        QCOMPARE(operations(document), before);
        QCOMPARE(document.undoStack()->count(), steps);
    }

    void resetKeepsWhatIsCombinedAndWhetherItIsOn() {
        PipelineDocument document;
        document.loadPreset(preset());
        document.setParameter(2, "brightness", 0.9);
        document.setStepProbability(2, 0.1);
        document.setStepsEnabled({2}, false);
        document.combineSteps({2, 3}, "group");
        document.setStepProbability(2, 0.5);
        document.resetSteps({2, StepPath(2).child(0)}); // the inner one is part of the outer one
        const PipelineStep *group = stepAt(document.pipeline(), 2);
        QCOMPARE(group->probability, 1.0);
        QCOMPARE(group->steps.at(0).probability, 0.1);
        document.resetSteps({StepPath(2).child(0)});
        PipelineStep expected = makeStep("color_jitter");
        expected.enabled = false;
        QVERIFY(*stepAt(document.pipeline(), StepPath(2).child(0)) == expected);
    }

    void branchesPartAndMeetAgain() {
        PipelineDocument document;
        document.loadPreset(preset());
        document.copyBranch(0); // there is no second branch
        QCOMPARE(document.undoStack()->count(), 0);
        document.splitBranches();
        QVERIFY(document.pipeline().secondSteps == document.pipeline().steps);
        document.insertStep(StepPath(0, 1), "solarize");
        document.setParameter(StepPath(0, 1), "threshold", Range{64, 96});
        QCOMPARE(document.pipeline().steps.size() + 1, document.pipeline().secondSteps->size());
        document.copyBranch(1);
        QVERIFY(document.pipeline().secondSteps == document.pipeline().steps);
        QCOMPARE(document.pipeline().steps.at(0).operation, std::string("solarize"));
    }

    void dragOfASliderIsOneStep() {
        PipelineDocument document;
        document.loadPreset(preset());
        for (const double value : {0.41, 0.5, 0.6})
            document.setParameter(2, "brightness", value);
        QCOMPARE(document.undoStack()->count(), 1);
        document.setParameter(2, "contrast", 0.5);
        QCOMPARE(document.undoStack()->count(), 2);
        document.undoStack()->undo();
        document.undoStack()->undo();
        QVERIFY(document.pipeline() == preset().pipeline);
    }

    void dragBackToTheStartLeavesNoStep() {
        PipelineDocument document;
        document.loadPreset(preset());
        document.setParameter(2, "brightness", 0.6);
        document.setParameter(2, "brightness", 0.4);
        QCOMPARE(document.undoStack()->count(), 0);
        QVERIFY(!document.isModified());
    }

    void tellsStructureFromValues() {
        PipelineDocument document;
        document.loadPreset(preset());
        QSignalSpy changed(&document, &PipelineDocument::changed);
        document.setStepProbability(1, 0.1);
        document.removeSteps({0});
        document.undoStack()->undo();
        document.undoStack()->undo();
        QList<bool> structure;
        for (const QList<QVariant> &arguments : changed)
            structure.append(arguments.front().toBool());
        QCOMPARE(structure, (QList<bool>{false, true, true, false}));
    }

    void modifiedFollowsTheFile() {
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "pipeline.json";
        PipelineDocument document;
        document.loadPreset(preset());
        QSignalSpy modified(&document, &PipelineDocument::modifiedChanged);
        document.rename("Mine");
        QVERIFY(document.isModified());
        document.save(file);
        QVERIFY(!document.isModified());
        QCOMPARE(document.file(), file);
        document.undoStack()->undo();
        QVERIFY(document.isModified());
        QCOMPARE(modified.count(), 3);
        PipelineDocument other;
        other.load(file);
        QCOMPARE(other.pipeline().name, std::string("Mine"));
        QVERIFY(!other.isModified());
        QCOMPARE(other.undoStack()->count(), 0);
    }

    void replacingLeavesTheFileBehind() {
        const QTemporaryDir folder;
        const auto mine = folderOf(folder) / "mine.json";
        const auto other = folderOf(folder) / "other.json";
        writePipeline(preset().pipeline, mine);
        PipelineDocument document;
        document.load(mine);
        QSignalSpy fileChanged(&document, &PipelineDocument::fileChanged);
        document.replace(pipelinePresets().at(2).pipeline);
        QVERIFY(document.file().empty());
        QVERIFY(document.isModified());
        QCOMPARE(fileChanged.count(), 1);
        document.undoStack()->undo();
        QCOMPARE(document.file(), mine);
        QVERIFY(!document.isModified());
        document.undoStack()->redo();
        QVERIFY(document.file().empty());
        document.save(other);
        document.undoStack()->undo();
        QCOMPARE(document.file(), mine);
        QVERIFY(!document.isModified());
        document.undoStack()->redo();
        QCOMPARE(document.file(), other);
        QVERIFY(!document.isModified());
        QVERIFY(readPipeline(mine) == preset().pipeline);
    }

    void badFileLeavesTheDocumentAsItWas() {
        const QTemporaryDir folder;
        writeBytes(folderOf(folder) / "bad.json", "{ not json");
        PipelineDocument document;
        document.loadPreset(preset());
        document.rename("Mine");
        const Pipeline before = document.pipeline();
        const std::string message =
            thrownMessage<Error>([&] { document.load(folderOf(folder) / "bad.json"); });
        QVERIFY2(isClearMessage(message, "bad.json"), message.c_str());
        QVERIFY(document.pipeline() == before);
        QVERIFY(document.isModified());
        QCOMPARE(document.undoStack()->count(), 1);
    }

    void refusesValuesOutsideTheLimits() {
        PipelineDocument document;
        document.loadPreset(preset());
        QVERIFY_EXCEPTION_THROWN(document.setParameter(0, "area", Range{0.9, 0.1}), InvalidInput);
        QVERIFY_EXCEPTION_THROWN(document.setParameter(0, "nothing", 1.0), InvalidInput);
        QVERIFY(document.pipeline() == preset().pipeline);
    }

    void unknownOperationSurvives() {
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "future.json";
        Json json = toJson(preset().pipeline);
        json["steps"].push_back({{"operation", "mystery"}, {"enabled", true}, {"secret", 42}});
        writeBytes(file, toText(json));
        PipelineDocument document;
        document.load(file);
        const int row = int(document.pipeline().steps.size()) - 1;
        document.setStepsEnabled({row}, false);
        document.moveSteps({row}, 0);
        document.save(file);
        const std::string saved = readBytes(file);
        QVERIFY(contains(saved, "mystery"));
        QVERIFY(contains(saved, "42"));
        QVERIFY(!readPipeline(file).steps.front().enabled);
    }
};

SIMCLR_TEST(TestPipelineDocument, QApplication)
#include "tst_pipeline_document.moc"
