// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/export_panel.h"

#include "core/util/files.h"
#include "ui/document/pipeline_document.h"
#include "ui/text/paths.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

QComboBox *makeTargets() {
    auto *targets = new QComboBox;
    targets->setObjectName(QStringLiteral("exportTarget"));
    targets->setAccessibleName(ExportPanel::tr("Python library"));
    targets->setToolTip(ExportPanel::tr("Library that the exported code uses"));
    for (const ExportTargetText &target : exportTargets()) {
        targets->addItem(QString::fromLatin1(target.title), QString::fromLatin1(target.id));
        targets->setItemData(targets->count() - 1, QString::fromLatin1(target.help), Qt::ToolTipRole);
    }
    WheelGuard::install(targets);
    return targets;
}

QPlainTextEdit *makeCodeView() {
    auto *view = new QPlainTextEdit;
    view->setObjectName(QStringLiteral("exportCode"));
    view->setAccessibleName(ExportPanel::tr("The pipeline as Python"));
    view->setReadOnly(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return view;
}

} // namespace

ExportPanel::ExportPanel(PipelineDocument &document, QWidget *parent)
    : QWidget(parent),
      m_document(document),
      m_target(makeTargets()),
      m_code(makeCodeView()),
      m_gaps(mutedLabel()),
      m_message(new InlineMessage) {
    m_message->setObjectName(QStringLiteral("exportMessage"));
    m_gaps->setObjectName(QStringLiteral("exportGaps"));
    m_gaps->setWordWrap(true);
    m_gaps->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(8);
    layout->addWidget(makeBar());
    layout->addWidget(m_message);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_gaps);
    connect(m_target, &QComboBox::currentIndexChanged, this, &ExportPanel::write);
    connect(&document, &PipelineDocument::changed, this, [this] {
        if (isVisible())
            write();
    });
}

QWidget *ExportPanel::makeBar() {
    auto *copy = new QPushButton(theme::icon(QStringLiteral("edit-copy")), tr("Copy"));
    copy->setObjectName(QStringLiteral("copyCode"));
    copy->setToolTip(tr("Put the code on the clipboard"));
    auto *save = new QPushButton(theme::icon(QStringLiteral("document-save-as")), tr("Save…"));
    save->setObjectName(QStringLiteral("saveCode"));
    save->setToolTip(tr("Write the code to a Python file"));
    auto *close =
        iconButton(QStringLiteral("closeExport"), QStringLiteral("window-close"), tr("Back to the preview"));
    connect(copy, &QPushButton::clicked, this, &ExportPanel::copy);
    connect(save, &QPushButton::clicked, this, &ExportPanel::save);
    connect(close, &QToolButton::clicked, this, &ExportPanel::closed);
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(mutedLabel(tr("Python for")));
    row->addWidget(m_target);
    row->addStretch();
    for (QWidget *button : std::initializer_list<QWidget *>{copy, save, close})
        row->addWidget(button);
    return bar;
}

QString ExportPanel::code() const {
    return m_code->toPlainText();
}

void ExportPanel::setViewSize(int side) {
    m_viewSize = side;
    if (isVisible())
        write();
}

void ExportPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    write();
}

/// Keeps the scroll position.
void ExportPanel::write() {
    const ExportTarget target = exportTargets()[std::size_t(m_target->currentIndex())].target;
    const PythonCode code = pythonOf(m_document.pipeline(), target, m_viewSize);
    const int place = m_code->verticalScrollBar()->value();
    m_code->setPlainText(QString::fromStdString(code.text));
    m_code->verticalScrollBar()->setValue(place);
    QStringList gaps;
    for (const std::string &gap : code.gaps)
        gaps.append(QString::fromStdString(gap));
    constexpr int most = 8;
    const int more = int(gaps.size()) - most;
    if (more > 0)
        gaps =
            gaps.mid(0, most) << tr("… and %n more; all are marked by comments in the code.", nullptr, more);
    m_gaps->setText(gaps.isEmpty() ? tr("Every step has an equivalent in this library.")
                                   : gaps.join(QChar('\n')));
}

void ExportPanel::copy() {
    QApplication::clipboard()->setText(code());
    m_message->showText(InlineMessage::Tone::Done, tr("The code is on the clipboard."));
}

void ExportPanel::save() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("exportFileDialog"), tr("Save as Python"),
                                        tr("Python (*.py);;All files (*)"), FolderFor::Exports);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(QStringLiteral("two_views.py"));
    dialog->setDefaultSuffix(QStringLiteral("py"));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportPanel::saveTo);
    dialog->open();
}

void ExportPanel::saveTo(const QString &file) {
    try {
        writeFileAtomically(toPath(file), code().toStdString());
        m_message->showText(InlineMessage::Tone::Done, tr("Written: %1").arg(file));
    } catch (const std::exception &error) {
        m_message->showText(InlineMessage::Tone::Error, sentenceText(error));
    }
}

} // namespace simclr::ui
