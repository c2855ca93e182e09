// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview_renderer.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QSpinBox;

namespace simclr::ui {

class EmptyState;
class InlineMessage;
class PipelineDocument;
class PreviewGrid;
class Workspace;

/// The live preview: what the network would see of a dozen pictures, drawn anew with every change of the
/// pipeline. Owned by the DesignPage; UI thread.
class PreviewPanel : public QWidget {
    Q_OBJECT
  public:
    PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

  public Q_SLOTS:
    /// The views of the next epoch: other random numbers, as training would draw them.
    void newDraw();

  protected:
    void showEvent(QShowEvent *event) override;

  private:
    QHBoxLayout *makeToolBar();
    void ask();
    void startOver();
    void showPreview(const PreviewPtr &preview);
    int viewSize() const;
    void setViewSize(int side);
    void followTraining();

    Workspace &m_workspace;
    PipelineDocument &m_document;
    PreviewRenderer *m_renderer;
    QDoubleSpinBox *m_seed;
    QSpinBox *m_epoch;
    QComboBox *m_viewSize;
    InlineMessage *m_message;
    PreviewGrid *m_grid;
    int m_trainedSize = 32;
    std::int64_t m_trainedSeed = 1;
    EmptyState *m_empty;
};

} // namespace simclr::ui
