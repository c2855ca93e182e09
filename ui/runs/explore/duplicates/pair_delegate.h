// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/gallery/thumbnail_loader.h"

#include <QStyledItemDelegate>

namespace simclr::ui {

/// Paints an image of a PairModel: its thumbnail, its class, and its file. Owned by the DuplicatesView; UI
/// thread.
class PairDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    PairDelegate(const ThumbnailLoader &thumbnails, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

  private:
    void paintTexts(QPainter &painter, const QRect &beside, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const;

    const ThumbnailLoader &m_thumbnails;
};

} // namespace simclr::ui
