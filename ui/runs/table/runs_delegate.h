// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace simclr::ui {

class RunsFilter;

/// Paints the cells of the RunsTable: a selected row on a faint ground, so that the colours of runs stay what
/// they are, and a line where accuracies begin that do not compare with those above. Owned by the RunsTable.
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
