// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/exchange/value_table.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <functional>
#include <stop_token>
#include <vector>

class QMenu;
class QTableView;

namespace simclr::ui {

/// What a table shows now, as values that another thread may use.
struct TableContent {
    /// The cells of a row of the model, below its sorting. Nothing: the cells are read from the model before
    /// the thread begins, which suits tables of some hundred rows.
    std::function<std::vector<TableCell>(int row)> cells;
    /// The images that must not be overwritten; nullptr if there are none.
    std::function<DatasetPtr(const std::stop_token &)> images;
};

/// Copies and exports a table of results: Ctrl+C copies the selected rows, or all, with the titles of the
/// columns; the context menu also writes them as CSV. A cell is a number if the model returns one for
/// Qt::UserRole, and its text otherwise. The text is made in a thread. Owned by the table; UI thread.
class TableExport : public QObject {
    Q_OBJECT
  public:
    /// `fileName` is suggested for the CSV file, without its extension. `content` is called when something is
    /// copied or exported.
    TableExport(QTableView &view, const QString &fileName, std::function<TableContent()> content);

    /// For actions of the view itself.
    QMenu &menu() { return *m_menu; }
    /// done() follows.
    void saveTo(const QString &file);

  public Q_SLOTS:
    /// done() follows.
    void copy();
    void askForFile();

  Q_SIGNALS:
    /// A sentence on what was done, or on why not.
    void done(const QString &what, bool isProblem);

  private:
    /// Makes the rows in a thread.
    using Rows = std::function<ValueTable(const std::stop_token &)>;

    Rows rows(const TableContent &content) const;
    ValueTable tableOfModel(const std::vector<int> &rows) const;

    QTableView &m_view;
    QString m_fileName;
    std::function<TableContent()> m_content;
    QMenu *m_menu;
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
