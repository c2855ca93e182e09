// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace simclr::ui {

class BranchBar;
class InlineMessage;
class PipelineDocument;
class PipelineFiles;
class PipelineList;
class StepCommands;

/// The edited pipeline: its name, its file, undo, redo and history, the branches, and the list of their
/// steps. Owned by the DesignPage; UI thread.
class PipelinePanel : public QWidget {
    Q_OBJECT
  public:
    PipelinePanel(PipelineDocument &document, PipelineFiles &files, QWidget *parent = nullptr);

    void addOperation(const QString &operation);

  public Q_SLOTS:
    /// Switches back to the preview.
    void closeExport();

  Q_SIGNALS:
    /// The pipeline is to be shown as code, or no longer.
    void exportToggled(bool shown);

  private:
    QHBoxLayout *makeNameRow();
    QHBoxLayout *makeToolRow();
    QHBoxLayout *makeBranchRow();
    QToolButton *makeButton(const char *name, const char *icon, const QString &text,
                            const QKeySequence &keys);
    void addUndoButtons(QHBoxLayout &row);
    QToolButton *makeHistoryButton();
    QToolButton *makePresetButton();
    QToolButton *makeRecentButton();
    void showFailure(const QString &reason);
    void usePreset(int index);
    void showName();
    void showFile();

    PipelineDocument &m_document;
    PipelineFiles &m_files;
    QLineEdit *m_name;
    QWidget *m_modified;
    QToolButton *m_export = nullptr;
    InlineMessage *m_message;
    PipelineList *m_list;
    BranchBar *m_branches;
    StepCommands *m_commands;
};

} // namespace simclr::ui
