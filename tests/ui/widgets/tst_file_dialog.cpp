// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_support.h"
#include "ui/widgets/file_dialog.h"

#include <QFileDialog>
#include <QSettings>
#include <QStandardPaths>

using namespace simclr::ui;
using namespace simclr::test;

/// The start folder of file dialogs.
class TestFileDialog : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_file_dialog"));
    }
    void init() {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("photos/deep")));
        QDir::setCurrent(m_folder->path()); // the working directory must never be used
    }

    void startsAmongDocumentsAtFirst() {
        for (const FolderFor use :
             {FolderFor::Pipelines, FolderFor::Images, FolderFor::Exports, FolderFor::Plots}) {
            QVERIFY(startFolder(use) != QDir::currentPath());
            QVERIFY(QFileInfo(startFolder(use)).isDir());
            QVERIFY(QDir::isAbsolutePath(startFolder(use)));
        }
    }

    void startsWhereItWasLast() {
        choose(FolderFor::Images, QStringLiteral("photos/cat.png"));
        QCOMPARE(startFolder(FolderFor::Images), path(QStringLiteral("photos")));
        const auto dialog = makeDialog(FolderFor::Images);
        QCOMPARE(dialog->directory().absolutePath(), path(QStringLiteral("photos")));
    }

    void anotherUseStartsThereUntilItHasItsOwn() {
        choose(FolderFor::Images, QStringLiteral("photos/cat.png"));
        QCOMPARE(startFolder(FolderFor::Plots), path(QStringLiteral("photos")));
        choose(FolderFor::Plots, QStringLiteral("photos/deep/loss.png"));
        QCOMPARE(startFolder(FolderFor::Plots), path(QStringLiteral("photos/deep")));
        QCOMPARE(startFolder(FolderFor::Images), path(QStringLiteral("photos")));
    }

    void folderThatIsGoneIsReplacedByTheOneAbove() {
        choose(FolderFor::Images, QStringLiteral("photos/deep/cat.png"));
        QVERIFY(QDir(path(QStringLiteral("photos/deep"))).removeRecursively());
        QCOMPARE(startFolder(FolderFor::Images), path(QStringLiteral("photos")));
        QSettings().setValue(QStringLiteral("imageFolder"), QStringLiteral("/no/such/folder"));
        QSettings().setValue(QStringLiteral("lastFolder"), QStringLiteral("relative"));
        QVERIFY(QFileInfo(startFolder(FolderFor::Images)).isDir());
        QVERIFY(startFolder(FolderFor::Images) != QDir::currentPath());
    }

    /// Ensures that every dialog of the window opens in startFolder().
    void everyFileDialogIsMadeHere() {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(SIMCLR_SOURCE_DIR "/ui")) {
            const std::string file = entry.path().filename().string();
            if (!entry.is_regular_file() || file.starts_with("file_dialog."))
                continue;
            const std::string source = readBytes(entry.path());
            for (const char *way : {"new QFileDialog", "QFileDialog::get", "QFileDialog dialog"})
                QVERIFY2(!contains(source, way), (file + ": " + way).c_str());
        }
    }

  private:
    std::unique_ptr<QFileDialog> makeDialog(FolderFor use) {
        return std::unique_ptr<QFileDialog>(
            newFileDialog(nullptr, QStringLiteral("dialog"), QStringLiteral("Open"), {}, use));
    }
    void choose(FolderFor use, const QString &file) {
        const auto dialog = makeDialog(use);
        Q_EMIT dialog->filesSelected({path(file)});
    }
    QString path(const QString &name) { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

SIMCLR_TEST(TestFileDialog, QApplication)
#include "tst_file_dialog.moc"
