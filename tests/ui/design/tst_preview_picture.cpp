// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/design/design_fixture.h"
#include "ui/design/preview/preview_film.h"
#include "ui/design/preview/preview_panel.h"
#include "ui/design/preview/preview_picture.h"
#include "ui/design/preview/preview_sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QSet>
#include <QSettings>
#include <QToolButton>
#include <QToolTip>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

/// Copying and saving the preview as one picture.
class TestPreviewPicture : public QObject {
    Q_OBJECT

    struct Fixture {
        Workspace workspace{"/nowhere/runs.sqlite"};
        PipelineDocument document;
        std::unique_ptr<PreviewPanel> panel;

        Fixture() {
            document.loadPreset(pipelinePresets().at(1));
            openImages(workspace);
            panel = std::make_unique<PreviewPanel>(workspace, document);
            showActive(*panel, {700, 620});
            QApplication::clipboard()->clear();
        }
        /// The widget of this mode.
        QWidget *shown(const char *button, const QString &widget) const {
            panel->findChild<QToolButton *>(QLatin1String(button))->click();
            auto *renderer = panel->findChild<PreviewRenderer *>();
            auto *found = panel->findChild<QWidget *>(widget);
            const bool isThere = QTest::qWaitFor(
                [&] {
                    return panel->findChild<PreviewGrid *>()->preview() && renderer->isUpToDate() &&
                           found->isVisible();
                },
                30'000);
            return isThere ? found : nullptr;
        }
        PreviewPicture &picture() const { return *panel->findChild<PreviewPicture *>(); }
        QString told() const {
            auto *message = panel->findChild<QWidget *>(QStringLiteral("previewMessage"));
            return message->isVisible() ? message->findChild<QLabel *>(QStringLiteral("messageText"))->text()
                                        : QString();
        }
    };

    static int colorsIn(const QImage &image) {
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3)
                colors.insert(image.pixel(x, y));
        return int(colors.size());
    }

    static void modes() {
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<QString>("widget");
        QTest::newRow("grid") << QByteArray("previewGridButton") << "previewGrid";
        QTest::newRow("filmstrip") << QByteArray("previewFilmstripButton") << "previewFilm";
        QTest::newRow("sheet") << QByteArray("previewSheetButton") << "previewSheet";
        QTest::newRow("comparison") << QByteArray("previewComparisonButton") << "previewGrid";
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_preview_picture"));
        QSettings().clear();
    }

    void keysCopyWhatIsSeen_data() { modes(); }
    void keysCopyWhatIsSeen() {
        QFETCH(QByteArray, button);
        QFETCH(QString, widget);
        const Fixture fixture;
        QWidget *shown = fixture.shown(button.constData(), widget);
        QVERIFY(shown);
        shown->setFocus();
        QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
        const QImage copied = QApplication::clipboard()->image();
        QCOMPARE(copied.size(), shown->size());
        QVERIFY2(colorsIn(copied) > 100, qPrintable(QString::number(colorsIn(copied))));
        QVERIFY(QToolTip::text().contains(QStringLiteral("Copied")));
    }

    void buttonsAndMenuAreThere_data() { modes(); }
    void buttonsAndMenuAreThere() {
        QFETCH(QByteArray, button);
        QFETCH(QString, widget);
        const Fixture fixture;
        QWidget *shown = fixture.shown(button.constData(), widget);
        QVERIFY(shown);
        fixture.panel->findChild<QToolButton *>(QStringLiteral("copyPreview"))->click();
        QCOMPARE(QApplication::clipboard()->image().size(), shown->size());
        QApplication::clipboard()->clear();
        auto *menu = fixture.panel->findChild<QMenu *>(QStringLiteral("previewMenu"));
        const QPoint at(40, 40);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, shown->mapToGlobal(at));
        QApplication::sendEvent(shown, &event);
        QVERIFY(menu->isVisible());
        menu->hide();
        menu->findChild<QAction *>(QStringLiteral("copyPicture"))->trigger();
        QCOMPARE(QApplication::clipboard()->image().size(), shown->size());
        menu->findChild<QAction *>(QStringLiteral("savePicture"))->trigger();
        QVERIFY(fixture.panel->window()->findChild<QFileDialog *>(QStringLiteral("previewPictureDialog")));
    }

    void filesHoldWhatWasCopied() {
        const Fixture fixture;
        const QTemporaryDir folder;
        QVERIFY(fixture.shown("previewGridButton", QStringLiteral("previewGrid")));
        fixture.picture().copy();
        const QImage copied = QApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32);
        fixture.picture().saveTo(folder.filePath("grid.png"));
        QVERIFY2(fixture.told().contains(QStringLiteral("grid.png")), qPrintable(fixture.told()));
        QCOMPARE(QImage(folder.filePath("grid.png")).convertToFormat(QImage::Format_RGB32), copied);
        QCoreApplication::processEvents(); // the message takes its space
        fixture.picture().saveTo(folder.filePath("grid.JPG"));
        QCOMPARE(QImage(folder.filePath("grid.JPG")).size(),
                 fixture.panel->findChild<PreviewGrid *>()->size());
    }

    /// The marks of the selected image and of the focus are not part of the picture.
    void marksAreLeftOut() {
        const Fixture fixture;
        QWidget *grid = fixture.shown("previewGridButton", QStringLiteral("previewGrid"));
        fixture.picture().copy();
        const QImage first = QApplication::clipboard()->image();
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_Right);
        fixture.picture().copy();
        QCOMPARE(QApplication::clipboard()->image(), first);
    }

    void whatCannotBeWrittenIsTold_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("unknown kind") << "grid.gif";
        QTest::newRow("no kind") << "grid";
        QTest::newRow("no folder") << "missing/grid.png";
    }
    void whatCannotBeWrittenIsTold() {
        QFETCH(QString, name);
        const Fixture fixture;
        const QTemporaryDir folder;
        QVERIFY(fixture.shown("previewGridButton", QStringLiteral("previewGrid")));
        fixture.picture().saveTo(folder.filePath(name));
        QVERIFY2(fixture.told().contains(QStringLiteral("grid")) &&
                     fixture.told().contains(QStringLiteral("not saved")),
                 qPrintable(fixture.told()));
        QVERIFY(std::filesystem::is_empty(folderOf(folder)));
    }

    void nothingYetIsTold() {
        Workspace workspace("/nowhere/runs.sqlite");
        PipelineDocument document;
        PreviewPanel panel(workspace, document);
        showActive(panel, {700, 620});
        panel.findChild<QToolButton *>(QStringLiteral("copyPreview"))->click();
        auto *message = panel.findChild<QWidget *>(QStringLiteral("previewMessage"));
        QVERIFY(message->isVisible());
    }
};

SIMCLR_TEST(TestPreviewPicture, QApplication)
#include "tst_preview_picture.moc"
