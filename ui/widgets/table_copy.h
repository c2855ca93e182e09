// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QModelIndexList>
#include <QString>

class QAbstractItemModel;
class QAction;
class QHeaderView;
class QTableView;

namespace simclr::ui {

/// The columns that a header shows, in the order on the screen.
QList<int> shownColumns(const QHeaderView &header);

/// These rows of a table as tab-separated text for spreadsheets, under the titles of the columns. What could
/// be a formula is plain text. `rows` are indexes of any column.
QString tabSeparated(const QAbstractItemModel &model, const QModelIndexList &rows, const QList<int> &columns);

/// Puts it on the clipboard; nothing without rows.
void copyRows(const QAbstractItemModel &model, const QModelIndexList &rows, const QList<int> &columns);

/// Adds the action Copy (Ctrl+C) to a table: its selected cells, or all of them if none is selected. The
/// table owns it.
QAction *addCopyAction(QTableView &table);

} // namespace simclr::ui
