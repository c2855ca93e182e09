// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/pipeline_panel.h"

#include "ui/design/pipeline/branch_bar.h"
#include "ui/design/pipeline/pipeline_list.h"
#include "ui/design/pipeline/step_commands.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/pipeline_files.h"
#include "ui/document/recent_pipelines.h"
#include "ui/text/paths.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QUndoView>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace simclr::ui {

PipelinePanel::PipelinePanel(PipelineDocument &document, PipelineFiles &files, QWidget *parent)
    : QWidget(parent),
      m_document(document),
      m_files(files),
      m_name(new QLineEdit),
      m_modified(mutedLabel(tr("unsaved"))),
      m_message(new InlineMessage),
      m_list(new PipelineList(document)),
      m_branches(new BranchBar(document)),
      m_commands(new StepCommands(document, *m_list, this)) {
    m_message->setObjectName(QStringLiteral("pipelineMessage"));
    auto *head = new QVBoxLayout;
    head->setContentsMargins(10, 12, 10, 4);
    head->setSpacing(6);
    head->addLayout(makeNameRow());
    head->addLayout(makeToolRow());
    head->addLayout(makeBranchRow());
    head->addWidget(m_message);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    connect(&document, &PipelineDocument::changed, this, [this] {
        m_message->clear(); // the error is out of date after a change
        showName();
    });
    connect(m_branches, &BranchBar::branchChosen, m_list, &PipelineList::setBranch);
    connect(&document, &PipelineDocument::fileChanged, this, &PipelinePanel::showFile);
    connect(&document, &PipelineDocument::modifiedChanged, m_modified, &QWidget::setVisible);
    connect(&m_files, &PipelineFiles::failed, this, &PipelinePanel::showFailure);
    connect(m_list, &PipelineList::failed, this, &PipelinePanel::showFailure);
    connect(m_commands, &StepCommands::failed, this, &PipelinePanel::showFailure);
    showName();
    showFile();
    m_modified->setVisible(document.isModified());
}

void PipelinePanel::showFailure(const QString &reason) {
    m_message->showText(InlineMessage::Tone::Error, reason);
}

QHBoxLayout *PipelinePanel::makeBranchRow() {
    auto *commands = iconButton(QStringLiteral("stepCommands"), QStringLiteral("overflow-menu"),
                                tr("Copy, paste or combine the selected steps"));
    connect(commands, &QToolButton::clicked, this, [this, commands] {
        m_commands->menu()->popup(commands->mapToGlobal(QPoint(0, commands->height())));
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_branches, 1);
    row->addWidget(commands, 0, Qt::AlignTop);
    return row;
}

void PipelinePanel::closeExport() {
    m_export->setChecked(false);
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

QToolButton *PipelinePanel::makeButton(const char *name, const char *icon, const QString &text,
                                       const QKeySequence &keys) {
    QToolButton *made =
        iconButton(QString::fromLatin1(name), QString::fromLatin1(icon), withShortcut(text, keys));
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WindowShortcut);
    connect(shortcut, &QShortcut::activated, made, [made] {
        commitPendingNumber();
        made->click();
    });
    connect(made, &QAbstractButton::pressed, made, &commitPendingNumber); // it does not take the focus
    return made;
}

QHBoxLayout *PipelinePanel::makeToolRow() {
    auto *fresh = makeButton("newPipeline", "document-new", tr("New pipeline"), QKeySequence::New);
    auto *open = makeButton("openPipeline", "document-open", tr("Open a pipeline"), QKeySequence::Open);
    auto *save = makeButton("savePipeline", "document-save", tr("Save the pipeline"), QKeySequence::Save);
    auto *saveAs =
        makeButton("savePipelineAs", "document-save-as", tr("Save the pipeline under another name"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    connect(fresh, &QToolButton::clicked, this, [this] { m_files.startNew(); });
    connect(open, &QToolButton::clicked, this, [this] { m_files.open(); });
    connect(save, &QToolButton::clicked, this, [this] { m_files.save(); });
    connect(saveAs, &QToolButton::clicked, this, [this] { m_files.saveAs(); });
    m_export = makeButton("exportPipeline", "code-context", tr("Show the pipeline as Python"),
                          QKeySequence(Qt::CTRL | Qt::Key_E));
    m_export->setCheckable(true);
    connect(m_export, &QToolButton::toggled, this, &PipelinePanel::exportToggled);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(makePresetButton());
    row->addWidget(makeRecentButton());
    for (QToolButton *each : {fresh, open, save, saveAs, m_export})
        row->addWidget(each);
    row->addStretch();
    addUndoButtons(*row);
    return row;
}

void PipelinePanel::addUndoButtons(QHBoxLayout &row) {
    QUndoStack *stack = m_document.undoStack();
    const QKeySequence redoKeys(Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    auto *undo = makeButton("undo", "edit-undo", tr("Undo"), QKeySequence::Undo);
    auto *redo = makeButton("redo", "edit-redo", tr("Redo"), redoKeys);
    undo->setEnabled(stack->canUndo());
    redo->setEnabled(stack->canRedo());
    connect(undo, &QToolButton::clicked, stack, &QUndoStack::undo);
    connect(redo, &QToolButton::clicked, stack, &QUndoStack::redo);
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
    for (QToolButton *each : {undo, redo, makeHistoryButton()})
        row.addWidget(each);
}

/// Every state since the pipeline was opened; a click restores it.
QToolButton *PipelinePanel::makeHistoryButton() {
    auto *view = new QUndoView(m_document.undoStack());
    view->setObjectName(QStringLiteral("historyList"));
    view->setAccessibleName(tr("History"));
    view->setEmptyLabel(tr("as opened"));
    view->setMinimumSize(280, 240);
    view->setFrameShape(QFrame::NoFrame);
    auto *button = iconButton(QStringLiteral("history"), QStringLiteral("view-history"),
                              tr("History: go back to any state"));
    auto *menu = new QMenu(button);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(view);
    menu->addAction(action);
    connect(menu, &QMenu::aboutToShow, view, [view] { view->setFocus(); });
    connect(button, &QToolButton::clicked, menu,
            [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

QToolButton *PipelinePanel::makePresetButton() {
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("presets"));
    button->setText(tr("Presets  ▾"));
    button->setToolTip(tr("Start from a built-in pipeline"));
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
        action->setToolTip(coreText(preset.help));
        connect(action, &QAction::triggered, this, [this, i] { usePreset(i); });
    }
    button->setMenu(menu);
    return button;
}

QToolButton *PipelinePanel::makeRecentButton() {
    auto *button = iconButton(QStringLiteral("recentPipelines"), QStringLiteral("document-open-recent"),
                              tr("Recent pipelines"));
    auto *menu = new RecentPipelinesMenu(button);
    connect(menu, &RecentPipelinesMenu::chosen, &m_files, &PipelineFiles::openFile);
    connect(button, &QToolButton::clicked, menu,
            [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

/// Unsaved work is kept as an undo step instead of asking.
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
