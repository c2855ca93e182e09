// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview_renderer.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QScrollArea;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace simclr::ui {

class EmptyState;
class InlineMessage;
class PipelineDocument;
class PreviewFilm;
class PreviewGrid;
class PreviewImages;
class PreviewRival;
class PreviewSheet;
class Workspace;

/// The live preview: what the network would see, drawn anew with every change of the pipeline; as a grid of
/// many pictures, a filmstrip of one draw, a contact sheet of many draws, or a comparison of two pipelines.
/// Owned by the DesignPage; UI thread.
class PreviewPanel : public QWidget {
    Q_OBJECT
  public:
    PreviewPanel(Workspace &workspace, PipelineDocument &document, QWidget *parent = nullptr);

    PreviewMode mode() const { return m_mode; }
    int viewSize() const;
    quint64 seed() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

  public Q_SLOTS:
    /// Other random numbers: the views of the next epoch, as training would draw them, or, with the seed
    /// unlocked, those of another seed.
    void newDraw();
    /// The views of the epoch before.
    void previousDraw();
    void setMode(simclr::ui::PreviewMode mode);

  Q_SIGNALS:
    void viewSizeChanged(int side);
    void seedChanged(quint64 seed);
    /// Another picture is chosen; `image` is made small enough to show.
    void imageChosen(const simclr::Image &image);

  protected:
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    QHBoxLayout *makeModeRow();
    QHBoxLayout *makeDrawRow();
    QWidget *makePictureRow();
    QWidget *makeComparisonRow();
    void makePages();
    void connectParts();
    void ask();
    void startOver();
    void showPreview(const PreviewPtr &preview);
    void choose(int tile);
    void tellChoice(const PreviewPtr &preview);
    void zoom(int steps);
    void applyZoom();
    void setViewSize(int side);
    void followTraining();
    int tiles() const;

    Workspace &m_workspace;
    PipelineDocument &m_document;
    PreviewRenderer *m_renderer;
    PreviewImages *m_images;
    QButtonGroup *m_modes;
    QDoubleSpinBox *m_seed;
    QToolButton *m_lock;
    QSpinBox *m_epoch;
    QComboBox *m_viewSize;
    InlineMessage *m_message;
    QWidget *m_pictureRow;
    QLabel *m_pictureName;
    QWidget *m_comparisonRow;
    PreviewRival *m_rival;
    QStackedWidget *m_pages;
    QScrollArea *m_gridArea;
    QScrollArea *m_filmArea;
    PreviewGrid *m_grid;
    PreviewFilm *m_film;
    PreviewSheet *m_sheet;
    EmptyState *m_empty;
    PreviewMode m_mode = PreviewMode::Grid;
    int m_zoom = 0;    ///< steps of a quarter
    Image m_told;      ///< the picture that imageChosen() told
    QString m_problem; ///< of the preview that is shown
    int m_trainedSize = 32;
    std::int64_t m_trainedSeed = 1;
};

} // namespace simclr::ui
