// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/labelled_source.h"

#include "core/data/data_source.h"
#include "tests/support/test_images.h"
#include "ui/data/dataset_report_view.h"
#include "ui/text/dataset_text.h"
#include "ui/workspace/workspace.h"

#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;
namespace fs = std::filesystem;

namespace {
constexpr int patience = 60'000;
}

/// The choice of labelled images beside the open ones.
class TestLabelledSource : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    fs::path m_images = folderOf(m_directory) / "many";
    fs::path m_labelled = folderOf(m_directory) / "few";
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LabelledSource> m_source;

    QString shownText() const { return m_source->findChild<QLabel *>("labelledText")->text(); }
    QPushButton *button(const char *name) const { return m_source->findChild<QPushButton *>(name); }
    bool opens(const std::function<void()> &action) const {
        QSignalSpy changed(m_workspace.get(), &Workspace::datasetChanged);
        action();
        return changed.count() > 0 || changed.wait(patience);
    }
    bool opensImages() const {
        return opens([this] { m_workspace->openSource(QString::fromStdString(m_images.native())); });
    }
    /// By the dialog behind a button.
    bool chooses(const char *buttonName, const char *dialogName, const fs::path &path) const {
        return opens([&] {
            button(buttonName)->click();
            auto *dialog = m_source->findChild<QFileDialog *>(dialogName);
            QVERIFY(dialog);
            Q_EMIT dialog->fileSelected(QString::fromStdString(path.native()));
            dialog->close();
        });
    }

  private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-test"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_labelled_source"));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        writeNoiseFolder(m_images, 5, 16, 1);
        writeNoiseFolder(m_labelled / "cat", 3, 16, 20);
        writeNoiseFolder(m_labelled / "dog", 4, 16, 40);
    }
    void init() {
        QSettings().clear();
        m_source.reset();
        m_workspace = std::make_unique<Workspace>(folderOf(m_directory) / "runs.sqlite");
        m_source = std::make_unique<LabelledSource>(*m_workspace);
    }
    void cleanupTestCase() {
        m_source.reset();
        m_workspace.reset();
    }

    void needsOpenImages() {
        QCOMPARE(shownText(), QStringLiteral("none"));
        for (const char *name : {"labelledFolder", "labelledFile", "noLabelled"})
            QVERIFY(!button(name)->isEnabled());
        QVERIFY(opensImages());
        QCOMPARE(shownText(), QStringLiteral("none"));
        QVERIFY(button("labelledFolder")->isEnabled() && button("labelledFile")->isEnabled());
        QVERIFY(!button("noLabelled")->isEnabled());
    }

    void aFolderIsChosenAndRemoved() {
        QVERIFY(opensImages());
        const DatasetPtr images = m_workspace->dataset();
        QVERIFY(chooses("labelledFolder", "labelledFolderDialog", m_labelled));
        const DatasetPtr both = m_workspace->dataset();
        QCOMPARE(both->size(), 12u);
        QVERIFY(both->parts()[0] == images); // not read again
        QVERIFY(both->isLabelled());
        QVERIFY2(shownText().endsWith("few"), qPrintable(shownText()));
        QVERIFY(opens([this] { button("noLabelled")->click(); }));
        QVERIFY(m_workspace->dataset() == images);
        QCOMPARE(shownText(), QStringLiteral("none"));
    }

    void anotherFolderReplacesTheFirst() {
        QVERIFY(opensImages());
        QVERIFY(chooses("labelledFolder", "labelledFolderDialog", m_labelled));
        const DatasetPtr before = m_workspace->dataset();
        QVERIFY(opens([this] { m_workspace->setLabelled(QStringLiteral("shapes")); }));
        QVERIFY(m_workspace->dataset()->parts()[0] == before->parts()[0]);
        QCOMPARE(shownText(), QStringLiteral("Shapes (built in)"));
    }

    void bothAreRemembered() {
        QVERIFY(opensImages());
        QVERIFY(chooses("labelledFolder", "labelledFolderDialog", m_labelled));
        const QString recent = m_workspace->recentSources().front();
        const DataSource source = dataSourceFromText(recent.toStdString());
        QCOMPARE(source.images, "folder:" + m_images.native());
        QCOMPARE(source.labelled, "folder:" + m_labelled.native());
        QVERIFY2(sourceText(recent).contains("many + labelled"), qPrintable(sourceText(recent)));
        QVERIFY(opens([&] { m_workspace->openSource(recent); }));
        QVERIFY2(shownText().endsWith("few"), qPrintable(shownText()));
    }

    void failureKeepsWhatIsOpen() {
        QVERIFY(opensImages());
        const DatasetPtr before = m_workspace->dataset();
        QSignalSpy failed(m_workspace.get(), &Workspace::openingFailed);
        m_workspace->setLabelled(QStringLiteral("/no/such/place"));
        QVERIFY(failed.wait(patience));
        QVERIFY(failed.front().at(1).toString().contains("/no/such/place"));
        QVERIFY(m_workspace->dataset() == before);
        QCOMPARE(shownText(), QStringLiteral("none"));
    }

    void reportSaysBoth() {
        QVERIFY(opensImages());
        QVERIFY(opens([this] { m_workspace->setLabelled(QStringLiteral("shapes")); }));
        DatasetReportView report;
        report.setDataset(*m_workspace->dataset());
        const auto textOf = [&](const char *name) { return report.findChild<QLabel *>(name)->text(); };
        QCOMPARE(textOf("reportTitle"), QStringLiteral("many + Shapes"));
        QCOMPARE(textOf("reportImages"),
                 QStringLiteral("5 without labels to learn from, 2,560 labelled in 8 classes"));
        QCOMPARE(textOf("reportSplits"), QStringLiteral("2,048 for training, 512 for testing"));
    }
};

SIMCLR_TEST(TestLabelledSource, QApplication)
#include "tst_labelled_source.moc"
