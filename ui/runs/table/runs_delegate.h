// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

class RunsTable;

/// Paints the cells of the RunsTable: selected rows on a faint background, which keeps the colours of the
/// runs, a line between groups of accuracies that are not comparable, and "evaluate" in the empty cells of
/// results of selected rows and of the one under the pointer. Owned by the RunsTable.
class RunsDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Whether the cell is an empty one that says "evaluate" now.
    static bool showsLink(const RunsTable &table, const QModelIndex &cell);
    /// Where its text is in a cell.
    static QRect linkRect(const RunsTable &table, const QRect &cell);

  protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace simclr::ui
