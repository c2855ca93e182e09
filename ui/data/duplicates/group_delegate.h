// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

class TileLoader;

/// Paints a group of near-duplicates: the thumbnails of its first images side by side, each above its split.
/// Owned by the DuplicatesPanel; UI thread.
class GroupDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    static constexpr int side = 64;       ///< of a thumbnail, device-independent pixels
    static constexpr int mostImages = 12; ///< of a row

    GroupDelegate(const TileLoader &tiles, QObject *parent);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

  private:
    void paintImage(QPainter &painter, const QRect &square, std::uint32_t sample) const;

    const TileLoader &m_tiles;
};

} // namespace simclr::ui
