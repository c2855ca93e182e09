// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/selection_bar.h"

#include "core/data/selected_dataset.h"
#include "ui/data/selection_keeper.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/workspace.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>

namespace simclr::ui {

SelectionBar::SelectionBar(Workspace &workspace, SelectionKeeper &keeper, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_keeper(keeper),
      m_text(new ElidedLabel),
      m_all(iconButton(QStringLiteral("useAllImages"), QStringLiteral("edit-clear"),
                       tr("Use all images again"))),
      m_save(iconButton(QStringLiteral("saveSelectionAs"), QStringLiteral("document-save-as"),
                        tr("Save the selection as another file…"))) {
    setObjectName(QStringLiteral("selectionBar"));
    m_text->setObjectName(QStringLiteral("selectionText"));
    auto *open = iconButton(QStringLiteral("openSelection"), QStringLiteral("document-open"),
                            tr("Use a selection that was saved…"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_text, 1);
    for (QToolButton *button : {m_all, m_save, open})
        row->addWidget(button);
    connect(m_all, &QToolButton::clicked, &keeper, &SelectionKeeper::useAll);
    connect(m_save, &QToolButton::clicked, this, &SelectionBar::askWhereToSave);
    connect(open, &QToolButton::clicked, this, &SelectionBar::askForFile);
    connect(&workspace, &Workspace::datasetChanged, this, &SelectionBar::show);
    show();
}

void SelectionBar::show() {
    const auto *selected = dynamic_cast<const SelectedDataset *>(m_workspace.dataset().get());
    for (QToolButton *button : {m_all, m_save})
        button->setVisible(selected != nullptr);
    setEnabled(m_workspace.dataset() != nullptr);
    if (selected == nullptr)
        return m_text->setText(tr("Selection: all images"));
    const QString name = QFileInfo(m_keeper.currentFile()).completeBaseName();
    m_text->setText(tr("Selection: %1 · %2 of %3 images")
                        .arg(name, countText(selected->size()), countText(selected->base().size())));
}

void SelectionBar::askForFile() {
    QFileDialog *dialog =
        newFileDialog(window(), QStringLiteral("openSelectionDialog"), tr("Use a selection of images"),
                      tr("Selections (*.json)"), FolderFor::Images);
    dialog->setDirectory(m_keeper.folder());
    connect(dialog, &QFileDialog::fileSelected, &m_keeper, &SelectionKeeper::use);
    dialog->open();
}

void SelectionBar::askWhereToSave() {
    QFileDialog *dialog =
        newFileDialog(window(), QStringLiteral("saveSelectionDialog"), tr("Save the selection"),
                      tr("Selections (*.json)"), FolderFor::Images);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setDirectory(m_keeper.folder());
    connect(dialog, &QFileDialog::fileSelected, &m_keeper, &SelectionKeeper::saveAs);
    dialog->open();
}

} // namespace simclr::ui
