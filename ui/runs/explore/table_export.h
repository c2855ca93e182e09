// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/value_table.h"

#include <QObject>

class QMenu;
class QTableView;

namespace simclr::ui {

/// Copies and exports a table of results: Ctrl+C copies the selected rows, or all, with the titles of the
/// columns; the context menu also writes them as CSV. A cell is a number if the model returns one for
/// Qt::UserRole, and its text otherwise. Owned by the table; UI thread.
class TableExport : public QObject {
    Q_OBJECT
  public:
    /// `fileName` is suggested for the CSV file, without its extension.
    TableExport(QTableView &view, const QString &fileName);

    /// For actions of the view itself.
    QMenu &menu() { return *m_menu; }
    /// The selected rows in their order on the screen, or all rows.
    ValueTable table() const;
    void saveTo(const QString &file);

  public Q_SLOTS:
    void copy();
    void askForFile();

  Q_SIGNALS:
    /// A sentence on what was done, or on why not.
    void done(const QString &what, bool isProblem);

  private:
    QTableView &m_view;
    QString m_fileName;
    QMenu *m_menu;
};

} // namespace simclr::ui
