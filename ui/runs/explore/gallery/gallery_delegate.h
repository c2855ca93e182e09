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

    void setLines(int lines) { m_lines = lines; }
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
    int m_lines = 1;
};

} // namespace simclr::ui
