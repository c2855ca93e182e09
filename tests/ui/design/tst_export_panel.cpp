// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/operation.h"
#include "tests/support/test_support.h"
#include "ui/design/pipeline/export_panel.h"
#include "ui/document/pipeline_document.h"
#include "ui/widgets/inline_message.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

class TestExportPanel : public QObject {
    Q_OBJECT

    struct Fixture {
        PipelineDocument document;
        ExportPanel panel{document};

        Fixture() {
            document.loadPreset(pipelinePresets().at(1));
            panel.resize(640, 600);
            panel.show();
            if (!QTest::qWaitForWindowExposed(&panel))
                qFatal("no window");
        }
        template <typename Widget>
        Widget &part(const char *name) const {
            return *panel.findChild<Widget *>(QLatin1String(name));
        }
        void choose(const char *target) const {
            auto &targets = part<QComboBox>("exportTarget");
            targets.setCurrentIndex(targets.findData(QLatin1String(target)));
        }
        QString expected(ExportTarget target, int side = 32) const {
            return QString::fromStdString(pythonOf(document.pipeline(), target, side).text);
        }
        QString gaps() const { return part<QLabel>("exportGaps").text(); }
        void saveAs(const QString &file) const {
            part<QPushButton>("saveCode").click();
            auto *dialog = panel.findChildren<QFileDialog *>(QStringLiteral("exportFileDialog")).last();
            QVERIFY(dialog && dialog->isVisible());
            Q_EMIT dialog->fileSelected(file);
            dialog->close();
        }
    };

  private Q_SLOTS:
    void followsTheDocumentAndTheTarget() {
        Fixture fixture;
        QCOMPARE(fixture.panel.code(), fixture.expected(ExportTarget::Torchvision));
        fixture.document.setParameter(2, "brightness", 0.3);
        QCOMPARE(fixture.panel.code(), fixture.expected(ExportTarget::Torchvision));
        QVERIFY(fixture.panel.code().contains(QStringLiteral("0.3")));
        for (const ExportTargetText &target : exportTargets()) {
            fixture.choose(target.id);
            QCOMPARE(fixture.panel.code(), fixture.expected(target.target));
        }
        fixture.choose("torchvision-v2");
        fixture.panel.setViewSize(96);
        QCOMPARE(fixture.panel.code(), fixture.expected(ExportTarget::TorchvisionV2, 96));
    }

    /// No code is written while the panel is hidden; visible code is never out of date.
    void catchesUpWhenItIsSeen() {
        Fixture fixture;
        const QString before = fixture.panel.code();
        fixture.panel.hide();
        fixture.document.removeSteps({3});
        QCOMPARE(fixture.panel.code(), before);
        fixture.panel.show();
        QCOMPARE(fixture.panel.code(), fixture.expected(ExportTarget::Torchvision));
        QVERIFY(fixture.panel.code() != before);
    }

    void listsWhatTheLibraryLacks() {
        Fixture fixture;
        const QString none = fixture.gaps();
        fixture.document.insertStep(4, QStringLiteral("sobel"));
        const PythonCode code = pythonOf(fixture.document.pipeline(), ExportTarget::Torchvision, 32);
        QVERIFY(!code.gaps.empty());
        QVERIFY(fixture.gaps() != none);
        for (const std::string &gap : code.gaps)
            QVERIFY2(fixture.gaps().contains(QString::fromStdString(gap)), gap.c_str());
    }

    /// A name from a file is shown as plain text.
    void namesAreNoMarkup() {
        Fixture fixture;
        Pipeline pipeline = fixture.document.pipeline();
        PipelineStep unknown{"<b>vortex</b>"};
        unknown.foreign = Json{{"operation", unknown.operation}};
        pipeline.steps.push_back(unknown);
        fixture.document.replace(pipeline);
        QVERIFY2(fixture.gaps().contains(QStringLiteral("<b>vortex</b>")), qPrintable(fixture.gaps()));
        QCOMPARE(fixture.part<QLabel>("exportGaps").textFormat(), Qt::PlainText);
    }

    void copiesAndSaves() {
        const Fixture fixture;
        const QTemporaryDir folder;
        fixture.part<QPushButton>("copyCode").click();
        QCOMPARE(QGuiApplication::clipboard()->text(), fixture.panel.code());
        fixture.saveAs(folder.filePath(QStringLiteral("two_views.py")));
        QCOMPARE(QString::fromStdString(readBytes(folderOf(folder) / "two_views.py")), fixture.panel.code());
        fixture.saveAs(folder.filePath(QStringLiteral("no such folder/two_views.py")));
        QVERIFY2(fixture.part<InlineMessage>("exportMessage").text().contains(QStringLiteral("two_views.py")),
                 qPrintable(fixture.part<InlineMessage>("exportMessage").text()));
    }

    void staysWhereOneHasScrolled() {
        Fixture fixture;
        fixture.panel.resize(640, 240);
        QScrollBar &bar = *fixture.part<QPlainTextEdit>("exportCode").verticalScrollBar();
        QTRY_VERIFY(bar.maximum() > 10);
        bar.setValue(9);
        fixture.document.setParameter(2, "contrast", 0.3);
        QCOMPARE(bar.value(), 9);
    }
};

SIMCLR_TEST(TestExportPanel, QApplication)
#include "tst_export_panel.moc"
