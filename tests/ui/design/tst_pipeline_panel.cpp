// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/design/pipeline/pipeline_list.h"
#include "ui/design/pipeline/pipeline_panel.h"
#include "ui/design/pipeline/step_card.h"
#include "ui/design/pipeline/step_column.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/pipeline_files.h"

#include <QApplication>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLayout>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QToolButton>
#include <QUndoView>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestPipelinePanel : public QObject {
    Q_OBJECT

    struct Fixture {
        PipelineDocument document;
        PipelineFiles files{document, nullptr};
        PipelinePanel panel{document, files};

        Fixture() {
            document.loadPreset(pipelinePresets().at(1)); // crop, flip, jitter, drop
            panel.resize(420, 900);
            panel.show();
            if (!QTest::qWaitForWindowActive(&panel))
                qFatal("no window");
        }
        StepColumn &column() const { return *panel.findChild<StepColumn *>(QStringLiteral("branchSteps")); }
        StepCard &card(std::size_t row) const { return *column().cards().at(row); }
        StepCard &inner(std::size_t row, std::size_t innerRow) const {
            return *card(row).inner()->cards().at(innerRow);
        }
        QString told() const {
            auto *message = panel.findChild<QWidget *>(QStringLiteral("pipelineMessage"));
            return message->isVisible() ? message->findChild<QLabel *>(QStringLiteral("messageText"))->text()
                                        : QString();
        }
        void trigger(const char *action) const {
            auto *menu = panel.findChild<QMenu *>(QStringLiteral("stepMenu"));
            menu->popup({});
            menu->hide();
            QAction *found = menu->findChild<QAction *>(QLatin1String(action));
            QVERIFY2(found && found->isEnabled(), action);
            found->trigger();
        }
        static void click(StepCard &card, Qt::KeyboardModifiers modifiers = {}) {
            QTest::mouseClick(&card, Qt::LeftButton, modifiers, QPoint(card.width() / 2, 2));
        }
        /// Ids of the operations; the steps of a combination in brackets.
        std::string outline() const { return outline(document.pipeline().steps); }
        static std::string outline(const std::vector<PipelineStep> &steps) {
            std::string text;
            for (const PipelineStep &step : steps)
                text += (text.empty() ? "" : " ") + step.operation +
                        (step.steps.empty() ? "" : "(" + outline(step.steps) + ")");
            return text;
        }
    };

  private Q_SLOTS:
    void severalAreChosenAndRemovedAtOnce() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(2), Qt::ControlModifier);
        QTest::keyClick(&fixture.card(2), Qt::Key_Delete);
        QCOMPARE(fixture.outline(), std::string("horizontal_flip color_drop"));
        QCOMPARE(fixture.document.undoStack()->count(), 1);
        fixture.document.undoStack()->undo();
        fixture.click(fixture.card(1));
        fixture.click(fixture.card(3), Qt::ShiftModifier);
        QTest::keyClick(&fixture.card(3), Qt::Key_Delete);
        QCOMPARE(fixture.outline(), std::string("random_resized_crop"));
        QVERIFY(fixture.card(0).hasFocus());
    }

    /// A card that is no longer selected keeps the focus, but not the keys.
    void aCardTakenOutAgainIsSpared() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(1), Qt::ControlModifier);
        fixture.click(fixture.card(1), Qt::ControlModifier);
        QVERIFY(fixture.card(1).hasFocus());
        QTest::keyClick(&fixture.card(1), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("random_resized_crop")));
        QTest::keyClick(&fixture.card(1), Qt::Key_Delete);
        QCOMPARE(fixture.outline(), std::string("horizontal_flip color_jitter color_drop"));
    }

    /// … wherever the focus moves then.
    void aCardTakenOutAgainIsSparedFromOutside() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(1), Qt::ControlModifier);
        fixture.click(fixture.card(1), Qt::ControlModifier);
        fixture.panel.findChild<QWidget *>(QStringLiteral("pipelineName"))->setFocus();
        fixture.trigger("removeSteps");
        QCOMPARE(fixture.outline(), std::string("horizontal_flip color_jitter color_drop"));
    }

    void allCanBeCutAndPasted() {
        Fixture fixture;
        const std::string before = fixture.outline();
        fixture.click(fixture.card(1));
        QTest::keyClick(&fixture.card(1), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&fixture.card(1), Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(fixture.outline(), std::string());
        QWidget *focused = QApplication::focusWidget();
        QVERIFY(focused && focused->objectName() == QStringLiteral("pipelineList"));
        QTest::keyClick(focused, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(fixture.outline(), before);
    }

    void spaceSwitchesAllThatAreChosen() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(2), Qt::ControlModifier);
        QTest::keyClick(&fixture.card(2), Qt::Key_Space);
        const auto isOn = [&](std::size_t row) { return fixture.document.pipeline().steps[row].enabled; };
        QVERIFY(!isOn(0) && isOn(1) && !isOn(2));
        QCOMPARE(fixture.document.undoStack()->count(), 1);
        QTest::keyClick(&fixture.card(2), Qt::Key_Space);
        QVERIFY(isOn(0) && isOn(2));
    }

    void shiftGoesOnFromTheCopies() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        QTest::keyClick(&fixture.card(0), Qt::Key_D, Qt::ControlModifier);
        QTest::keyClick(&fixture.card(1), Qt::Key_Down, Qt::ShiftModifier); // the copy and the flip
        QTest::keyClick(&fixture.card(2), Qt::Key_Delete);
        QCOMPARE(fixture.outline(), std::string("random_resized_crop color_jitter color_drop"));
    }

    /// The reset button appears with the first change, and must not appear under the pointer.
    void resetMovesNothing() {
        Fixture fixture;
        fixture.document.resetSteps({0, 1, 2, 3});
        auto *spin = fixture.card(2).findChild<QDoubleSpinBox *>(QStringLiteral("probability"));
        QCoreApplication::processEvents();
        const QPoint before = spin->mapTo(&fixture.panel, QPoint());
        fixture.document.setStepProbability(2, 0.5);
        QVERIFY(fixture.card(2).findChild<QToolButton *>(QStringLiteral("resetStep"))->isVisible());
        fixture.card(2).layout()->activate();
        QCOMPARE(spin->mapTo(&fixture.panel, QPoint()), before);
    }

    void messagesGoWithTheNextChange() {
        Fixture fixture;
        QGuiApplication::clipboard()->setText(QStringLiteral("no steps"));
        fixture.click(fixture.card(0));
        QTest::keyClick(&fixture.card(0), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(!fixture.told().isEmpty());
        fixture.document.setStepProbability(2, 0.5);
        QVERIFY2(fixture.told().isEmpty(), qPrintable(fixture.told()));
    }

    void allAreChosenFromWithinACombination() {
        Fixture fixture;
        fixture.document.combineSteps({1, 2}, "group");
        fixture.click(fixture.inner(1, 0));
        QTest::keyClick(&fixture.inner(1, 0), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(fixture.card(1).hasFocus());
        QTest::keyClick(&fixture.card(1), Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(fixture.outline(), std::string());
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("color_drop")));
    }

    void theCopiesAreChosenAfterDuplicating() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(2), Qt::ControlModifier);
        QTest::keyClick(&fixture.card(2), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(fixture.outline(), std::string("random_resized_crop random_resized_crop horizontal_flip "
                                                "color_jitter color_jitter color_drop"));
        fixture.document.setStepProbability(0, 0.25); // distinguishes the first crop from its copy
        fixture.document.setStepProbability(3, 0.25);
        QTest::keyClick(&fixture.card(4), Qt::Key_Delete);
        QCOMPARE(fixture.outline(),
                 std::string("random_resized_crop horizontal_flip color_jitter color_drop"));
        QCOMPARE(fixture.document.pipeline().steps[0].probability, 0.25);
        QCOMPARE(fixture.document.pipeline().steps[2].probability, 0.25);
    }

    void arrowsPassACombinationThatIsOff() {
        Fixture fixture;
        fixture.document.combineSteps({1, 2}, "group");
        fixture.document.setStepsEnabled({1}, false);
        fixture.card(0).setFocus();
        QTest::keyClick(&fixture.card(0), Qt::Key_Down);
        QVERIFY(fixture.card(1).hasFocus());
        QTest::keyClick(&fixture.card(1), Qt::Key_Down);
        QVERIFY(fixture.card(2).hasFocus());
        QTest::keyClick(&fixture.card(2), Qt::Key_Up);
        QVERIFY(fixture.card(1).hasFocus());
    }

    void aNumberBeingTypedIsEntered_data() {
        QTest::addColumn<QString>("way");
        QTest::newRow("when the other view is looked at") << "view";
        QTest::newRow("when another change is undone with the mouse") << "undo";
        QTest::newRow("when the card is duplicated") << "duplicate";
        QTest::newRow("when it is moved") << "move";
        QTest::newRow("when the views are joined") << "join";
    }
    void aNumberBeingTypedIsEntered() {
        QFETCH(QString, way);
        Fixture fixture;
        fixture.document.splitBranches();
        auto *spin = fixture.card(2).findChild<QDoubleSpinBox *>(QStringLiteral("probability"));
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QLocale().toString(0.25));
        QCOMPARE(fixture.document.undoStack()->count(), 1);
        const auto press = [&](const char *button) {
            QTest::mouseClick(fixture.panel.findChild<QToolButton *>(QLatin1String(button)), Qt::LeftButton);
        };
        if (way == QStringLiteral("undo"))
            press("undo");
        else if (way == QStringLiteral("duplicate"))
            QTest::keyClick(spin, Qt::Key_D, Qt::ControlModifier);
        else if (way == QStringLiteral("move"))
            QTest::keyClick(spin, Qt::Key_Up, Qt::AltModifier);
        else if (way == QStringLiteral("join"))
            press("sameBranches");
        else
            fixture.panel.findChild<PipelineList *>()->setBranch(1);
        const bool isOneMore = way == QStringLiteral("view") || way == QStringLiteral("undo");
        QCOMPARE(fixture.document.undoStack()->count(), isOneMore ? 2 : 3); // the number is its own undo step
        fixture.document.undoStack()->setIndex(2);
        QCOMPARE(fixture.document.pipeline().steps[2].probability, 0.25);
    }

    void aCommandOnACardThatIsNotChosenIsForItAlone() {
        Fixture fixture;
        fixture.click(fixture.card(0));
        fixture.click(fixture.card(1), Qt::ControlModifier);
        fixture.card(3).findChild<QToolButton *>(QStringLiteral("removeStep"))->click();
        QCOMPARE(fixture.outline(), std::string("random_resized_crop horizontal_flip color_jitter"));
    }

    void copiesAndPastesAsText() {
        Fixture fixture;
        fixture.document.setParameter(2, "brightness", 0.7);
        fixture.click(fixture.card(2));
        fixture.click(fixture.card(3), Qt::ControlModifier);
        QTest::keyClick(&fixture.card(3), Qt::Key_C, Qt::ControlModifier);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(parseJson(text.toStdString(), "clipboard").is_array());
        fixture.click(fixture.card(0));
        QTest::keyClick(&fixture.card(0), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(fixture.outline(), std::string("random_resized_crop color_jitter color_drop horizontal_flip "
                                                "color_jitter color_drop"));
        QCOMPARE(std::get<double>(fixture.document.pipeline().steps[1].parameters.at("brightness")), 0.7);
        QTest::keyClick(&fixture.card(2), Qt::Key_X, Qt::ControlModifier); // the pasted step is selected
        QCOMPARE(fixture.outline(),
                 std::string("random_resized_crop horizontal_flip color_jitter color_drop"));
    }

    void otherTextIsNotPasted() {
        Fixture fixture;
        QGuiApplication::clipboard()->setText(QStringLiteral("<b>no steps</b>"));
        fixture.click(fixture.card(0));
        QTest::keyClick(&fixture.card(0), Qt::Key_V, Qt::ControlModifier);
        QVERIFY2(fixture.told().contains(QStringLiteral("clipboard")), qPrintable(fixture.told()));
        QCOMPARE(fixture.document.undoStack()->count(), 0);
    }

    void stepsGoIntoACombinationAndOutOfIt() {
        Fixture fixture;
        fixture.click(fixture.card(2));
        fixture.click(fixture.card(3), Qt::ControlModifier);
        fixture.trigger("one_of");
        QCOMPARE(fixture.outline(),
                 std::string("random_resized_crop horizontal_flip one_of(color_jitter color_drop)"));
        QVERIFY(fixture.card(2).hasFocus());
        fixture.panel.addOperation(QStringLiteral("solarize")); // the combination is selected: added to it
        QCOMPARE(fixture.inner(2, 2).step().operation, std::string("solarize"));
        fixture.inner(2, 2).findChild<QDoubleSpinBox *>(QStringLiteral("probability"))->setValue(0.25);
        QCOMPARE(fixture.document.pipeline().steps[2].steps[2].probability, 0.25);
        StepCard &jitter = fixture.inner(2, 0);
        fixture.click(jitter);
        QTest::keyClick(&jitter, Qt::Key_Up, Qt::AltModifier); // from the top of the combination out of it
        QCOMPARE(fixture.outline(), std::string("random_resized_crop horizontal_flip color_jitter "
                                                "one_of(color_drop solarize)"));
        QVERIFY(fixture.card(2).hasFocus());
        QTest::keyClick(&fixture.card(2), Qt::Key_Down, Qt::AltModifier); // past the combination
        QCOMPARE(fixture.card(3).step().operation, std::string("color_jitter"));
        QTest::keyClick(&fixture.card(3), Qt::Key_Right, Qt::AltModifier); // and into it
        QCOMPARE(fixture.outline(), std::string("random_resized_crop horizontal_flip "
                                                "one_of(color_drop solarize color_jitter)"));
        fixture.click(fixture.card(2));
        fixture.trigger("dissolveStep");
        QCOMPARE(fixture.outline(),
                 std::string("random_resized_crop horizontal_flip color_drop solarize color_jitter"));
    }

    void handleDragsIntoACombination() {
        Fixture fixture;
        fixture.document.combineSteps({2, 3}, "random_order");
        QCoreApplication::processEvents();
        auto *handle = fixture.card(0).findChild<QWidget *>(QStringLiteral("dragHandle"));
        StepCard &jitter = fixture.inner(2, 0);
        const QPoint target = handle->mapFromGlobal(jitter.mapToGlobal(QPoint(30, jitter.height() - 2)));
        QTest::mousePress(handle, Qt::LeftButton);
        QTest::mouseMove(handle, handle->rect().center() + QPoint(0, 20));
        QTest::mouseMove(handle, target);
        QTest::mouseRelease(handle, Qt::LeftButton, {}, target);
        QCOMPARE(fixture.outline(),
                 std::string("horizontal_flip random_order(color_jitter random_resized_crop color_drop)"));
    }

    void sliderInACombinationKeepsItsCard() {
        Fixture fixture;
        fixture.document.duplicateSteps({2});
        fixture.document.combineSteps({2, 3}, "one_of"); // two equal steps
        StepCard *first = &fixture.inner(2, 0);
        Q_EMIT first->parameterEdited(QStringLiteral("brightness"), Value(0.9));
        QCOMPARE(&fixture.inner(2, 0), first);
        const auto brightness = [&](std::size_t row) {
            return std::get<double>(
                fixture.document.pipeline().steps[2].steps[row].parameters.at("brightness"));
        };
        QCOMPARE(brightness(0), 0.9);
        QVERIFY(brightness(1) != 0.9);
    }

    void resetIsOfferedWhereSomethingIsChanged() {
        Fixture fixture;
        fixture.document.resetSteps({0, 1, 2, 3});
        auto *reset = fixture.card(2).findChild<QToolButton *>(QStringLiteral("resetStep"));
        QVERIFY(!reset->isVisible());
        fixture.document.setParameter(2, "hue", 0.4);
        QVERIFY(reset->isVisible());
        reset->click();
        QVERIFY(fixture.document.pipeline().steps[2] == makeStep("color_jitter"));
        QVERIFY(!reset->isVisible());
    }

    void historyGoesBackToAnyState() {
        Fixture fixture;
        const Pipeline before = fixture.document.pipeline();
        fixture.document.setStepProbability(0, 0.5);
        fixture.document.removeSteps({1});
        fixture.panel.findChild<QToolButton *>(QStringLiteral("history"))->click();
        auto *history = fixture.panel.findChild<QUndoView *>(QStringLiteral("historyList"));
        QVERIFY(history && history->isVisible());
        QCOMPARE(history->model()->rowCount(), 3);
        history->setCurrentIndex(history->model()->index(0, 0));
        QVERIFY(fixture.document.pipeline() == before);
        history->setCurrentIndex(history->model()->index(2, 0));
        QCOMPARE(fixture.document.pipeline().steps.size(), before.steps.size() - 1);
    }

    void arrowsGoFromCardToCard() {
        Fixture fixture;
        fixture.document.combineSteps({1, 2}, "group");
        fixture.card(0).setFocus();
        QTest::keyClick(&fixture.card(0), Qt::Key_Down);
        QVERIFY(fixture.card(1).hasFocus());
        QTest::keyClick(&fixture.card(1), Qt::Key_Down);
        QVERIFY(fixture.inner(1, 0).hasFocus());
        QTest::keyClick(&fixture.inner(1, 0), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&fixture.inner(1, 1), Qt::Key_Delete);
        QCOMPARE(fixture.outline(), std::string("random_resized_crop group color_drop"));
    }

    void newBeginsWithNothing() {
        Fixture fixture;
        QTest::keyClick(&fixture.panel, Qt::Key_N, Qt::ControlModifier);
        QVERIFY(fixture.document.pipeline().steps.empty());
        QVERIFY(!fixture.document.pipeline().name.empty());
        QVERIFY(fixture.document.file().empty());
        QVERIFY(!fixture.document.isModified());
        QCOMPARE(fixture.document.undoStack()->count(), 0);
        checkPipeline(fixture.document.pipeline());
    }

    void newAsksBeforeChangesAreLost() {
        Fixture fixture;
        const QTemporaryDir folder;
        const auto file = folderOf(folder) / "mine.json";
        fixture.document.save(file);
        const auto question = [] {
            QMessageBox *found = nullptr;
            for (QWidget *window : QApplication::topLevelWidgets())
                if (window->objectName() == QStringLiteral("unsavedQuestion") && window->isVisible())
                    found = qobject_cast<QMessageBox *>(window);
            return found;
        };
        fixture.document.setStepProbability(0, 0.5);
        const Pipeline edited = fixture.document.pipeline();
        auto *fresh = fixture.panel.findChild<QToolButton *>(QStringLiteral("newPipeline"));
        fresh->click();
        QVERIFY(question());
        question()->button(QMessageBox::Cancel)->click();
        QVERIFY(fixture.document.pipeline() == edited);
        QTRY_VERIFY(!question());
        fresh->click();
        question()->button(QMessageBox::Save)->click();
        QVERIFY(readPipeline(file) == edited);
        QVERIFY(fixture.document.pipeline().steps.empty());
    }

    void recentOnesAreOpenedFromTheirMenu() {
        QSettings().clear();
        Fixture fixture;
        const QTemporaryDir folder;
        for (const char *name : {"one.json", "two.json"})
            writePipeline(pipelineByName("byol"), folderOf(folder) / name);
        fixture.files.openFile(folderOf(folder) / "one.json");
        fixture.files.openFile(folderOf(folder) / "two.json");
        auto *menu = fixture.panel.findChild<QMenu *>(QStringLiteral("recentMenu"));
        fixture.panel.findChild<QToolButton *>(QStringLiteral("recentPipelines"))->click();
        QVERIFY(menu->isVisible());
        menu->hide();
        QVERIFY(menu->actions()[1]->text().startsWith(QStringLiteral("one.json")));
        menu->actions()[1]->trigger();
        QCOMPARE(fixture.document.file(), folderOf(folder) / "one.json");
        std::filesystem::remove(folderOf(folder) / "two.json");
        Q_EMIT menu->aboutToShow();
        menu->actions()[1]->trigger();
        QVERIFY2(fixture.told().contains(QStringLiteral("two.json")), qPrintable(fixture.told()));
        QCOMPARE(fixture.document.file(), folderOf(folder) / "one.json");
    }
};

SIMCLR_TEST(TestPipelinePanel, QApplication)
#include "tst_pipeline_panel.moc"
