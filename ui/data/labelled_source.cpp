// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/labelled_source.h"

#include "ui/text/dataset_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/workspace.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

QPushButton *namedButton(const char *name, const QString &text, const QString &toolTip, QWidget *parent) {
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(toolTip);
    return button;
}

} // namespace

LabelledSource::LabelledSource(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_source(new ElidedLabel({}, this)),
      m_folder(
          namedButton("labelledFolder", tr("Folder…"),
                      tr("Evaluate on a folder of labelled images; the open images are then learned from "
                         "without their labels"),
                      this)),
      m_file(namedButton("labelledFile", tr("File…"),
                         tr("Evaluate on a file of labelled images; the open images are then learned from "
                            "without their labels"),
                         this)),
      m_none(namedButton("noLabelled", tr("None"),
                         tr("Evaluate on the open images themselves, if they have labels"), this)) {
    m_source->setObjectName(QStringLiteral("labelledText"));
    buildLayout();
    connect(m_folder, &QPushButton::clicked, this, &LabelledSource::chooseFolder);
    connect(m_file, &QPushButton::clicked, this, &LabelledSource::chooseFile);
    connect(m_none, &QPushButton::clicked, &m_workspace, [this] { m_workspace.setLabelled({}); });
    connect(&m_workspace, &Workspace::datasetChanged, this, &LabelledSource::showOpen);
    showOpen();
}

void LabelledSource::buildLayout() {
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_source, 1);
    row->addWidget(m_folder);
    row->addWidget(m_file);
    row->addWidget(m_none);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(headingLabel(tr("Labelled images for evaluation"), this));
    column->addLayout(row);
}

void LabelledSource::chooseFolder() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("labelledFolderDialog"),
                                        tr("Open a folder of labelled images"), {}, FolderFor::Images);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::setLabelled);
    dialog->open();
}

void LabelledSource::chooseFile() {
    QFileDialog *dialog = newFileDialog(window(), QStringLiteral("labelledFileDialog"),
                                        tr("Open a file of labelled images"), {}, FolderFor::Images);
    connect(dialog, &QFileDialog::fileSelected, &m_workspace, &Workspace::setLabelled);
    dialog->open();
}

void LabelledSource::showOpen() {
    const DatasetPtr dataset = m_workspace.dataset();
    const QString labelled =
        dataset ? labelledSourceText(QString::fromStdString(dataset->report().source)) : QString();
    m_source->setText(labelled.isEmpty() ? tr("none") : labelled);
    m_source->setMuted(labelled.isEmpty());
    for (QPushButton *button : {m_folder, m_file})
        button->setEnabled(dataset != nullptr);
    m_none->setEnabled(!labelled.isEmpty());
}

} // namespace simclr::ui
