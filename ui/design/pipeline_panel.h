// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace simclr::ui {

class InlineMessage;
class PipelineDocument;
class PipelineFiles;
class PipelineList;

/// The pipeline being edited: its name, its file, undo and redo, and the list of its steps. Owned by the
/// DesignPage; UI thread.
class PipelinePanel : public QWidget {
    Q_OBJECT
  public:
    PipelinePanel(PipelineDocument &document, PipelineFiles &files, QWidget *parent = nullptr);

    void addOperation(const QString &operation);

  private:
    QHBoxLayout *makeNameRow();
    QHBoxLayout *makeToolRow();
    QToolButton *makePresetButton();
    void usePreset(int index);
    void showName();
    void showBranches();
    void showFile();

    PipelineDocument &m_document;
    PipelineFiles &m_files;
    QLineEdit *m_name;
    QWidget *m_modified;
    InlineMessage *m_message;
    InlineMessage *m_branches; ///< where the second view has steps of its own
    PipelineList *m_list;
};

} // namespace simclr::ui
