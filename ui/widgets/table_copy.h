// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QHeaderView;
class QTableView;

namespace simclr::ui {

/// The columns that a header shows, in the order on the screen.
QList<int> shownColumns(const QHeaderView &header);

/// Adds the action Copy (Ctrl+C) to a table: its selected cells, or all of them if none is selected, as
/// tab-separated text under the titles of the columns. What could be a formula is plain text. The table owns
/// it.
QAction *addCopyAction(QTableView &table);

} // namespace simclr::ui
