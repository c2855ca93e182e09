// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

class RunsFilter;

/// Paints the cells of the RunsTable: selected rows on a faint background, which keeps the colours of the
/// runs, and a line between groups of accuracies that are not comparable. Owned by the RunsTable.
class RunsDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    explicit RunsDelegate(const RunsFilter &filter, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

  private:
    const RunsFilter &m_filter;
};

} // namespace simclr::ui
