// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table_copy.h"

#include "core/exchange/value_table.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QModelIndexList>
#include <QSet>
#include <QTableView>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TableCopy)
};

TableCell cellOf(const QVariant &value) {
    return value.toString().toStdString();
}

QModelIndexList allRows(const QAbstractItemModel &model) {
    QModelIndexList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows.append(model.index(row, 0));
    return rows;
}

/// `rows` are indexes of any column.
QString tabSeparated(const QAbstractItemModel &model, const QModelIndexList &rows,
                     const QList<int> &columns) {
    ValueTable table;
    for (const int column : columns)
        table.header.push_back(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toStdString());
    for (const QModelIndex &row : rows) {
        std::vector<TableCell> cells;
        for (const int column : columns)
            cells.push_back(cellOf(row.siblingAtColumn(column).data(Qt::DisplayRole)));
        table.rows.push_back(std::move(cells));
    }
    return QString::fromStdString(toText(table, TableFormat::Tsv));
}

void copyRows(const QAbstractItemModel &model, const QModelIndexList &rows, const QList<int> &columns) {
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(tabSeparated(model, rows, columns));
}

void copyCells(const QTableView &table) {
    const QAbstractItemModel &model = *table.model();
    const QModelIndexList selected = table.selectionModel()->selectedIndexes();
    if (selected.isEmpty())
        return copyRows(model, allRows(model), shownColumns(*table.horizontalHeader()));
    QSet<int> rows;
    QSet<int> columns;
    for (const QModelIndex &cell : selected) {
        rows.insert(cell.row());
        columns.insert(cell.column());
    }
    QModelIndexList chosen = allRows(model);
    chosen.removeIf([&rows](const QModelIndex &index) { return !rows.contains(index.row()); });
    QList<int> shown = shownColumns(*table.horizontalHeader());
    shown.removeIf([&columns](int column) { return !columns.contains(column); });
    copyRows(model, chosen, shown);
}

} // namespace

QList<int> shownColumns(const QHeaderView &header) {
    QList<int> columns;
    for (int place = 0; place < header.count(); ++place)
        if (const int column = header.logicalIndex(place); !header.isSectionHidden(column))
            columns.append(column);
    return columns;
}

QAction *addCopyAction(QTableView &table) {
    auto *action = new QAction(Texts::tr("Copy as a table"), &table);
    action->setObjectName(QStringLiteral("copyTable"));
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, &table, [&table] { copyCells(table); });
    table.addAction(action);
    return action;
}

} // namespace simclr::ui
