// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QWidget>

class QLabel;
class QTimer;

namespace simclr::ui {

class EmptyState;
class InlineMessage;
class PipelineDocument;
class PreviewComparisonBar;
class PreviewSeedBar;
class PreviewGrid;
class PreviewImages;
class PreviewModeBar;
class PreviewPages;
class PreviewPicture;
class PreviewSampleBar;
class Workspace;

/// The live preview: the network's input, rendered again after every change of the pipeline; as a grid of
/// many images, a filmstrip of one sample, a contact sheet of many samples, or a comparison of two pipelines.
/// Owned by the DesignPage; UI thread.
class PreviewPanel : public QWidget {
    Q_OBJECT
  public:
    PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

    int viewSize() const;
    quint64 seed() const;
    /// Shows these images of the open dataset instead of a part of all; at most the first hundred.
    void showSamples(const std::vector<std::uint32_t> &samples);

  public Q_SLOTS:
    /// Other random numbers: the views of the next epoch, as in training, or, with the seed unlocked, those
    /// of another seed.
    void newSample();
    /// The previous views.
    void previousSample();
    void setMode(simclr::ui::PreviewMode mode);

  Q_SIGNALS:
    void viewSizeChanged(int side);
    void seedChanged(quint64 seed);
    /// Another image was selected; `image` is reduced to display size, and empty if none can be read. A
    /// broken image is replaced by the first readable one.
    void imageChosen(const simclr::Image &image);
    /// This sample of the dataset was selected; not emitted for images that are not the dataset's.
    void sampleChosen(quint32 sample);

  protected:
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    QWidget *makePictureRow();
    void makePicture();
    void connectImages();
    void connectOwnImages();
    void connectDraws();
    void connectPages();
    /// The dataset, or the one being opened as soon as some of its images can be shown.
    DatasetPtr shownDataset() const;
    /// As many images as there is space for, within the memory budget for decoded images.
    std::size_t imagesToShow() const;
    void ask();
    void startOver();
    /// Shows the next (1) or previous (−1) images, if there are any.
    void turnPage(int direction);
    void showPreview(const PreviewPtr &preview);
    void showChoice();
    void announceChoice(const PreviewPtr &preview);
    void announceImage(const Image &image);

    Workspace &m_workspace;
    PipelineDocument &m_document;
    PreviewRenderer *m_renderer;
    PreviewImages *m_images;
    PreviewModeBar *m_modes;
    QTimer *m_late; ///< runs while newer views are pending
    PreviewSeedBar *m_draw;
    InlineMessage *m_message;
    QWidget *m_pictureRow;
    QLabel *m_pictureName;
    PreviewSampleBar *m_samples;
    PreviewComparisonBar *m_comparison;
    PreviewPages *m_pages;
    PreviewPicture *m_picture;
    PreviewGrid *m_grid; ///< one of the pages
    EmptyState *m_empty;
    PreviewMode m_mode = PreviewMode::Grid;
    Image m_announced; ///< the image last passed to imageChosen()
    QString m_problem; ///< of the current preview
};

} // namespace simclr::ui
