// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"
#include "tests/support/test_images.h"
#include "ui/workspace/workspace.h"

#include <QCoreApplication>
#include <QSettings>
#include <QSignalSpy>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {
constexpr int patience = 60'000;
}

class TestWorkspace : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_workspace"));
    }
    void init() { QSettings().clear(); }

    void opensAFolder() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "cat", 4, 24, 1);
        writeNoiseFolder(folderOf(folder) / "dog", 4, 24, 2);
        writeBytes(folderOf(folder) / "dog" / "broken.png", "no picture");
        Workspace workspace(folderOf(folder) / "runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        workspace.openSource(folder.path());
        QVERIFY(workspace.isOpening());
        QVERIFY(changed.wait(patience));
        QVERIFY(!workspace.isOpening());
        QCOMPARE(workspace.dataset()->size(), 8u);
        QCOMPARE(workspace.dataset()->report().brokenCount, std::size_t{1});
        QCOMPARE(workspace.recentSources().size(), 1);
        QVERIFY(workspace.recentSources().front().contains(folder.path()));
    }

    /// The same file may have another list; the images are not read again.
    void readsARewrittenSelection() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "images" / "a", 4, 24, 1);
        writeNoiseFolder(folderOf(folder) / "images" / "b", 4, 24, 11);
        const auto file = folderOf(folder) / "some.json";
        Workspace workspace(folderOf(folder) / "runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        workspace.openSource(folder.filePath(QStringLiteral("images")));
        QVERIFY(changed.wait(patience));
        const DatasetPtr all = workspace.dataset();
        for (const std::vector<std::uint32_t> &samples : {std::vector{1u}, std::vector{1u, 2u}}) {
            saveSelection(leavingOut(*all, samples, "some"), file);
            workspace.setSelection(QString::fromStdString(file.native()));
            QVERIFY(changed.wait(patience));
            QCOMPARE(std::size_t{workspace.dataset()->size()}, 8 - samples.size());
            QCOMPARE(workspace.dataset()->parts().front(), all);
        }
    }

    void failsPolitely() {
        Workspace workspace("/nowhere/runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        QSignalSpy failed(&workspace, &Workspace::openingFailed);
        workspace.openSource(QStringLiteral("shapes"));
        QVERIFY(changed.wait(patience));
        const DatasetPtr before = workspace.dataset();
        workspace.openSource(QStringLiteral("/no/such/place"));
        QVERIFY(failed.wait(patience));
        QVERIFY(failed.front().at(1).toString().contains("/no/such/place"));
        QCOMPARE(workspace.dataset(), before);
        QVERIFY(!workspace.isOpening());
        QCOMPARE(workspace.recentSources().size(), 1);
    }

    void anotherOpeningReplacesTheFirst() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "a", 3, 16, 1);
        writeNoiseFolder(folderOf(folder) / "b", 3, 16, 2);
        Workspace workspace("/nowhere/runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        workspace.openSource(QStringLiteral("shapes"));
        workspace.openSource(folder.path());
        QVERIFY(changed.wait(patience));
        QCOMPARE(workspace.dataset()->size(), 6u);
        QTest::qWait(300);
        QCOMPARE(changed.count(), 1);
    }

    void cancelKeepsWhatWasOpen() {
        Workspace workspace("/nowhere/runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        QSignalSpy failed(&workspace, &Workspace::openingFailed);
        workspace.openSource(QStringLiteral("shapes"));
        workspace.cancelOpening();
        QCOMPARE(failed.count(), 1);
        QVERIFY(!workspace.isOpening());
        QTest::qWait(300);
        QCOMPARE(changed.count(), 0);
        QVERIFY(!workspace.dataset());
    }

    void aFolderCanBeLookedAtWhileItIsRead() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "cat", 4, 24, 1);
        writeNoiseFolder(folderOf(folder) / "dog", 4, 24, 2);
        Workspace workspace(folderOf(folder) / "runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        int looks = 0;
        connect(&workspace, &Workspace::openingPreviewChanged, &workspace, [&] {
            ++looks;
            QVERIFY(workspace.isOpening() && !workspace.dataset());
            QCOMPARE(workspace.openingPreview()->size(), 8u);
        });
        workspace.openSource(folder.path());
        QVERIFY(changed.wait(patience));
        QCOMPARE(looks, 1);
        QVERIFY(!workspace.openingPreview());
    }

    void anotherOpeningEndsTheLook() {
        const QTemporaryDir folder;
        writeNoiseFolder(folderOf(folder) / "cat", 4, 24, 1);
        Workspace workspace(folderOf(folder) / "runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        bool isOver = false;
        connect(&workspace, &Workspace::openingPreviewChanged, &workspace, [&] {
            if (!workspace.openingPreview())
                isOver = true;
            else
                QMetaObject::invokeMethod(
                    &workspace, [&] { workspace.openSource(QStringLiteral("shapes")); },
                    Qt::DirectConnection);
        });
        workspace.openSource(folder.path());
        QVERIFY(changed.wait(patience));
        QVERIFY(isOver);
        QCOMPARE(workspace.dataset()->report().kind, std::string("shapes"));
    }

    void aLookAtWhatCannotBeOpenedEnds() {
        const QTemporaryDir folder;
        writeBytes(folderOf(folder) / "broken.png", "no picture");
        Workspace workspace(folderOf(folder) / "runs.sqlite");
        QSignalSpy failed(&workspace, &Workspace::openingFailed);
        QSignalSpy looked(&workspace, &Workspace::openingPreviewChanged);
        workspace.openSource(folder.path());
        QVERIFY(failed.wait(patience));
        QVERIFY(!workspace.openingPreview());
        QCOMPARE(looked.count(), 2);
    }

    void recentSourcesHaveNoDoubles() {
        Workspace workspace("/nowhere/runs.sqlite");
        QSignalSpy changed(&workspace, &Workspace::datasetChanged);
        for (int i = 0; i < 2; ++i) {
            workspace.openSource(QStringLiteral("shapes"));
            QVERIFY(changed.wait(patience));
        }
        QCOMPARE(workspace.recentSources().size(), 1);
    }
};

SIMCLR_TEST(TestWorkspace, QCoreApplication)
#include "tst_workspace.moc"
