// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simclr::ui {

class PipelineAutosave;
class PipelineDocument;
class PipelineFiles;
class Workspace;

/// Palette, pipeline and live preview. Owned by the MainWindow, which also owns what it is given.
class DesignPage : public QWidget {
    Q_OBJECT
  public:
    DesignPage(Workspace &workspace, PipelineDocument &document, PipelineFiles &files,
               QWidget *parent = nullptr);
    ~DesignPage() override;

    /// Shows above everything what a crash has left, and where nothing can be kept.
    void offerRecovery(PipelineAutosave &autosave);
};

} // namespace simclr::ui
