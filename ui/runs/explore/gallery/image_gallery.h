// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/gallery/gallery_item.h"

#include <QTimer>
#include <QWidget>
#include <vector>

class QLabel;
class QListView;
class QStackedWidget;

namespace simclr::ui {

class EmptyState;
class GalleryActions;
class GalleryDelegate;
class GalleryModel;
class ThumbnailLoader;

/// Images of a dataset in a grid that scrolls, however many there are: thumbnails with their class, a mark
/// for right and wrong predictions, and a note. Only what is visible is decoded. Several can be selected; the
/// context menu and Ctrl+C copy and export them. Owned by the view that shows it; UI thread.
class ImageGallery : public QWidget {
    Q_OBJECT
  public:
    explicit ImageGallery(QWidget *parent = nullptr);

    /// Null if the images are not available, because of `problem`, a sentence: then they have numbers instead
    /// of names and thumbnails.
    void setDataset(const DatasetPtr &dataset, const QString &problem = {});
    /// `heading` says what they have in common.
    void setItems(std::vector<GalleryItem> items, const QString &heading = {});
    /// What is said while there are no items.
    void setEmptyTexts(const QString &title, const QString &text);

    const std::vector<GalleryItem> &items() const;
    /// Indices in the dataset, in the order of the gallery.
    QList<quint32> selectedSamples() const;
    /// Selects those that the gallery contains, and no others, and scrolls to the first.
    void selectSamples(const QList<quint32> &samples);
    QString heading() const;

  Q_SIGNALS:
    void selectionEdited();
    /// The current image has changed, by mouse or keyboard.
    void imageChosen(quint32 sample);
    /// Enter or a double click on an image.
    void imageActivated(quint32 sample);

  protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

  private:
    void buildView();
    void buildLayout();
    void connectParts();
    void arrange();
    void loadVisible();
    void zoom(int steps);
    bool zoomBy(const QEvent &event);
    void showHeading();

    GalleryModel *m_model;
    ThumbnailLoader *m_thumbnails;
    GalleryDelegate *m_delegate;
    QListView *m_view;
    GalleryActions *m_actions;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QLabel *m_heading;
    QLabel *m_problem;
    QLabel *m_done;
    QString m_title; ///< the heading without the number of images
    QTimer m_soon;   ///< loads once after several changes
};

} // namespace simclr::ui
