// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/gallery/thumbnail_loader.h"

#include <QStyledItemDelegate>

namespace simclr::ui {

/// Paints an image of an ImageGallery: its thumbnail with a mark for right or wrong, and its texts. Owned by
/// the ImageGallery; UI thread.
class GalleryDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    GalleryDelegate(const ThumbnailLoader &thumbnails, QObject *parent);

    /// Which lines there are below the class.
    void setLines(bool hasPredictions, bool hasNotes) {
        m_hasPredictions = hasPredictions;
        m_hasNotes = hasNotes;
    }
    /// The size of every item.
    QSize tileSize(const QFont &font) const;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

  private:
    void paintThumbnail(QPainter &painter, const QRect &square, const QModelIndex &index) const;
    void paintTexts(QPainter &painter, const QRect &below, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const;

    const ThumbnailLoader &m_thumbnails;
    bool m_hasPredictions = false;
    bool m_hasNotes = false;
};

} // namespace simclr::ui
