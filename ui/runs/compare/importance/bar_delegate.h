// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

/// Paints the number of a cell with a bar beside it: signed numbers from the middle, others from the left.
/// Owned by its view.
class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    enum class Kind { Signed, Positive };

    BarDelegate(Kind kind, QObject *parent) : QStyledItemDelegate(parent), m_kind(kind) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

  private:
    Kind m_kind;
};

} // namespace simclr::ui
