// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

/// Paints the rows of the palette: muted headings, and operations with a thumbnail of their effect and a "+"
/// when hovered or selected. Owned by the OperationPalette; UI thread.
class OperationDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

    static QRect plusRect(const QRect &row);

  Q_SIGNALS:
    void plusPressed(const QModelIndex &index);
};

} // namespace simclr::ui
