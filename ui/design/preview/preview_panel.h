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
class PreviewDrawBar;
class PreviewGrid;
class PreviewImages;
class PreviewModeBar;
class PreviewPages;
class PreviewPicture;
class PreviewSampleBar;
class Workspace;

/// The live preview: what the network would see, drawn anew with every change of the pipeline; as a grid of
/// many pictures, a filmstrip of one draw, a contact sheet of many draws, or a comparison of two pipelines.
/// Owned by the DesignPage; UI thread.
class PreviewPanel : public QWidget {
    Q_OBJECT
  public:
    PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

    int viewSize() const;
    quint64 seed() const;

  public Q_SLOTS:
    /// Other random numbers: the views of the next epoch, as training would draw them, or, with the seed
    /// unlocked, those of another seed.
    void newDraw();
    /// The views before.
    void previousDraw();
    void setMode(simclr::ui::PreviewMode mode);

  Q_SIGNALS:
    void viewSizeChanged(int side);
    void seedChanged(quint64 seed);
    /// Another picture is chosen; `image` is made small enough to show, and empty where none can be read. The
    /// first that can be read stands for a broken one.
    void imageChosen(const simclr::Image &image);
    /// This picture of the dataset is chosen; not told of pictures that are not the dataset's.
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
    /// Of what is being opened as soon as something of it can be seen.
    DatasetPtr shownDataset() const;
    /// As many images as have room, and as can be kept decoded.
    std::size_t imagesToShow() const;
    void ask();
    void startOver();
    /// Shows the images behind (1) or before (−1), where there are some.
    void turnPage(int direction);
    void showPreview(const PreviewPtr &preview);
    void showChoice();
    void tellChoice(const PreviewPtr &preview);
    void tellImage(const Image &image);

    Workspace &m_workspace;
    PipelineDocument &m_document;
    PreviewRenderer *m_renderer;
    PreviewImages *m_images;
    PreviewModeBar *m_modes;
    QTimer *m_late; ///< runs while newer views are to come
    PreviewDrawBar *m_draw;
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
    Image m_told;      ///< the picture that imageChosen() told
    QString m_problem; ///< of the preview that is shown
};

} // namespace simclr::ui
