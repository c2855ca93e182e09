// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline_panel.h"

#include "ui/design/pipeline_document.h"
#include "ui/design/pipeline_files.h"
#include "ui/design/pipeline_list.h"
#include "ui/design/step_titles.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/spin_box_manners.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/paths.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

namespace simclr::ui {

PipelinePanel::PipelinePanel(PipelineDocument &document, PipelineFiles &files, QWidget *parent)
    : QWidget(parent),
      m_document(document),
      m_files(files),
      m_name(new QLineEdit),
      m_modified(mutedLabel(tr("unsaved"))),
      m_message(new InlineMessage),
      m_branches(new InlineMessage),
      m_list(new PipelineList(document)) {
    m_message->setObjectName(QStringLiteral("pipelineMessage"));
    m_branches->setObjectName(QStringLiteral("branchesMessage"));
    auto *head = new QVBoxLayout;
    head->setContentsMargins(10, 12, 10, 4);
    head->setSpacing(6);
    head->addLayout(makeNameRow());
    head->addLayout(makeToolRow());
    head->addWidget(m_message);
    head->addWidget(m_branches);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    connect(&document, &PipelineDocument::changed, this, &PipelinePanel::showName);
    connect(&document, &PipelineDocument::changed, this, &PipelinePanel::showBranches);
    connect(m_branches, &InlineMessage::actionRequested, &document, &PipelineDocument::dropSecondBranch);
    connect(&document, &PipelineDocument::fileChanged, this, &PipelinePanel::showFile);
    connect(&document, &PipelineDocument::modifiedChanged, m_modified, &QWidget::setVisible);
    connect(&m_files, &PipelineFiles::failed, this,
            [this](const QString &reason) { m_message->showText(InlineMessage::Tone::Error, reason); });
    showName();
    showBranches();
    showFile();
    m_modified->setVisible(document.isModified());
}

void PipelinePanel::showBranches() {
    const auto &second = m_document.pipeline().secondSteps;
    if (!second)
        return m_branches->clear();
    const QString titles = stepTitles(*second);
    m_branches->showText(InlineMessage::Tone::Done,
                         tr("These steps draw the first view of each image. The second has its own: %1.")
                             .arg(titles.isEmpty() ? tr("none") : titles),
                         tr("Use these for both"));
}

void PipelinePanel::addOperation(const QString &operation) {
    m_list->addOperation(operation);
}

QHBoxLayout *PipelinePanel::makeNameRow() {
    m_name->setObjectName(QStringLiteral("pipelineName"));
    m_name->setPlaceholderText(tr("Name of the pipeline"));
    m_name->setAccessibleName(tr("Name of the pipeline"));
    m_name->setMaxLength(200);
    QFont font = m_name->font();
    font.setWeight(QFont::DemiBold);
    m_name->setFont(font);
    m_modified->setObjectName(QStringLiteral("pipelineModified"));
    m_modified->setToolTip(tr("The pipeline differs from its file or preset"));
    connect(m_name, &QLineEdit::textEdited, &m_document, &PipelineDocument::rename);
    auto *row = new QHBoxLayout;
    row->addWidget(m_name, 1);
    row->addWidget(m_modified);
    return row;
}

QHBoxLayout *PipelinePanel::makeToolRow() {
    const auto button = [this](const char *name, const char *icon, const QString &text,
                               const QKeySequence &keys, auto action) {
        QToolButton *made =
            iconButton(QString::fromLatin1(name), QString::fromLatin1(icon), withShortcut(text, keys));
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WindowShortcut);
        connect(shortcut, &QShortcut::activated, made, [made] {
            enterNumberUnderway();
            made->click();
        });
        connect(made, &QToolButton::clicked, this, action);
        return made;
    };
    auto *open = button("openPipeline", "document-open", tr("Open a pipeline"), QKeySequence::Open,
                        [this] { m_files.open(); });
    auto *save = button("savePipeline", "document-save", tr("Save the pipeline"), QKeySequence::Save,
                        [this] { m_files.save(); });
    auto *saveAs = button("savePipelineAs", "document-save-as", tr("Save the pipeline under another name"),
                          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { m_files.saveAs(); });
    QUndoStack *stack = m_document.undoStack();
    auto *undo = button("undo", "edit-undo", tr("Undo"), QKeySequence::Undo, [stack] { stack->undo(); });
    const QKeySequence redoKeys(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    auto *redo = button("redo", "edit-redo", tr("Redo"), redoKeys, [stack] { stack->redo(); });
    undo->setEnabled(stack->canUndo());
    redo->setEnabled(stack->canRedo());
    connect(stack, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
    connect(stack, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
    const auto name = [](QToolButton *button, const QString &what, const QString &text, QKeySequence keys) {
        const QString full = text.isEmpty() ? what : tr("%1: %2", "undo or redo, and what").arg(what, text);
        button->setToolTip(plainToolTip(withShortcut(full, keys)));
    };
    connect(stack, &QUndoStack::undoTextChanged, undo,
            [=](const QString &text) { name(undo, tr("Undo"), text, QKeySequence::Undo); });
    connect(stack, &QUndoStack::redoTextChanged, redo,
            [=](const QString &text) { name(redo, tr("Redo"), text, redoKeys); });
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(makePresetButton());
    row->addSpacing(4);
    for (QToolButton *each : {open, save, saveAs})
        row->addWidget(each);
    row->addStretch();
    row->addWidget(undo);
    row->addWidget(redo);
    return row;
}

QToolButton *PipelinePanel::makePresetButton() {
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("presets"));
    button->setText(tr("Presets  ▾"));
    button->setToolTip(tr("Start from a pipeline that comes with the program"));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(26);
    auto *menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("presetMenu"));
    menu->setToolTipsVisible(true);
    for (int i = 0; i < int(pipelinePresets().size()); ++i) {
        const PipelinePreset &preset = pipelinePresets()[std::size_t(i)];
        QAction *action = menu->addAction(QString::fromStdString(preset.pipeline.name));
        action->setObjectName(QString::fromStdString(preset.id));
        action->setToolTip(QString::fromStdString(preset.help));
        connect(action, &QAction::triggered, this, [this, i] { usePreset(i); });
    }
    button->setMenu(menu);
    return button;
}

/// Unsaved work is kept one undo away rather than asked about.
void PipelinePanel::usePreset(int index) {
    const PipelinePreset &preset = pipelinePresets()[std::size_t(index)];
    if (m_document.isModified())
        m_document.replace(preset.pipeline);
    else
        m_document.loadPreset(preset);
}

void PipelinePanel::showName() {
    const QString name = QString::fromStdString(m_document.pipeline().name);
    if (m_name->text() != name)
        m_name->setText(name);
}

void PipelinePanel::showFile() {
    m_message->clear();
    m_name->setToolTip(m_document.file().empty() ? tr("Name of the pipeline")
                                                 : plainToolTip(toQString(m_document.file())));
}

} // namespace simclr::ui
