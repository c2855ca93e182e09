// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

namespace simclr::ui {

class PipelineAutosave;
class PipelineDocument;
class PipelineFiles;
class PreviewPanel;
class Workspace;

/// /// Operation palette, pipeline and live preview. Owned by the MainWindow, which also owns the arguments.
class DesignPage : public QWidget {
    Q_OBJECT
  public:
    DesignPage(Workspace &workspace, PipelineDocument &document, PipelineFiles &files,
               QWidget *parent = nullptr);
    ~DesignPage() override;

    /// /// Shows above the page which unsaved changes a crash left, and whether changes cannot be saved.
    void offerRecovery(PipelineAutosave &autosave);
    /// Previews these images of the open dataset.
    void preview(const std::vector<std::uint32_t> &samples);

  private:
    PreviewPanel *m_preview;
};

} // namespace simclr::ui
