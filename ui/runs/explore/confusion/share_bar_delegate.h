// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

/// Paints an accuracy as a bar from 0 to 100 % behind its text, with its interval as a line. For the columns
/// of a ClassAccuracyModel; other cells are painted as usual. Owned by the view; UI thread.
class ShareBarDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace simclr::ui
